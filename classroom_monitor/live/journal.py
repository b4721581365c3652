"""A running session's points, markers and segments, kept in memory and brought into the store."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from classroom_monitor.contracts import (
    Look,
    Marker,
    NewSession,
    Segment,
    SessionWriter,
    TimelinePoint,
)
from classroom_monitor.errors import StoreGone, StoreProblem
from classroom_monitor.live.parts import StoreConnection
from classroom_monitor.sessions.timeline import TimelineBuilder

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session so far: its id in the store once it has one, finished seconds, markers
    and segments.

    Markers and segments that aren't stored yet have negative ids. problem is what keeps the
    session from being saved right now.
    """

    session_id: int | None
    points: tuple[TimelinePoint, ...]
    markers: tuple[Marker, ...]
    segments: tuple[Segment, ...]
    problem: StoreProblem | None


NOTHING = Recorded(None, (), (), (), None)


class Journal:
    """What has been recorded so far; a store that fails for a while costs nothing but patience.

    One thread calls the methods; recorded may be called by any.
    """

    def __init__(self, new: NewSession, open_store: Callable[[], StoreConnection]) -> None:
        self.points: tuple[TimelinePoint, ...] = ()
        self.markers: tuple[Marker, ...] = ()
        self.segments: tuple[Segment, ...] = ()
        self.session_id: int | None = None
        self.problem: StoreProblem | None = None
        self._new = new
        self._open_store = open_store
        self._timeline = TimelineBuilder(new.group_minimum, new.counts_only, new.started_at)
        self._store: StoreConnection | None = None
        self._writer: SessionWriter | None = None
        self._stored_points = 0
        self._stored_markers = 0
        self._stored_segments = 0

    def recorded(self) -> Recorded:
        """Return the session so far."""
        return Recorded(self.session_id, self.points, self.markers, self.segments, self.problem)

    def add(self, look: Look) -> None:
        """Take a look; the seconds it finishes join points."""
        self._extend(self._timeline.add(look))

    def advance(self, to_s: float) -> None:
        """Finish the seconds before to_s, with or without looks."""
        self._extend(self._timeline.advance(to_s))

    def end(self, at_s: float) -> None:
        """Finish the session's last second."""
        self._extend(self._timeline.finish(at_s))

    def mark(self, t_s: float, text: str) -> None:
        """Add a marker."""
        self.markers = (*self.markers, Marker(-1 - len(self.markers), t_s, text))

    def start_segment(self, t_s: float, title: str) -> None:
        """Add the start of a segment."""
        self.segments = (*self.segments, Segment(-1 - len(self.segments), t_s, title))

    @property
    def saved(self) -> bool:
        """Whether the store has everything there is so far."""
        stored = (self._stored_points, self._stored_markers, self._stored_segments)
        there = (len(self.points), len(self.markers), len(self.segments))
        return self._writer is not None and stored == there

    @property
    def unsaved_s(self) -> int:
        """How many finished seconds wait for the store."""
        return len(self.points) - self._stored_points

    def save(self) -> bool:
        """Bring what isn't stored yet into the store; False, and problem set, where that fails.

        What failed is kept and goes with the next call; all of it, where the store is gone.
        """
        try:
            writer = self._begun()
            self._save_points(writer)
            self._save_markers(writer)
            self._save_segments(writer)
        except StoreProblem as problem:
            self._note(problem)
            return False
        if self.problem is not None:
            logger.info("the store works again: nothing was lost")
        self.problem = None
        return True

    def complete(self) -> bool:
        """Save what is left and mark the session complete; False where the store fails."""
        if not self.save() or self._writer is None:
            return False
        try:
            self._writer.finish()
        except StoreProblem as problem:
            self._note(problem)
            return False
        return True

    def rescue(self, open_store: Callable[[], StoreConnection]) -> bool:
        """Save the whole session as a new one of another store; False where that fails, too.

        It then has no id in its own store.
        """
        self._forget_store()
        self._open_store = open_store
        is_saved = self.complete()
        self.session_id = None
        return is_saved

    def close(self) -> None:
        """Close the store, if it is open."""
        if self._store is not None:
            self._store.close()
            self._store = None

    def _note(self, problem: StoreProblem) -> None:
        if self.problem is None:
            logger.warning("session kept in memory for now: %s", problem)
        self.problem = problem
        if isinstance(problem, StoreGone):
            self._forget_store()

    def _forget_store(self) -> None:
        """Begin anew with the next save: what was stored so far is out of reach."""
        try:
            self.close()
        except StoreProblem as problem:
            logger.warning("a store was left behind: %s", problem)
        self._store = self._writer = None
        self._stored_points = self._stored_markers = self._stored_segments = 0

    def _begun(self) -> SessionWriter:
        if self._store is None:
            self._store = self._open_store()
        if self._writer is None:
            self._writer = self._store.begin(self._new)
            self.session_id = self._writer.session_id
        return self._writer

    def _save_points(self, writer: SessionWriter) -> None:
        if waiting := self.points[self._stored_points :]:
            writer.append(waiting)
            self._stored_points += len(waiting)

    def _save_markers(self, writer: SessionWriter) -> None:
        while self._stored_markers < len(self.markers):
            place = self._stored_markers
            kept = self.markers[place]
            stored = writer.add_marker(kept.t_s, kept.text)
            self.markers = (*self.markers[:place], stored, *self.markers[place + 1 :])
            self._stored_markers += 1

    def _save_segments(self, writer: SessionWriter) -> None:
        while self._stored_segments < len(self.segments):
            place = self._stored_segments
            kept = self.segments[place]
            stored = writer.add_segment(kept.t_s, kept.title)
            self.segments = (*self.segments[:place], stored, *self.segments[place + 1 :])
            self._stored_segments += 1

    def _extend(self, points: list[TimelinePoint]) -> None:
        if points:
            self.points = (*self.points, *points)
