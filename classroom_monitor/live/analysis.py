"""The two threads that own a live session's models: one follows faces, one scores them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn, Protocol

from classroom_monitor.contracts import Frame, Look, Track
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.governor import Governor, LookWork
from classroom_monitor.live.leniency import Leniency
from classroom_monitor.live.meters import FinishedLook, WorkMeter
from classroom_monitor.live.parts import Follower, Scorer, SessionParts
from classroom_monitor.live.slot import Slot, SlotClosed
from classroom_monitor.live.stage import StageThread

if TYPE_CHECKING:
    from classroom_monitor.vision.follower import Followed

IDLE_S = 0.25
"""How long a thread waits for a frame before it says that none has come."""


class AnalysisOwner(Protocol):
    """Who an analysis worker reports to; every call comes from one of the worker's threads."""

    def on_loaded(self) -> None:
        """The models are loaded: frames are wanted now."""

    def on_first_frame(self, engine: str) -> None:
        """The first frame has been captured: the session begins."""

    def on_look(self, look: Look) -> None:
        """A frame was analysed."""

    def on_idle(self, now_s: float) -> None:
        """No frame was waiting or under way at this moment on the session's clock."""

    def on_over(self) -> None:
        """No look will come any more: the frames ended, or there is a fault."""


class AnalysisWorker:
    """Analyses the newest frame again and again, as fast as it goes.

    While one frame's faces are scored the next one's are followed. Between the two threads stands
    a slot as between capture and them: neither waits for the other, the newest look wins. A
    governor lowers the quality where the machine is too slow. A stage that fails in the middle is
    made anew, models and all, unless it does so again and again.

    The attributes may be read by any thread: engine and finder are "" until their models are
    loaded, engine_notice tells the user where an engine failed, tracks belong to the frame that was
    analysed last, effort tells the user what the governor lowered.
    """

    def __init__(
        self,
        parts: SessionParts,
        frames: Slot[Frame],
        now_s: Callable[[], float | None],
        owner: AnalysisOwner,
        governor: Governor | None = None,
    ) -> None:
        """Take the makers of the models, the frames, and the clock on which frames are dated."""
        self.engine = ""
        self.engine_notice = ""
        self.finder = ""
        self.effort = ""
        self.loaded = False
        self.tracks: tuple[Track, ...] = ()
        self.meter = WorkMeter()
        self._parts = parts
        self._frames = frames
        self._followed: Slot[Followed] = Slot()
        self._now_s = now_s
        self._owner = owner
        self._governor = governor or Governor()
        self._effort = self._governor.effort
        self._lock = threading.Lock()
        self._stages_to_load = 2
        self._leniency = Leniency("The analysis", parts.clocks.monotonic_s)
        self._was_idle = False
        self._followed_to_s: float | None = None  # of the last frame that was followed
        self._scored_to_s: float | None = None  # equal to it when nothing is under way
        self._following = StageThread(
            "analysis-follow", self._follow, self._followed.close, forgives=self._forgives
        )
        self._scoring = StageThread(
            "analysis-score", self._score, self._end, forgives=self._forgives
        )

    @property
    def fault(self) -> EnvironmentProblem | None:
        """The problem that ended the analysis, if one did."""
        return self._following.fault or self._scoring.fault

    @property
    def trouble(self) -> str:
        """A line for the user where a stage has failed lately and was made anew, or ""."""
        return self._leniency.trouble

    @property
    def skipped(self) -> int:
        """How many followed frames a newer one replaced before they were scored."""
        return self._followed.skipped

    def start(self) -> None:
        """Start the threads; the models load in them, side by side."""
        self._following.start()
        self._scoring.start()

    def join(self, timeout_s: float) -> bool:
        """Wait until the models are closed; False after timeout_s, with a line in the log.

        The threads end by themselves once the slot of frames is closed, after the call that
        each is in.
        """
        deadline_s = time.monotonic() + timeout_s
        followed = self._following.join(timeout_s)
        self._followed.close()  # where it hangs, its scores are waited for no longer
        return self._scoring.join(max(0.0, deadline_s - time.monotonic())) and followed

    def _on_stage_loaded(self) -> None:
        with self._lock:
            self._stages_to_load -= 1
            was_last = self._stages_to_load == 0
        if was_last:
            self.loaded = True
            self._owner.on_loaded()

    def _forgives(self, error: Exception) -> bool:
        """Say whether a stage that failed is made anew: not while it loads, nor after the end."""
        return self.loaded and not self._frames.closed and self._leniency.forgives(error)

    # ------------------------------------------------------------------ the following thread

    def _follow(self) -> None:
        with closing(self._parts.make_follower()) as follower:
            self.finder = follower.finder
            self._on_stage_loaded()
            try:
                self._follow_frames(follower)
            except SlotClosed:
                return

    def _follow_frames(self, follower: Follower) -> NoReturn:
        begun = False
        while True:
            now_s = self._now_s()
            if now_s is not None and not begun:
                begun = True
                self._owner.on_first_frame(self.engine)
            frame = self._frames.take(IDLE_S)
            if frame is not None:
                follower.effort = self._effort
                followed = follower.follow(frame)
                self._followed_to_s = followed.at_s
                self._followed.put(followed)
            elif now_s is not None and self._followed_to_s == self._scored_to_s:
                self._was_idle = True
                self._owner.on_idle(now_s)

    # ------------------------------------------------------------------ the scoring thread

    def _score(self) -> None:
        with closing(self._parts.make_scorer()) as scorer:
            self.engine, self.engine_notice = scorer.engine, scorer.engine_notice
            self._on_stage_loaded()
            while True:
                try:
                    followed = self._followed.take()
                except SlotClosed:
                    return
                if followed is not None:
                    self._look_at(followed, scorer)

    def _look_at(self, followed: Followed, scorer: Scorer) -> None:
        try:
            self._record(followed, scorer)
        finally:
            self._scored_to_s = followed.at_s

    def _record(self, followed: Followed, scorer: Scorer) -> None:
        analysis = scorer.score(followed)
        # An engine that failed has been replaced.
        self.engine, self.engine_notice = scorer.engine, scorer.engine_notice
        done_s = self._now_s()
        if done_s is not None:
            self._measure(followed, done_s)
        self.tracks = analysis.tracks
        self._owner.on_look(analysis.look)

    def _measure(self, followed: Followed, done_s: float) -> None:
        faces, scored = sum(followed.usable), len(followed.scored_ids)
        self.meter.count(FinishedLook(done_s, done_s - followed.at_s, faces, scored))
        if self._was_idle:
            self._was_idle = False
            self._governor.pause()
        skipped = self._frames.skipped + self._followed.skipped
        self._governor.take(LookWork(done_s, faces, scored, skipped))
        self._effort, self.effort = self._governor.effort, self._governor.notice

    def _end(self) -> None:
        self.tracks = ()
        self._owner.on_over()
