"""Errors in a session's threads: shown and logged, and the session goes on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import FaceBox, Frame, Look, SessionState
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.crops import CropSpec
from classroom_monitor.vision.follower import FaceFollower, Followed
from classroom_monitor.vision.room import Analysis, MoodScorer, Scoring
from tests.fakes.analyser import FakeAnalyser
from tests.fakes.camera import crash
from tests.fakes.classifier import FakeClassifier
from tests.fakes.finder import FakeFinder
from tests.live.rig import PLAN, Rig, eventually

FAILING = 15
"""The frame at which a part fails, a second and a half into the session."""


class Once:
    """Fails the first time that it is asked to after its cue."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.failed = False

    def at(self, at_s: float) -> None:
        if at_s > FAILING / 10 - 0.05 and not self.failed:
            self.failed = True
            raise self._error


ERRORS = [ValueError("odd"), MemoryError("none left"), ZeroDivisionError("by nothing")]


def analyser_that_fails(stage: str, once: Once) -> FakeAnalyser:
    analyser = FakeAnalyser()

    def trip(what: Frame | Followed) -> None:
        at_s = what.captured_at_s if isinstance(what, Frame) else what.at_s
        try:
            once.at(at_s)
        except Exception:
            analyser.looked.release()  # the rig's camera waits for the look that doesn't come
            raise

    if stage == "follower":
        analyser.before = trip
    else:
        analyser.while_scoring = trip
    return analyser


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("stage", ["follower", "scorer"])
def test_a_stage_that_fails_once_is_made_anew(
    stage: str, error: Exception, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    once = Once(error)
    rig = Rig(analyser=analyser_that_fails(stage, once))
    whole(rig, tmp_path)
    assert once.failed
    assert type(error).__name__ in caplog.text
    assert "Traceback" in caplog.text
    assert rig.analyser.open_stages == 3
    assert rig.analyser.closed


def test_a_look_that_cannot_be_is_left_out_and_told(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def miscount(look: Look) -> Look:
        return replace(look, used=99) if abs(look.at_s - 1.5) < 0.01 else look

    rig = Rig()
    rig.analyser.after = miscount
    whole(rig, tmp_path)
    assert "ValueError" in caplog.text


def test_what_failed_is_shown_while_the_session_goes_on() -> None:
    rig = Rig(analyser=analyser_that_fails("follower", Once(ValueError("odd"))))
    rig.gives(31, rig.hang())
    rig.run_to(points=2)
    eventually(lambda: "The analysis failed (ValueError: odd)" in rig.snapshot().status.message)
    assert rig.snapshot().fault is None
    rig.stop()


def test_a_camera_with_a_bug_is_opened_again(tmp_path: Path) -> None:
    rig = Rig()
    rig.gives(15, crash())
    whole(rig, tmp_path, frames=16)


NAN, INF = math.nan, math.inf
WILD = [
    FaceBox(NAN, 4.0, 30.0, 30.0, 0.9),
    FaceBox(4.0, 4.0, INF, 30.0, 0.9),
    FaceBox(4.0, 4.0, 30.0, 30.0, NAN),
    FaceBox(-1e9, -1e9, 10.0, 10.0, 0.9),
    FaceBox(5000.0, 4.0, 30.0, 30.0, 0.9),
    FaceBox(-1e12, -1e12, 4e12, 4e12, 0.9),
    FaceBox(10.0, 10.0, -5.0, -5.0, 0.9),
    FaceBox(20.0, 20.0, 0.0, 0.0, 0.9),
]


class WildFinder(FakeFinder):
    """Finds faces where there can be none."""

    def find(self, image_bgr: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> list[FaceBox]:
        self.calls += 1
        return [*WILD, FaceBox(2.0, 2.0, 18.0, 18.0, 0.9)]


@pytest.mark.parametrize("crop", [None, CropSpec(48, 1, 1.27, 0.09)], ids=["counts", "moods"])
def test_boxes_outside_the_picture_or_of_no_number_are_left_out(
    crop: CropSpec | None, tmp_path: Path
) -> None:
    rig = Rig()
    follower = partial(FaceFollower, WildFinder(), crop=crop)
    scoring = Scoring(FakeClassifier(), 0.0)

    def scorer() -> MoodScorer:
        return TellingScorer(scoring if crop else None, rig.analyser)

    rig.parts = replace(rig.parts, make_follower=follower, make_scorer=scorer)
    whole(rig, tmp_path)
    assert all(point.seen <= 2 for point in rig.snapshot().points)  # one face, one wide as all


class TellingScorer(MoodScorer):
    """Tells the rig's camera of each look."""

    def __init__(self, scoring: Scoring | None, told: FakeAnalyser) -> None:
        super().__init__(scoring)
        self._told = told

    def score(self, followed: Followed) -> Analysis:
        try:
            return super().score(followed)
        finally:
            self._told.looked.release()


def probabilities_of(value: float) -> Callable[[Look], Look]:
    def spoil(look: Look) -> Look:
        if abs(look.at_s - 1.5) > 0.01 or look.used_probabilities is None:
            return look
        return replace(look, used_probabilities=np.full_like(look.used_probabilities, value))

    return spoil


@pytest.mark.parametrize("value", [NAN, INF, -1.0, 0.0])
def test_scores_that_are_no_probabilities_count_for_nothing(value: float, tmp_path: Path) -> None:
    rig = Rig()
    rig.analyser.after = probabilities_of(value)
    whole(rig, tmp_path)
    shares = [point.shares for point in rig.snapshot().points]
    assert all(share is not None and share.neutral == 1.0 for share in shares)


def whole(rig: Rig, folder: Path, frames: int = 31) -> None:
    """Run a session to its end: nothing of it is missing, on screen or in the store."""
    rig.parts = replace(rig.parts, open_store=partial(open_store, folder))
    rig.session = LiveSession(PLAN, rig.parts)
    rig.gives(frames, rig.hang())
    rig.session.start()
    wanted = 3 if frames == 31 else 2
    try:
        eventually(lambda: len(rig.snapshot().points) >= wanted)
        assert rig.snapshot().running
        assert rig.snapshot().fault is None
    finally:
        rig.released.set()
        rig.session.stop(20.0)
    with open_store(folder) as store:
        info = store.session("latest")
        points = store.points(info.session_id)
    assert info.state is SessionState.COMPLETE
    assert points == list(rig.snapshot().points)
    assert [point.t_s for point in points] == list(range(len(points)))
    assert not any(point.gap for point in points)
