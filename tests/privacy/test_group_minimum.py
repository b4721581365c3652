"""Nothing that the program keeps, writes or shows depends on the moods of a group too small.

The strongest test there is for this: two sessions alike but for the moods of the groups below the
minimum are the same in every byte of the store's rows and of every export, and in every figure that
is computed from them. What does not depend on a value cannot give it away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from classroom_monitor.contracts import Exclusion, Float32Array, TimelinePoint
from classroom_monitor.gui.glance import GlancePanel
from classroom_monitor.gui.mini_view import MiniView
from classroom_monitor.gui.plot_export import copy_plot, plot_image, plot_svg
from classroom_monitor.gui.room_now import RoomWatch
from classroom_monitor.gui.timeline_plot import TimelinePlot
from classroom_monitor.gui.timeline_series import TimelineSeries
from classroom_monitor.sessions import report_style as style
from classroom_monitor.sessions.comparison import (
    align_by_segment,
    align_by_start,
    course_over_weeks,
)
from classroom_monitor.sessions.summary import segment_table, summarise
from classroom_monitor.settings import Settings
from tests.privacy.small_groups import LENGTH_S, MINIMUM, Told, looks_of, points_of, told

NEGATIVE, NEUTRAL, POSITIVE = range(3)


def drawn(seed: int) -> Float32Array:
    return np.random.default_rng(seed).dirichlet([0.4, 0.6, 0.4], 11).astype(np.float32)


def random_moods(number: int, used: int, small: bool) -> Float32Array:
    return drawn(number)[:used]


def other_moods_where_small(number: int, used: int, small: bool) -> Float32Array:
    return drawn(number + 100_000 * small)[:used]


def only_small_groups_smile(number: int, used: int, small: bool) -> Float32Array:
    mood = POSITIVE if small else (NEGATIVE, NEUTRAL)[number // 7 % 2]
    return np.eye(3, dtype=np.float32)[[mood] * used]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, qapp: QGuiApplication) -> Told:
    """A session."""
    return told(tmp_path_factory.mktemp("first"), points_of(looks_of(random_moods)))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory, qapp: QGuiApplication) -> Told:
    """The same, but for the moods of its small groups."""
    return told(tmp_path_factory.mktemp("second"), points_of(looks_of(other_moods_where_small)))


@pytest.fixture(scope="module")
def smiling(tmp_path_factory: pytest.TempPathFactory, qapp: QGuiApplication) -> Told:
    """A session in which nobody smiles but in small groups."""
    return told(tmp_path_factory.mktemp("smiling"), points_of(looks_of(only_small_groups_smile)))


def test_the_sessions_have_what_this_is_about(first: Told) -> None:
    points = first.session.points
    looks = looks_of(random_moods)
    assert sum(look.used < MINIMUM for look in looks) > 500
    small = [point for point in points if point.shares is None and not point.gap and point.used]
    mixed = {int(look.at_s) for look in looks if look.used < MINIMUM}
    mixed &= {point.t_s for point in points if point.shares is not None}
    assert len(small) > 200
    assert len(mixed) > 20, "seconds with shares in which some looks were too small"
    assert sum(point.gap for point in points) == 32


def test_store_and_exports_are_the_same_whatever_small_groups_looked_like(
    first: Told, second: Told
) -> None:
    assert set(first.texts) >= {"rows", "csv", "metadata", "html", "pdf", "plot", "outline"}
    assert any(name.startswith("xlsx xl/worksheets/") for name in first.texts)
    for name, text in first.texts.items():
        assert text == second.texts[name], name


def test_exports_differ_where_large_groups_look_otherwise(first: Told, smiling: Told) -> None:
    same = [name for name, text in first.texts.items() if text == smiling.texts[name]]
    unmoved = {"metadata", "summary"}
    assert {name for name in same if not name.startswith("xlsx")} == unmoved


def test_no_export_tells_of_moods_that_only_small_groups_showed(first: Told, smiling: Told) -> None:
    rows = list(csv.DictReader(io.StringIO(smiling.texts["csv"])))
    assert {row["positive"] for row in rows} == {"", "0.0000"}
    assert {row["negative"] for row in rows} >= {"", "0.0000", "1.0000"}
    for row in rows:
        enough = not row["used"] or int(row["used"]) >= MINIMUM
        assert enough or {row[name] for name in row if "tive" in name or "tral" in name} == {""}
    assert all(point.shares.positive == 0 for point in smiling.session.points if point.shares)
    assert "0% positive" in smiling.texts["html"]
    assert re.findall(r"[1-9]\d*% positive", smiling.texts["html"]) == []
    assert positive_pixels(smiling.texts["plot"]) == 0
    assert positive_pixels(first.texts["plot"]) > 500


def positive_pixels(svg: str) -> int:
    """How many pixels of a drawing above its legend have the colour of positive faces."""
    image = plot_image(svg, 1.0)
    colour = QColor(style.MOOD_COLOURS[POSITIVE])
    return sum(
        image.pixelColor(x, y) == colour
        for x in range(image.width())
        for y in range(image.height() - 14)
    )


def test_the_clipboard_has_what_the_plot_shows(first: Told, second: Told) -> None:
    copied = []
    for each in (first, second):
        svg = plot_svg(each.session)
        copy_plot(svg, plot_image(svg, 1.0))
        data = QGuiApplication.clipboard().mimeData()
        copied.append((sorted(data.formats()), bytes(data.data("image/svg+xml").data())))
        assert data.hasImage()
        QGuiApplication.clipboard().clear()
    assert copied[0] == copied[1]


def test_the_window_shows_the_same_every_second(qtbot: QtBot, first: Told, second: Told) -> None:
    parts = [(GlancePanel(), MiniView(), TimelinePlot(navigable=True)) for _ in range(2)]
    for widget in (*parts[0], *parts[1]):
        qtbot.addWidget(widget)
    one, other = (
        list(figures(widgets, each.session.points))
        for widgets, each in zip(parts, (first, second), strict=True)
    )
    assert one == other
    assert len({text for text, *_ in one}) > 20


def figures(
    widgets: tuple[GlancePanel, MiniView, TimelinePlot], points: Sequence[TimelinePoint]
) -> Iterator[tuple[str, ...]]:
    """What the large figures, the small window and the pointer say, second by second."""
    glance, mini, plot = widgets
    watch = RoomWatch(Settings(alerts=True, smoothing_s=5), MINIMUM, counts_only=False)
    series = TimelineSeries()
    for stop in range(25, 70):
        series.extend(points[:stop])
        now = watch.now(series, points[:stop])
        glance.show_now(now)
        mini.show_now(now, stop)
        labels = tuple(label.text() for label in mini.shares)
        yield glance.now.accessibleName(), glance.used.text, mini.counts.text(), *labels, str(now)
    plot.extend(points)
    for t_s in range(0, LENGTH_S, 7):
        plot.move_cursor(t_s)
        yield (plot.readout.text,)


ends = st.integers(-5, LENGTH_S + 5)


@settings(max_examples=25)
@given(st.lists(st.tuples(ends, ends), max_size=4), st.lists(st.tuples(ends, ends), min_size=1))
def test_ranges_and_exclusions_of_any_kind_are_the_same(
    first: Told, second: Told, left_out: list[tuple[int, int]], ranges: list[tuple[int, int]]
) -> None:
    exclusions = [Exclusion(0, min(pair), max(pair)) for pair in left_out]
    for pair in ranges:
        one, other = (
            summarise(each.session.points, exclusions, min(pair), max(pair))
            for each in (first, second)
        )
        assert one == other


def test_segments_comparisons_and_weeks_are_the_same(first: Told, second: Told) -> None:
    one, other = first.session, second.session
    assert segment_table(one.points, one.annotations) == segment_table(
        other.points, other.annotations
    )
    for align in (align_by_start, align_by_segment):
        columns = [align([session, session]) for session in (one, other)]
        assert columns[0].shares.tobytes() == columns[1].shares.tobytes()
    assert course_over_weeks([one]) == course_over_weeks([other])


def test_a_mean_over_one_second_with_shares_is_that_of_a_group_large_enough(first: Told) -> None:
    points = first.session.points
    (only,) = (point for point in points[20:60] if point.shares is not None)
    assert only.used >= MINIMUM
    assert only.shares is not None
    summary = summarise(points, (), 20, 60)
    assert (summary.with_mix_s, summary.seconds) == (1, 40)
    mix = (only.shares.negative, only.shares.neutral, only.shares.positive)
    assert summary.shares == pytest.approx(mix, abs=1e-12)
    assert summarise(points, (), 20, only.t_s).shares is None


def test_ranges_that_differ_by_seconds_without_shares_have_the_same_mean(first: Told) -> None:
    """The difference of two overlapping ranges is what a second adds; one without adds nothing."""
    points = first.session.points
    compared = 0
    for point in points[100:-1:9]:
        longer = summarise(points, (), 40, point.t_s + 1)
        shorter = summarise(points, (), 40, point.t_s)
        without = summarise(points, [Exclusion(0, point.t_s, point.t_s + 1)], 40, point.t_s + 1)
        if point.shares is None:
            assert longer.shares == shorter.shares == without.shares
            compared += 1
        else:
            assert longer.shares is not None
            assert point.used >= MINIMUM
    assert compared > 20


def test_what_was_left_out_is_in_no_export(first: Told, tmp_path: Path) -> None:
    """Other moods in the excluded seconds change no export; the store keeps them."""
    other = points_of(looks_of(only_small_groups_smile))
    points = points_of(looks_of(random_moods))
    points[400:431] = other[400:431]
    changed = told(tmp_path, points)
    moved = {name for name, text in changed.texts.items() if text != first.texts[name]}
    assert moved == {"rows"}
