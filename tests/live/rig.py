"""A live session over fakes, stepped by the test: its frames and its clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from classroom_monitor.contracts import Camera, LiveSnapshot
from classroom_monitor.live.capture_records import CaptureSettings
from classroom_monitor.live.parts import Clocks, SessionParts, SessionPlan
from classroom_monitor.live.session import LiveSession
from tests.fakes.analyser import FakeAnalyser, FakeScorer
from tests.fakes.camera import FakeCamera, Step, block, frames
from tests.fakes.writer import FakeStore

PLAN = SessionPlan(
    title="Monday", source="fake", mode="near", group_minimum=5, counts_only=False, model="tiny"
)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=1)))
PATIENCE_S = 60.0  # for a machine that is busy with other things
INTERVAL_S = 0.1


def eventually(condition: Callable[[], bool]) -> None:
    """Return as soon as a condition holds; fail where it doesn't come about."""
    tick = threading.Event()
    for _ in range(int(PATIENCE_S / 0.01)):
        if condition():
            return
        tick.wait(0.01)
    raise AssertionError(f"not within {PATIENCE_S:.0f} s")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.s = 100.0

    def monotonic_s(self) -> float:
        return self.s

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.s - 100.0)


@dataclass
class Rig:
    """Everything a session is handed, and the session.

    openings holds what the camera does each time it is opened; after the last one it hangs while
    it opens, until released is set.
    """

    openings: list[Iterable[Step]] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)
    analyser: FakeAnalyser = field(default_factory=FakeAnalyser)
    store: FakeStore = field(default_factory=FakeStore)
    released: threading.Event = field(default_factory=threading.Event)
    make_scorer: Callable[[], FakeScorer] | None = None

    def __post_init__(self) -> None:
        self._scripts = iter(self.openings)
        capture = CaptureSettings(
            open_timeout_s=1e6, stall_timeout_s=1e6, backoff_min_s=0.01, backoff_max_s=0.01
        )
        clocks = Clocks(self.clock.monotonic_s, self.clock.now)
        self.parts = SessionParts(
            make_camera=self._camera,
            make_follower=self.analyser.make_follower,
            make_scorer=self.make_scorer or self.analyser.make_scorer,
            open_store=self.store.open,
            capture=capture,
            clocks=clocks,
        )
        self.session = LiveSession(PLAN, self.parts)

    def snapshot(self) -> LiveSnapshot:
        return self.session.snapshot()

    def gives(self, count: int, *then: Step) -> None:
        """Let the camera's next opening give so many frames, and then take other steps."""
        self.openings.append(self._steps(count, then))

    def hang(self) -> Step:
        """Block the camera until the rig is released."""
        return block(self.released)

    def run_to(self, points: int) -> None:
        """Start the session and wait until it has so many points."""
        self.session.start()
        eventually(lambda: len(self.snapshot().points) >= points)

    def stop(self) -> None:
        """Stop a session all of whose parts can be stopped."""
        self.released.set()
        assert self.session.stop(PATIENCE_S)

    def _steps(self, count: int, then: Iterable[Step]) -> Iterator[Step]:
        """Frames INTERVAL_S apart: the next when the last has been looked at.

        The clock is put to each frame's time, and stands while it is looked at.
        """
        start_s = self.clock.s
        for place, frame in enumerate(frames(count, INTERVAL_S)):
            self.clock.s = start_s + place * INTERVAL_S
            yield frame
            while not self.analyser.looked.acquire(timeout=0.05):
                if self.released.is_set():
                    return
        yield from then

    def _camera(self) -> Camera:
        script = next(self._scripts, None)
        if script is None:
            return FakeCamera([], open_step=self.hang())
        return FakeCamera(script)
