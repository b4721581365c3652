"""Both stages of an analysis that see the same audience in every frame."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from classroom_monitor.contracts import CropBatch, FaceBox, Frame, Look, Track
from classroom_monitor.vision.follower import Effort, Followed
from classroom_monitor.vision.tracker import FollowedFace

FACES = 6


@dataclass(frozen=True, slots=True)
class FakeAnalysis:
    """Implements live.parts.Analysis."""

    look: Look
    tracks: tuple[Track, ...]


@dataclass
class FakeAnalyser:
    """Makes a follower and a scorer that see six faces, all of them neutral.

    A semaphore counts finished looks for tests that wait for them. before, if given, is called
    with each frame that is followed and may block or raise; while_scoring with each look that is
    scored; after may change the look. at_s holds the times of the frames looked at, efforts what
    each was followed with, threads which thread did what.
    """

    before: Callable[[Frame], None] | None = None
    while_scoring: Callable[[Followed], None] | None = None
    after: Callable[[Look], Look] | None = None
    engine: str = "fake engine"
    engine_notice: str = ""
    finder: str = "fake finder"
    looked: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    at_s: list[float] = field(default_factory=list)
    efforts: list[Effort] = field(default_factory=list)
    threads: set[tuple[str, str]] = field(default_factory=set)
    open_stages: int = 0
    closed_stages: int = 0

    def make_follower(self) -> FakeFollower:
        self.open_stages += 1
        return FakeFollower(self)

    def make_scorer(self) -> FakeScorer:
        self.open_stages += 1
        return FakeScorer(self)

    @property
    def closed(self) -> bool:
        return 0 < self.open_stages == self.closed_stages


class FakeFollower:
    """Implements live.parts.Follower."""

    def __init__(self, room: FakeAnalyser) -> None:
        self.effort = Effort()
        self.finder = room.finder
        self._room = room
        self._closed = False
        self._note_thread()

    def follow(self, frame: Frame) -> Followed:
        assert not self._closed
        self._note_thread()
        if self._room.before is not None:
            self._room.before(frame)
        self._room.efforts.append(self.effort)
        box = FaceBox(1.0, 1.0, 8.0, 8.0, 0.9)
        return Followed(
            at_s=frame.captured_at_s,
            faces=tuple(FollowedFace(place, box, found=True) for place in range(FACES)),
            usable=(True,) * FACES,
            crops=CropBatch(np.zeros((FACES, 8, 8, 1), np.uint8)),
            scored_ids=tuple(range(FACES)),
            both_ways=self.effort.both_ways,
        )

    def close(self) -> None:
        self._note_thread()
        self._closed = True
        self._room.closed_stages += 1

    def _note_thread(self) -> None:
        self._room.threads.add(("follower", threading.current_thread().name))


class FakeScorer:
    """Implements live.parts.Scorer."""

    def __init__(self, room: FakeAnalyser) -> None:
        self._room = room
        self._closed = False
        self._note_thread()

    @property
    def engine(self) -> str:
        return self._room.engine

    @property
    def engine_notice(self) -> str:
        return self._room.engine_notice

    def score(self, followed: Followed) -> FakeAnalysis:
        assert not self._closed
        self._note_thread()
        if self._room.while_scoring is not None:
            self._room.while_scoring(followed)
        self._room.at_s.append(followed.at_s)
        probabilities = np.tile(np.array([0.1, 0.8, 0.1], np.float32), (FACES, 1))
        tracks = tuple(
            Track(face.track_id, face.box, row, quality=True, used=True)
            for face, row in zip(followed.faces, probabilities, strict=True)
        )
        look = Look(followed.at_s, FACES, FACES, probabilities)
        if self._room.after is not None:
            look = self._room.after(look)
        self._room.looked.release()
        return FakeAnalysis(look, tracks)

    def close(self) -> None:
        self._note_thread()
        self._closed = True
        self._room.closed_stages += 1

    def _note_thread(self) -> None:
        self._room.threads.add(("scorer", threading.current_thread().name))
