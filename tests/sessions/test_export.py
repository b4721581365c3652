from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import (
    Annotations,
    Exclusion,
    Marker,
    Segment,
    SessionInfo,
    SessionState,
    TimelinePoint,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.sessions.export import (
    CSV_COLUMNS,
    export_csv,
    neutralised,
    session_summary,
    write_csv,
)
from tests.sessions.samples import STARTED_AT, gap_point, point, shares

GOLDEN = Path(__file__).parent / "data"

INFO = SessionInfo(
    session_id=7,
    title="Optics 4",
    source="room.mp4",
    started_at=STARTED_AT,
    seconds=7,
    mode="room",
    engine="litert-int8",
    group_minimum=5,
    counts_only=False,
    state=SessionState.COMPLETE,
    model="valence",
    program_version="0.1.0",
    course="Physics II",
    notes="A student was unwell: between us.",
)
POINTS = [
    point(0, used=8, mix=shares(0.125, 0.5, 0.375)),
    point(1, used=4),
    gap_point(2),
    point(3, used=9, mix=shares(1 / 3, 1 / 3, 1 / 3)),
    replace(point(4, used=0, seen=0), expected=0, coverage=None),
    point(5, used=9, mix=shares(0.2, 0.3, 0.5)),
    point(6, used=9, mix=shares(0.5, 0.3, 0.2)),
]
MARKERS = [
    Marker(3, 99.5, 'He said "why?", twice'),
    Marker(1, 3.2, "Übung 2"),
    Marker(2, 3.9, "=1+1"),
]
ANNOTATIONS = Annotations(
    markers=tuple(MARKERS),
    segments=(Segment(2, 3.0, "-2 to 2"), Segment(1, 0.5, "Refraction, derived")),
    exclusions=(Exclusion(1, 5.2, 5.4, "fire alarm"),),
)
SESSION = StoredSession(INFO, tuple(POINTS), ANNOTATIONS)


def csv_text(points: list[TimelinePoint], annotations: Annotations) -> str:
    stream = io.StringIO(newline="")
    write_csv(stream, points, annotations)
    return stream.getvalue()


def test_csv_and_metadata_are_as_designed(tmp_path: Path) -> None:
    beside = export_csv(tmp_path / "optics.csv", SESSION)
    assert beside == tmp_path / "optics.json"
    assert (tmp_path / "optics.csv").read_bytes() == (GOLDEN / "optics.csv").read_bytes()
    assert beside.read_bytes() == (GOLDEN / "optics.json").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["optics.csv", "optics.json"]


def test_nothing_that_was_measured_in_an_excluded_second_is_written() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(POINTS, ANNOTATIONS), newline="")))
    (excluded,) = [row for row in rows if row["excluded"] == "1"]
    kept = {name: cell for name, cell in excluded.items() if cell}
    assert set(kept) == {"t_s", "clock", "segment", "gap", "excluded"}
    assert kept["t_s"] == "5"


def test_a_second_has_the_title_of_the_segment_that_it_starts_in() -> None:
    rows = csv.DictReader(io.StringIO(csv_text(POINTS, ANNOTATIONS), newline=""))
    derived = "Refraction, derived"
    assert [row["segment"] for row in rows] == ["", derived, derived, *["'-2 to 2"] * 4]


def test_notes_stay_in_the_store(tmp_path: Path) -> None:
    beside = export_csv(tmp_path / "optics.csv", SESSION)
    assert "unwell" not in beside.read_text("utf-8") + (tmp_path / "optics.csv").read_text("utf-8")


def test_first_columns_stand_in_the_designed_order() -> None:
    assert CSV_COLUMNS[:8] == (
        *("t_s", "clock", "seen", "used", "negative", "neutral", "positive", "coverage"),
    )
    assert csv_text([], Annotations()) == ",".join(CSV_COLUMNS) + "\r\n"


@given(st.floats(0, 1), st.floats(0, 1))
def test_written_shares_still_sum_to_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    mix = shares(low, high - low, 1.0 - high)
    (row,) = csv.DictReader(io.StringIO(csv_text([point(0, mix=mix)], Annotations())))
    assert sum(float(row[mood]) for mood in ("negative", "neutral", "positive")) == pytest.approx(
        1.0, abs=1.6e-4
    )


def test_a_text_stream_that_translates_line_ends_gets_them_once() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", newline="\r\n")  # as Windows' stdout does
    write_csv(stream, POINTS, ANNOTATIONS)
    stream.flush()
    assert raw.getvalue() == (GOLDEN / "optics.csv").read_bytes()


@given(st.text(max_size=20))
def test_no_cell_starts_a_formula_and_the_text_can_be_read_back(text: str) -> None:
    annotations = Annotations((Marker(1, 0.0, text),), (Segment(1, 0.0, text),))
    rows = list(csv.reader(io.StringIO(csv_text([point(0)], annotations), newline="")))
    assert len(rows) == 2
    for column in ("marker", "segment"):
        cell = rows[1][CSV_COLUMNS.index(column)]
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ("a; +1", "a; '+1"),
        ("\uff1d1", "'\uff1d1"),
        ("well-known = yes", "well-known = yes"),
    ],
)
def test_formulas_get_an_apostrophe_and_nothing_else_does(text: str, cell: str) -> None:
    assert neutralised(text) == cell


def test_an_existing_export_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "optics.csv"
    target.write_text("old" * 10_000)
    export_csv(target, SESSION)
    assert target.read_bytes() == (GOLDEN / "optics.csv").read_bytes()


@pytest.mark.parametrize("name", ["missing/optics.csv", "folder", "plain/optics.csv"])
def test_a_target_that_cannot_be_written_is_named_and_leaves_nothing(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").write_text("a file, not a folder")
    with pytest.raises(EnvironmentProblem) as caught:
        export_csv(tmp_path / name, SESSION)
    assert str(tmp_path / name) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "plain"]


def test_a_csv_may_not_take_the_name_of_its_metadata(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"optics\.json"):
        export_csv(tmp_path / "optics.json", SESSION)
    assert list(tmp_path.iterdir()) == []


def test_the_summary_is_plain_json() -> None:
    summary = session_summary(INFO)
    assert json.loads(json.dumps(summary)) == summary
    assert (summary["session"], summary["state"], summary["seconds"]) == (7, "complete", 7)
