"""A live session on the drawn hall, wired to be measured; with the window or without."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from classroom_monitor.benchmark.cameras import LoopCamera
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.benchmark.live_meter import LiveMeter, LookBook, Span
from classroom_monitor.contracts import LiveSnapshot, UInt8Array
from classroom_monitor.live.parts import Analysis, Scorer, SessionParts, SessionPlan
from classroom_monitor.live.session import LiveSession
from classroom_monitor.vision.follower import Followed

SNAPSHOT_INTERVAL_S = 0.033
"""How often a snapshot is read where there is no window, as the window does."""

LONGEST_S = 120.0
"""From start on; a session that isn't measured by then will not be."""

_STOP_S = 15.0
_MIB = 2**20


class MeteredScorer:
    """A scorer whose looks are written down; implements live.parts.Scorer."""

    def __init__(self, scorer: Scorer, looks: LookBook) -> None:
        self._scorer = scorer
        self._looks = looks

    @property
    def engine(self) -> str:
        """The scorer's engine."""
        return self._scorer.engine

    @property
    def engine_notice(self) -> str:
        """What the user is to know of the engine."""
        return self._scorer.engine_notice

    def score(self, followed: Followed) -> Analysis:
        """Score a frame's faces and write the look down."""
        analysis = self._scorer.score(followed)
        self._looks.add(followed.at_s, analysis.tracks, followed.scored_ids)
        return analysis

    def close(self) -> None:
        """Close the scorer."""
        self._scorer.close()


class HallSession:
    """A live session on a loop of pictures, for the window to draw or for run_to_end.

    snapshot and on_painted are called by the one thread that draws, the others as those of
    LiveSession. on_done is called by that thread when measuring is over.
    """

    def __init__(
        self,
        plan: SessionPlan,
        parts: SessionParts,
        pictures_bgr: Sequence[UInt8Array],
        span: Span,
        on_done: Callable[[], None],
    ) -> None:
        """Take what to record with which parts; their camera is replaced by the pictures."""
        self._looks = LookBook()
        self._pictures_bgr = pictures_bgr
        self._camera = LoopCamera(pictures_bgr)
        metered = replace(
            parts,
            make_camera=lambda: self._camera,
            make_scorer=lambda: MeteredScorer(parts.make_scorer(), self._looks),
        )
        self._session = LiveSession(plan, metered)
        self._looks.watch(self._session)
        self._meter = LiveMeter(self._session, self._looks, span, on_done)

    def start(self) -> None:
        """Start the session's threads."""
        self._session.start()

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state, of which the meter takes note."""
        snapshot = self._session.snapshot()
        self._meter.on_snapshot(snapshot)
        return snapshot

    def on_painted(self) -> None:
        """Take note that the newest snapshot is in sight."""
        self._meter.on_painted()

    def mark(self, text: str) -> None:
        """Set a marker."""
        self._session.mark(text)

    def start_segment(self, title: str) -> None:
        """Start a segment."""
        self._session.start_segment(title)

    def pause(self) -> None:
        """Close the camera until resume."""
        self._session.pause()

    def resume(self) -> None:
        """Open the camera again."""
        self._session.resume()

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it; False if a thread had to be left behind."""
        return self._session.stop(timeout_s)

    def figures(self, faces: int, window: bool) -> LiveFigures | None:
        """Return what was measured; None if it wasn't long enough."""
        figures = self._meter.figures(faces, window)
        if figures is None:
            return None
        cost = self._camera.cost
        pictures_bytes = sum(picture.nbytes for picture in self._pictures_bgr)
        return replace(
            figures,
            missed=cost.missed,
            camera_ms=1000 * cost.cpu_s / max(1, cost.frames),
            pictures_mib=pictures_bytes / _MIB,
        )


def run_to_end(session: HallSession, done: Callable[[], bool]) -> None:
    """Run a session without a window until done says so, taking snapshots as a window does."""
    session.start()
    until_s = time.monotonic() + LONGEST_S
    try:
        while not done() and time.monotonic() < until_s:
            running = session.snapshot().running
            session.on_painted()
            if not running:
                break
            time.sleep(SNAPSHOT_INTERVAL_S)
    finally:
        session.stop(_STOP_S)
