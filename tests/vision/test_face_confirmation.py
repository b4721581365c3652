"""The second opinion on finds: higher for faces, lower for what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.face_confirmation import MAX_LOGIT, FaceConfirmer


@pytest.fixture(scope="module")
def confirmer() -> Iterator[FaceConfirmer]:
    made = FaceConfirmer()
    yield made
    made.close()


@pytest.fixture(scope="module")
def lecture(shared_dir: Path) -> tuple[UInt8Array, list[FaceBox]]:
    """Return a clip's first frame and its true faces, each with the same middling score."""
    capture = cv2.VideoCapture(str(shared_dir / "clips" / "lecture_20.mp4"))
    _, frame = capture.read()
    capture.release()
    path = shared_dir / "clips" / "lecture_20.boxes.csv"
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    boxes = [true_box(row) for row in rows if row[0] == "0"]
    return np.asarray(frame, np.uint8), boxes


def true_box(row: list[str]) -> FaceBox:
    x, y, w, h = map(float, row[2:6])
    return FaceBox(x, y, w, h, 0.5)


def test_nothing_is_confirmed_to_nothing(confirmer: FaceConfirmer) -> None:
    assert confirmer.confirm(np.zeros((40, 40, 3), np.uint8), []).shape == (0,)


def test_noise_is_denied_whatever_the_score_says(confirmer: FaceConfirmer) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
    boxes = [FaceBox(20, 20, 60, 60, 0.5), FaceBox(150, 90, 90, 90, 0.5)]
    assert confirmer.confirm(noise, boxes).max() < 0.2
    assert confirmer.presence_logits(noise, boxes).max() < 0


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_any_score_gives_a_probability(confirmer: FaceConfirmer, score: float) -> None:
    picture = np.full((50, 50, 3), 90, np.uint8)
    outside = FaceBox(-200, -200, 30, 30, score)
    (odds,) = confirmer.confirm(picture, [FaceBox(5, 5, 30, 30, score)])
    assert 0 < odds < 1
    assert np.isfinite(confirmer.confirm(picture, [outside])).all()


def test_faces_are_told_from_places_between_them(
    confirmer: FaceConfirmer, lecture: tuple[UInt8Array, list[FaceBox]]
) -> None:
    frame, faces = lecture
    before = frame.copy()
    of_faces = confirmer.presence_logits(frame, faces)
    beside = [FaceBox(box.x + 1.3 * box.w, box.y, box.w, box.h, box.score) for box in faces]
    of_places = confirmer.presence_logits(frame, beside)
    assert np.median(of_faces) > 3
    assert np.median(of_places) < 0
    assert np.abs(of_faces).max() <= MAX_LOGIT
    np.testing.assert_array_equal(frame, before)


def test_a_better_score_or_presence_is_a_better_find(
    confirmer: FaceConfirmer, lecture: tuple[UInt8Array, list[FaceBox]]
) -> None:
    frame, faces = lecture
    raised = [FaceBox(box.x, box.y, box.w, box.h, 0.7) for box in faces]
    assert (confirmer.confirm(frame, raised) > confirmer.confirm(frame, faces)).all()
    presence = confirmer.presence_logits(frame, faces)
    confirmed = confirmer.confirm(frame, faces)
    assert (np.argsort(presence, kind="stable") == np.argsort(confirmed, kind="stable")).all()


def test_close_may_be_called_twice() -> None:
    made = FaceConfirmer()
    made.close()
    made.close()
