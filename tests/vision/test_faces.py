"""Finding faces with the real models: on made-up pictures, photographs and clips."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.benchmark.face_curve import FaceCurve
from classroom_monitor.benchmark.face_recall import box_sizes, match_finds, read_true_boxes
from classroom_monitor.contracts import FaceBox, FaceFinder, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.face_confirmation import LANDMARK_MODEL
from classroom_monitor.vision.face_models import (
    FULL_RANGE,
    SHORT_RANGE,
    face_models_dir,
    read_face_model,
    read_manifest,
)
from classroom_monitor.vision.faces import MIN_FACE_PX, open_finder
from classroom_monitor.vision.tiles import box_rows, overlaps


@pytest.fixture(scope="module")
def room() -> Iterator[FaceFinder]:
    finder = open_finder("room")
    yield finder
    finder.close()


@pytest.fixture(scope="module")
def near() -> Iterator[FaceFinder]:
    finder = open_finder("near")
    yield finder
    finder.close()


@pytest.fixture(params=["near", "room"])
def any_finder(request: pytest.FixtureRequest, near: FaceFinder, room: FaceFinder) -> FaceFinder:
    return {"near": near, "room": room}[request.param]


def clip_frame(shared_dir: Path, clip: str) -> tuple[UInt8Array, list[list[int]]]:
    """Return a clip's first frame and its faces' boxes."""
    capture = cv2.VideoCapture(str(shared_dir / "clips" / f"{clip}.mp4"))
    _, frame = capture.read()
    capture.release()
    lines = (shared_dir / "clips" / f"{clip}.boxes.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    return np.asarray(frame, np.uint8), [
        [int(value) for value in row[2:6]] for row in rows if row[0] == "0"
    ]


def count_matched(faces: list[FaceBox], truth: list[list[int]], min_iou: float) -> int:
    """Return how many true boxes (x, y, w, h) some face overlaps by min_iou."""
    if not faces or not truth:
        return 0
    iou, _ = overlaps(box_rows(faces), np.array(truth, np.float64))
    return int((iou.max(axis=0) >= min_iou).sum())


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (5, 5), (13, 700), (700, 13), (90, 120)])
def test_pictures_of_any_size_without_faces_give_none(
    any_finder: FaceFinder, shape: tuple[int, int]
) -> None:
    assert any_finder.find(np.full((*shape, 3), 128, np.uint8)) == []


def test_noise_is_no_face(any_finder: FaceFinder) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (480, 640, 3), np.uint8)
    assert any_finder.find(noise) == []


def test_close_may_be_called_twice() -> None:
    finder = open_finder("near")
    finder.close()
    finder.close()


@pytest.mark.parametrize(("clip", "share"), [("seminar_6", 1.0), ("lecture_20", 0.9)])
def test_room_mode_finds_the_faces_of_a_clip(
    room: FaceFinder, shared_dir: Path, clip: str, share: float
) -> None:
    frame, truth = clip_frame(shared_dir, clip)
    before = frame.copy()
    faces = room.find(frame)
    assert count_matched(faces, truth, 0.3) >= share * len(truth)
    assert len(faces) <= len(truth)
    np.testing.assert_array_equal(frame, before)


def test_boxes_lie_inside_best_first(room: FaceFinder, shared_dir: Path) -> None:
    frame, _ = clip_frame(shared_dir, "lecture_20")
    cut_through_faces = np.ascontiguousarray(frame[230:, 130:])
    height, width = cut_through_faces.shape[:2]
    faces = room.find(cut_through_faces)
    assert len(faces) > 5
    for box in faces:
        assert min(box.x, box.y) >= 0
        assert box.x + box.w <= width
        assert box.y + box.h <= height
        assert min(box.w, box.h) >= MIN_FACE_PX
        assert 0 <= box.score <= 1
    assert [box.score for box in faces] == sorted((box.score for box in faces), reverse=True)


def test_photographs_of_groups(room: FaceFinder, near: FaceFinder, shared_dir: Path) -> None:
    """Every third photograph; all of them, and the whole curve: `bench --faces`."""
    truth = read_true_boxes(shared_dir / "faces_dev")
    curves = {finder: FaceCurve() for finder in (room, near)}
    for name in list(truth)[::3]:
        picture = np.asarray(cv2.imread(str(shared_dir / "faces_dev" / name)), np.uint8)
        for finder, curve in curves.items():
            faces = finder.find(picture)
            scores = np.array([face.score for face in faces], np.float64)
            matched = match_finds(box_rows(faces), scores, truth[name])
            curve.add(scores, matched, box_sizes(truth[name]))
    in_room, in_near = (curves[finder].point(0.0) for finder in (room, near))
    assert min(in_room.precision or 0, in_near.precision or 0) >= 0.93
    _, of_20_px, of_32_px, of_64_px = (value or 0 for value in in_room.recall)
    assert of_20_px >= 0.45
    assert of_32_px >= 0.88
    assert of_64_px >= 0.85
    assert (in_near.recall[3] or 0) >= 0.6


@pytest.mark.parametrize("name", [SHORT_RANGE, FULL_RANGE, LANDMARK_MODEL])
def test_shipped_models_are_what_the_manifest_says(name: str) -> None:
    assert len(read_face_model(name)) > 100_000
    assert set(read_manifest(face_models_dir())) == {SHORT_RANGE, FULL_RANGE, LANDMARK_MODEL}


def test_a_changed_or_missing_model_is_one_clear_line(tmp_path: Path) -> None:
    folder = tmp_path / "face_models"
    shutil.copytree(face_models_dir(), folder)
    content = bytearray((folder / SHORT_RANGE).read_bytes())
    content[5000] ^= 1
    (folder / SHORT_RANGE).write_bytes(content)
    (folder / FULL_RANGE).unlink()
    for name, said in ((SHORT_RANGE, "SHA-256"), (FULL_RANGE, "can't be read")):
        with pytest.raises(BundleProblem, match=said) as caught:
            read_face_model(name, folder)
        assert name in str(caught.value)
        assert "install the program again" in str(caught.value)
    (folder / "manifest.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BundleProblem, match=r"manifest\.json"):
        read_face_model(SHORT_RANGE, folder)
