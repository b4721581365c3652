"""Measures a live session from beside it: its looks, its scores, and when they came in sight."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol

import psutil

from classroom_monitor.benchmark.live_figures import LiveFigures, Scored, score_rates
from classroom_monitor.benchmark.timing import Timing, summarise
from classroom_monitor.contracts import LiveSnapshot, Track

_MIB = 2**20


class MeasuredSession(Protocol):
    """What is read of a live session: live/session.py."""

    @property
    def elapsed_s(self) -> float | None:
        """Seconds since the first captured frame; None before it."""

    @property
    def frames(self) -> int:
        """How many frames have been captured."""


class LookBook:
    """The finished looks of a session, in order; any thread may call."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looks: list[Scored] = []
        self._session: MeasuredSession | None = None

    def watch(self, session: MeasuredSession) -> None:
        """Date looks by this session's clock, from before it starts."""
        self._session = session

    def add(self, at_s: float, tracks: tuple[Track, ...], scored_ids: Collection[int]) -> None:
        """Take a look that is finished now, at a frame of at_s."""
        done_s = self._session.elapsed_s if self._session is not None else None
        if done_s is None:
            return
        with self._lock:
            self._looks.append(Scored(at_s, done_s, tracks, tuple(scored_ids)))

    def of_tracks(self, tracks: tuple[Track, ...]) -> Scored | None:
        """Return the newest look that gave these very tracks, None for others."""
        with self._lock:
            return next((look for look in reversed(self._looks) if look.tracks is tracks), None)

    def between(self, begin_s: float, end_s: float) -> list[Scored]:
        """Return the looks that were finished in [begin_s, end_s)."""
        with self._lock:
            return [look for look in self._looks if begin_s <= look.done_s < end_s]


@dataclass(frozen=True, slots=True)
class Span:
    """When to measure, in seconds of the session: from settle_s on, for seconds."""

    settle_s: float
    seconds: float


@dataclass(frozen=True, slots=True)
class _Mark:
    """What the process and its session had counted and used up at a moment of the session."""

    at_s: float
    cpu_s: float
    captured: int
    lost: int
    skipped: int


class LiveMeter:
    """Watches a session through its snapshots; the thread that draws calls all methods."""

    def __init__(
        self, session: MeasuredSession, looks: LookBook, span: Span, on_done: Callable[[], None]
    ) -> None:
        """Take what to measure, and what to call once when measuring is over."""
        self._session = session
        self._looks = looks
        self._span = span
        self._on_done = on_done
        self._process = psutil.Process()
        self._begin: _Mark | None = None
        self._end: _Mark | None = None
        self._snapshot: LiveSnapshot | None = None
        self._shown_tracks: tuple[Track, ...] = ()
        self._shown_points = 0
        self._plot_s: list[float] = []
        self._second_s: list[float] = []
        self._paints = 0
        self._read_at_s: float | None = None
        self._held_s = 0.0
        self._peak_bytes = 0

    def on_snapshot(self, snapshot: LiveSnapshot) -> None:
        """Take a snapshot that is about to be drawn."""
        self._snapshot = snapshot
        self._peak_bytes = max(self._peak_bytes, self._process.memory_info().rss)
        at_s = self._session.elapsed_s
        if self._end is not None:
            return
        if self._begin is None and at_s is not None and at_s >= self._span.settle_s:
            self._begin = self._mark(at_s, snapshot)
        begin = self._begin
        if begin is None or at_s is None:
            return
        if self._read_at_s is not None:
            self._held_s = max(self._held_s, at_s - self._read_at_s)
        self._read_at_s = at_s
        if at_s >= begin.at_s + self._span.seconds or not snapshot.running:
            self._end = self._mark(at_s, snapshot)
            self._on_done()

    def on_painted(self) -> None:
        """Take note that the newest snapshot is in sight."""
        snapshot, now_s = self._snapshot, self._session.elapsed_s
        if snapshot is None or now_s is None:
            return
        measuring = self._begin is not None and self._end is None
        self._paints += measuring
        if snapshot.tracks is not self._shown_tracks:
            self._shown_tracks = snapshot.tracks
            look = self._looks.of_tracks(snapshot.tracks)
            if look is not None and measuring:
                self._plot_s.append(now_s - look.at_s)
        if len(snapshot.points) > self._shown_points:
            self._shown_points = len(snapshot.points)
            if measuring:
                self._second_s.append(now_s - (snapshot.points[-1].t_s + 1))

    def figures(self, faces: int, window: bool) -> LiveFigures | None:
        """Return what was measured, camera and pictures left out; None before it is over."""
        begin, end, snapshot = self._begin, self._end, self._snapshot
        if begin is None or end is None or snapshot is None or end.at_s <= begin.at_s:
            return None
        seconds = end.at_s - begin.at_s
        looks = self._looks.between(begin.at_s, end.at_s)
        rates = score_rates(looks, seconds)
        return LiveFigures(
            faces=faces,
            seconds=seconds,
            window=window,
            engine=snapshot.status.engine,
            finder=snapshot.status.finder,
            capture_fps=(end.captured - begin.captured) / seconds,
            lost=end.lost - begin.lost,
            skipped=end.skipped - begin.skipped,
            missed=0,
            looks_per_s=len(looks) / seconds,
            followed=sum(len(look.tracks) for look in looks) / max(1, len(looks)),
            scores_per_face_per_s=rates.median if rates else None,
            least_scores_per_s=rates.least if rates else None,
            result_ms=_timing([look.done_s - look.at_s for look in looks]),
            plot_ms=_timing(self._plot_s),
            second_ms=_timing(self._second_s),
            window_fps=self._paints / seconds,
            held_ms=1000 * self._held_s,
            cpu_share=(end.cpu_s - begin.cpu_s) / seconds / (psutil.cpu_count() or 1),
            camera_ms=0.0,
            peak_memory_mib=self._peak_bytes / _MIB,
            pictures_mib=0.0,
            message=snapshot.status.message,
        )

    def _mark(self, at_s: float, snapshot: LiveSnapshot) -> _Mark:
        times = self._process.cpu_times()
        return _Mark(
            at_s=at_s,
            cpu_s=times.user + times.system,
            captured=self._session.frames,
            lost=snapshot.status.lost,
            skipped=snapshot.status.skipped,
        )


def _timing(times_s: list[float]) -> Timing | None:
    return summarise(times_s) if times_s else None
