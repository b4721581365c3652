"""A store in memory that fails when it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from classroom_monitor.contracts import (
    Marker,
    NewSession,
    ResumedSession,
    Segment,
    TimelinePoint,
)
from classroom_monitor.errors import StoreProblem


@dataclass
class FakeStore:
    """Implements live.parts.StoreConnection and contracts.SessionWriter for one session.

    While broken is set every write raises StoreProblem and changes nothing. opened counts
    openings: open is handed in as the maker of the connection.
    """

    session_id: int = 7
    broken: bool = False
    opened: int = 0
    closed: bool = False
    refused: int = 0
    new: NewSession | None = None
    points: list[TimelinePoint] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    complete: bool = False

    def open(self) -> FakeStore:
        self._write()
        self.opened += 1
        return self

    def begin(self, new: NewSession) -> FakeStore:
        self._write()
        assert self.new is None
        self.new = new
        return self

    def resume(self, session_id: int, engine: str) -> ResumedSession:
        self._write()
        assert session_id == self.session_id
        assert self.new is not None
        return ResumedSession(self, self.new.started_at, tuple(self.points))

    def append(self, points: Sequence[TimelinePoint]) -> None:
        self._write()
        assert [point.t_s for point in points] == [
            len(self.points) + place for place in range(len(points))
        ]
        self.points.extend(points)

    def add_marker(self, t_s: float, text: str) -> Marker:
        self._write()
        self.markers.append(Marker(len(self.markers) + 1, t_s, text))
        return self.markers[-1]

    def add_segment(self, t_s: float, title: str) -> Segment:
        self._write()
        self.segments.append(Segment(len(self.segments) + 1, t_s, title))
        return self.segments[-1]

    def finish(self) -> None:
        self._write()
        self.complete = True

    def close(self) -> None:
        self.closed = True

    def _write(self) -> None:
        assert not self.closed
        if self.broken:
            self.refused += 1
            raise StoreProblem("the fake disk is full: make room on it")
