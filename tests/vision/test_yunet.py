"""YuNet over single pictures: how its looks are taken and combined, and what it does with junk."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import Mode, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.yunet import (
    MAX_LOOK_PX,
    YuNetFinder,
    combine,
    plan_looks,
)
from classroom_monitor.vision.yunet_network import Look, YuNet, as_face
from tests.fakes.face_network import FACE_SCORE, PaintedFaces, room_picture


def find(picture: UInt8Array, mode: Mode = "room") -> list[tuple[float, float, float, float]]:
    faces = YuNetFinder(PaintedFaces(), mode).find(picture)
    return [(face.x, face.y, face.w, face.h) for face in faces]


@pytest.mark.parametrize("mode", ["near", "room"])
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (333, 777), (1280, 720), (4000, 3000)])
def test_a_face_is_found_where_it_is_however_it_is_looked_at(
    mode: Mode, size: tuple[int, int]
) -> None:
    width, height = size
    side = width // 8
    left, top = width // 5, height // 3
    (box,) = find(room_picture(width, height, [(left, top, side)]), mode)
    centre = np.array([box[0] + box[2] / 2, box[1] + box[3] / 2])
    expected = np.array([left + side / 2, top + side * 0.58])
    assert np.abs(centre - expected).max() < 0.03 * side
    assert box[2] == pytest.approx(0.99 * side, rel=0.03)
    assert box[2] == pytest.approx(box[3])


@pytest.mark.parametrize(
    "size", [(12, 12), (640, 480), (1920, 1080), (1000, 30), (4000, 3000), (9000, 200)]
)
def test_no_look_is_larger_than_memory_allows(size: tuple[int, int]) -> None:
    width, height = size
    for mode in ("near", "room"):
        looks = plan_looks(width, height, mode)
        assert all(width * height * look.scale**2 <= MAX_LOOK_PX * 1.001 for look in looks)
    room = plan_looks(width, height, "room")
    assert {look.mirrored for look in room} == {False, True}
    assert plan_looks(width, height, "near")[0].scale <= 1


def test_faces_too_large_for_a_whole_look_get_a_coarse_one() -> None:
    scales = [look.scale for look in plan_looks(4000, 3000, "room")]
    assert any(look.shows(2000) for look in plan_looks(4000, 3000, "room"))
    assert min(scales) == pytest.approx(0.16)


def test_a_score_is_the_mean_of_the_looks_that_can_show_the_face() -> None:
    looks = (Look(1.0), Look(1.0, mirrored=True), Look(0.05))
    seen_once = [np.array([[10.0, 10, 40, 40, 0.8]]), np.empty((0, 5)), np.empty((0, 5))]
    (face,) = combine(seen_once, looks)
    assert face.score == pytest.approx(0.4)  # the coarse look shows no face of 40 px
    seen_twice = [seen_once[0], np.array([[11.0, 10, 40, 40, 0.6]]), np.empty((0, 5))]
    (face,) = combine(seen_twice, looks)
    assert face.score == pytest.approx(0.7)


def test_a_face_that_only_one_look_shows_is_none() -> None:
    picture = room_picture(640, 480, [(100, 100, 60)])
    looks = len(plan_looks(640, 480, "room"))
    assert len(YuNetFinder(PaintedFaces(blind_looks=looks - 2), "room").find(picture)) == 1
    assert YuNetFinder(PaintedFaces(blind_looks=looks - 1), "room").find(picture) == []


def test_faces_come_best_first_and_inside_the_picture() -> None:
    picture = room_picture(640, 480, [(0, 0, 50), (600, 440, 40), (300, 200, 5)])
    faces = YuNetFinder(PaintedFaces(), "room").find(picture)
    assert len(faces) == 2  # 5 px are too small to be kept
    for face in faces:
        assert 0 <= face.x < face.x + face.w <= 640
        assert 0 <= face.y < face.y + face.h <= 480
        assert face.score == pytest.approx(FACE_SCORE)


def test_a_picture_is_left_as_it_was() -> None:
    picture = room_picture(640, 480, [(100, 100, 60)])
    before = picture.copy()
    find(picture)
    np.testing.assert_array_equal(picture, before)


@pytest.mark.parametrize("content", [b"", b"junk" * 1000, bytes(5000)])
def test_what_is_no_network_is_one_clear_line(content: bytes) -> None:
    with pytest.raises(BundleProblem, match="models remove yunet") as caught:
        YuNet(content, 0.5)
    assert "\n" not in str(caught.value)


def test_boxes_are_those_that_crops_expect(shared_dir: Path) -> None:
    """The short-range box is 0.86 of a FER2013 frame and centred 0.074 below its middle."""
    network = YuNet((shared_dir / "data" / "face_detection_yunet.onnx").read_bytes(), 0.5)
    capture = cv2.VideoCapture(str(shared_dir / "clips" / "lecture_20.mp4"))
    _, frame = capture.read()
    capture.release()
    faces = [as_face(row) for row in network.detect(np.asarray(frame, np.uint8))]
    with (shared_dir / "clips" / "lecture_20.boxes.csv").open(encoding="utf-8") as file:
        truth = [
            [float(row[key]) for key in "xywh"] for row in csv.DictReader(file) if row["t_s"] == "0"
        ]
    sides, downs = [], []
    for x, y, w, h in truth:
        middle = np.array([x + w / 2, y + h / 2])
        near = min(faces, key=lambda f: float(np.hypot(*(middle - [f.x + f.w / 2, f.y + f.h / 2]))))
        sides.append(near.w / w)
        downs.append((near.y + near.h / 2 - middle[1]) / h)
    assert np.median(sides) == pytest.approx(0.86, abs=0.05)
    assert np.median(downs) == pytest.approx(0.074, abs=0.04)
