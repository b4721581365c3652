"""What a session's snapshots and looks are taken for."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from classroom_monitor.benchmark.live_figures import Scored, score_rates
from classroom_monitor.benchmark.live_meter import LiveMeter, LookBook, Span
from classroom_monitor.contracts import (
    CaptureState,
    FaceBox,
    LiveSnapshot,
    LiveStatus,
    TimelinePoint,
    Track,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def tracks(*ids: int) -> tuple[Track, ...]:
    return tuple(Track(one, FaceBox(0, 0, 9, 9, 1), None, True, True) for one in ids)


def look(at_s: float, ids: tuple[int, ...], scored: tuple[int, ...]) -> Scored:
    return Scored(at_s, at_s + 0.1, tracks(*ids), scored)


def test_rates_are_of_faces_that_stayed() -> None:
    looks = [look(0.0, (1, 2, 3), (1, 2, 3)), look(0.5, (1, 2), (1,)), look(1.0, (1, 2, 4), (1, 4))]
    rates = score_rates(looks, seconds=2.0)
    assert rates is not None
    assert (rates.median, rates.least) == (1.0, 0.5)


@pytest.mark.parametrize("looks", [[], [look(0.0, (1,), (1,)), look(1.0, (2,), (2,))]])
def test_there_is_no_rate_where_nobody_stayed(looks: list[Scored]) -> None:
    assert score_rates(looks, seconds=2.0) is None


@dataclass
class FakeSession:
    """A session whose clock a test sets."""

    elapsed_s: float | None = None
    frames: int = 0


class Watched:
    """A meter over a fake session, stepped by the test."""

    def __init__(self) -> None:
        self.session = FakeSession()
        self.looks = LookBook()
        self.looks.watch(self.session)
        self.over = 0
        self.meter = LiveMeter(self.session, self.looks, Span(1.0, 2.0), self.on_done)
        self.tracks: tuple[Track, ...] = ()
        self.points: tuple[TimelinePoint, ...] = ()
        self.running = True
        self.lost = self.skipped = 0

    def on_done(self) -> None:
        self.over += 1

    def at(self, elapsed_s: float | None, frames: int = 0) -> None:
        self.session.elapsed_s, self.session.frames = elapsed_s, frames

    def look(self, at_s: float, *ids: int) -> None:
        """Finish a look now, at the frame of at_s, that scored all of its faces."""
        self.tracks = tracks(*ids)
        self.looks.add(at_s, self.tracks, ids)

    def point(self, t_s: int) -> None:
        self.points += (TimelinePoint(t_s, NOON, 1, 1, None, 1, 1.0, False),)

    def draw(self) -> None:
        status = LiveStatus(
            CaptureState.RUNNING, 30, 10, 50, self.lost, self.skipped, "fake", "finder", "note"
        )
        snapshot = LiveSnapshot(1, self.running, None, self.tracks, self.points, (), status, None)
        self.meter.on_snapshot(snapshot)
        self.meter.on_painted()


def test_a_session_is_measured_between_two_moments() -> None:
    watched = Watched()
    watched.at(None)
    watched.draw()  # before the first frame
    watched.at(0.5, frames=10)
    watched.look(0.2, 1)
    watched.lost, watched.skipped = 3, 4
    watched.draw()  # settling
    watched.at(1.0, frames=30)
    watched.draw()  # measuring begins
    watched.at(1.5, frames=45)
    watched.look(1.25, 1, 2)
    watched.draw()
    watched.draw()  # the same look is in sight already
    watched.point(0)
    watched.at(2.0, frames=60)
    watched.look(1.5, 1, 2)
    watched.draw()
    assert watched.meter.figures(5, window=True) is None
    watched.at(3.0, frames=90)
    watched.lost, watched.skipped = 5, 24
    watched.draw()
    watched.draw()
    assert watched.over == 1

    figures = watched.meter.figures(5, window=True)
    assert figures is not None
    assert (figures.faces, figures.window, figures.seconds) == (5, True, 2.0)
    assert (figures.capture_fps, figures.lost, figures.skipped) == (30.0, 2, 20)
    assert (figures.looks_per_s, figures.followed) == (1.0, 2.0)
    assert (figures.scores_per_face_per_s, figures.least_scores_per_s) == (1.0, 1.0)
    assert figures.result_ms is not None
    assert (figures.result_ms.median_ms, figures.result_ms.p99_ms) == (250.0, 500.0)
    assert figures.plot_ms is not None
    assert (figures.plot_ms.median_ms, figures.plot_ms.p99_ms) == (250.0, 500.0)
    assert figures.second_ms is not None
    assert figures.second_ms.median_ms == 1000.0
    assert (figures.engine, figures.finder, figures.message) == ("fake", "finder", "note")
    assert figures.window_fps == 2.0
    assert figures.held_ms == 1000.0
    assert figures.peak_memory_mib > 1
    assert figures.cpu_share >= 0


def test_a_session_that_ends_early_is_measured_up_to_there() -> None:
    watched = Watched()
    watched.at(1.0, frames=30)
    watched.draw()
    watched.at(2.0, frames=60)
    watched.running = False
    watched.draw()
    figures = watched.meter.figures(0, window=False)
    assert watched.over == 1
    assert figures is not None
    assert (figures.seconds, figures.looks_per_s, figures.followed) == (1.0, 0.0, 0.0)
    assert (figures.scores_per_face_per_s, figures.plot_ms) == (None, None)


def test_a_session_that_never_got_going_has_no_figures() -> None:
    watched = Watched()
    watched.running = False
    watched.draw()
    assert watched.meter.figures(1, window=False) is None
