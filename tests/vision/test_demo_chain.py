"""The demo through the whole chain: real finder, tracks, timeline and store."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.app import RunOptions, demo_parts, session_plan
from classroom_monitor.contracts import MOODS, CropBatch, Mode, Scores, TimelinePoint
from classroom_monitor.gui.services import DEMO_SOURCE
from classroom_monitor.live.recording import RecordingRequest, analyse_recording
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.demo_room import STUDENTS
from classroom_monitor.vision.room import MoodScorer, Scoring

SECONDS = 60.0
RATE_HZ = 1.0
SMALLEST_FACE_PX = 78


class ConstantClassifier:
    """Implements contracts.Classifier: says the same of every face."""

    engine = "constant"
    notice = ""

    def __init__(self, row: Sequence[float]) -> None:
        self._row = np.array(row, np.float32)

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        return Scores(np.tile(self._row, (len(crops.images), 1)))

    def close(self) -> None:
        pass


def constant_scorer(row: Sequence[float]) -> MoodScorer:
    return MoodScorer(Scoring(ConstantClassifier(row), min_certainty=0.0))


def options_for(mode: Mode, store_dir: Path) -> RunOptions:
    return RunOptions(
        mode=mode,
        group_minimum=5,
        counts_only=False,
        model=models_dir() / DEFAULT_MODEL,
        store_dir=store_dir,
    )


def run(options: RunOptions, constant_row: Sequence[float] | None = None) -> list[TimelinePoint]:
    camera = partial(DemoCamera, duration_s=SECONDS, rate_hz=RATE_HZ)  # none drawn for nothing
    parts = replace(demo_parts(SECONDS, options), make_camera=camera)
    if constant_row is not None:
        parts = replace(parts, make_scorer=partial(constant_scorer, constant_row))
    plan = session_plan(DEMO_SOURCE, "", options)
    result = analyse_recording(RecordingRequest(plan, parts, RATE_HZ), lambda *_: None)
    assert result.source == "Demo lecture"
    with open_store(options.store_dir, read_only=True) as store:
        return list(store.points(result.session))


def seconds_above_half(points: Sequence[TimelinePoint]) -> dict[str, int]:
    shares = [point.shares for point in points if point.shares is not None]
    return {mood: sum(getattr(share, mood) > 0.5 for share in shares) for mood in MOODS}


@pytest.mark.parametrize("mode", ["near", "room"])
def test_the_shipped_model_sees_all_three_moods(mode: Mode, tmp_path: Path) -> None:
    points = run(options_for(mode, tmp_path))
    assert len(points) == SECONDS
    assert np.mean([point.used for point in points]) >= 0.7 * STUDENTS
    assert min(seconds_above_half(points).values()) >= 10


@pytest.mark.parametrize("row", [(0.2, 0.6, 0.2), (0.34, 0.33, 0.33)])
def test_a_classifier_that_always_answers_the_same_fails_the_demo(
    row: tuple[float, float, float], tmp_path: Path
) -> None:
    points = run(options_for("near", tmp_path), constant_row=row)
    assert len(points) == SECONDS
    assert sum(point.shares is not None for point in points) >= SECONDS - 1
    reached = [mood for mood, seconds in seconds_above_half(points).items() if seconds >= 5]
    assert len(reached) <= 1


def test_only_students_are_taken_for_faces(tmp_path: Path) -> None:
    """The board's letters look like a tiny face now and then, but don't stay one."""
    camera = DemoCamera(duration_s=40.0, rate_hz=5.0)
    camera.open()
    with (
        closing(camera),
        closing(demo_parts(40.0, options_for("room", tmp_path)).make_follower()) as follower,
    ):
        looks = [follower.follow(camera.read()) for _ in range(190)]
    shown = [face.box for look in looks for face in look.faces]
    assert len(shown) >= 0.9 * STUDENTS * len(looks)
    letters = [box for box in shown if box.w < 0.5 * SMALLEST_FACE_PX]
    assert len(letters) <= 0.1 * len(looks)
