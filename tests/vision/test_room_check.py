"""The room check against known faces: made ones, and the truth beside the shared clips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import CropBatch, FaceBox, Frame, RoomReport, UInt8Array
from classroom_monitor.vision.follower import Followed
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room_check import WINDOW_S, RoomMeter, face_light
from classroom_monitor.vision.room_grid import fit_grid
from classroom_monitor.vision.tracker import FollowedFace
from tests import room_truth

RULE = QualityRule(min_face_px=20.0)
WIDTH_PX, HEIGHT_PX = 400, 300
CLIPS = ("back_rows_40", "dim_moving_16", "lecture_20", "seminar_6")


def noise_picture(level: int = 128) -> UInt8Array:
    """Return a picture full of fine detail around a grey level."""
    grain = np.random.default_rng(3).integers(-40, 40, (HEIGHT_PX, WIDTH_PX, 1))
    return np.clip(np.repeat(level + grain, 3, 2), 0, 255).astype(np.uint8)


def face(x: float, y: float, side: float) -> FaceBox:
    return FaceBox(x - side / 2, y - side / 2, side, side, 0.9)


def followed(at_s: float, boxes: list[FaceBox], usable: list[bool]) -> Followed:
    faces = tuple(FollowedFace(place, box, found=True) for place, box in enumerate(boxes))
    return Followed(
        at_s, faces, tuple(usable), CropBatch(np.empty((0, 1, 1, 1), np.uint8)), (), True
    )


def measure(image_bgr: UInt8Array, boxes: list[FaceBox], looks: int = 8) -> RoomReport:
    """Return the report on so many looks at the same picture."""
    meter = RoomMeter(RULE)
    usable = RULE.judge(image_bgr, boxes).tolist()
    for look in range(looks):
        at_s = look * 0.5
        assert meter.add(Frame(look, at_s, image_bgr), followed(at_s, boxes, usable))
    report = meter.report()
    assert report is not None
    return report


ROOM = [
    face(60, 60, 14),
    face(200, 60, 16),
    face(200, 150, 30),
    face(60, 250, 60),
    face(340, 250, 64),
]


def test_each_part_has_its_own_figures() -> None:
    report = measure(noise_picture(), ROOM)
    sizes = [part.size_px for part in report.parts]
    assert sizes == [14, 16, None, None, 30, None, 60, None, 64]
    assert [part.seen for part in report.parts] == [1, 1, 0, 0, 1, 0, 1, 0, 1]
    assert [part.too_small for part in report.parts] == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert [part.usable for part in report.parts] == [0, 0, 0, 0, 1, 0, 1, 0, 1]
    assert (report.seen, report.usable, report.min_face_px) == (5, 3, 20.0)


def test_a_blurred_face_is_told_from_a_small_one() -> None:
    picture = noise_picture()
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 9), np.uint8)
    picture[200:300, :200] = blurred[200:300, :200]
    parts = measure(picture, ROOM).parts
    assert [part.too_blurred for part in parts] == [0, 0, 0, 0, 0, 0, 1, 0, 0]
    assert parts[6].usable == 0
    sharp, dull = parts[8].sharpness, parts[6].sharpness
    assert sharp is not None
    assert dull is not None
    assert dull < RULE.min_sharpness < sharp


def test_light_is_that_of_the_faces_and_of_the_picture_where_there_are_none() -> None:
    picture = noise_picture(200)
    picture[200:300] //= 4
    parts = measure(picture, ROOM).parts
    assert parts[6].light == pytest.approx(50 / 255, abs=0.01)
    assert parts[1].light == pytest.approx(200 / 255, abs=0.01)
    assert parts[2].light is None
    assert parts[2].picture_light == pytest.approx(200 / 255, abs=0.02)


def test_grey_is_luma() -> None:
    picture = np.zeros((20, 20, 3), np.uint8)
    picture[...] = (0, 255, 0)
    assert face_light(picture, [face(10, 10, 10)])[0] == pytest.approx(0.587)
    assert face_light(picture, []).shape == (0,)


def test_one_who_comes_and_goes_counts_by_the_median() -> None:
    meter, picture = RoomMeter(RULE), noise_picture()
    for look in range(9):
        boxes = ROOM if look % 3 else ROOM[:3]
        usable = RULE.judge(picture, boxes).tolist()
        meter.add(Frame(look, look * 0.5, picture), followed(look * 0.5, boxes, usable))
    report = meter.report()
    assert report is not None
    assert report.seen == 5


def test_only_the_last_seconds_count() -> None:
    meter, picture = RoomMeter(RULE), noise_picture()
    for look in range(40):
        boxes = ROOM if look < 20 else ROOM[2:3]
        usable = RULE.judge(picture, boxes).tolist()
        meter.add(Frame(look, look * 0.5, picture), followed(look * 0.5, boxes, usable))
    assert WINDOW_S <= 20 * 0.5
    report = meter.report()
    assert report is not None
    assert report.seen == 1
    assert sum(part.seen for part in report.parts) == 1


def test_looks_that_follow_each_other_at_once_are_left_out() -> None:
    meter, picture = RoomMeter(RULE), noise_picture()
    assert meter.report() is None
    assert meter.add(Frame(0, 0.0, picture), followed(0.0, ROOM, [True] * 5))
    assert not meter.add(Frame(1, 0.04, picture), followed(0.04, ROOM, [True] * 5))


def test_another_picture_size_starts_anew() -> None:
    meter, picture = RoomMeter(RULE), noise_picture()
    meter.add(Frame(0, 0.0, picture), followed(0.0, ROOM, [True] * 5))
    half = np.ascontiguousarray(picture[::2, ::2])
    assert meter.add(Frame(1, 0.01, half), followed(0.01, [face(50, 50, 30)], [True]))
    report = meter.report()
    assert report is not None
    assert (report.width_px, report.height_px, report.seen) == (200, 150, 1)


def test_an_empty_room_has_parts_without_faces() -> None:
    report = measure(noise_picture(), [])
    assert report.seen == 0
    assert [part.size_px for part in report.parts] == [None] * 9
    assert report.parts[8].area == pytest.approx((800 / 3, 200, 400 / 3, 100))


def test_a_single_row_of_people_is_one_row() -> None:
    row = np.array([[x, 140.0, 20.0, 20.0] for x in range(20, 380, 40)])
    grid = fit_grid([row], WIDTH_PX, HEIGHT_PX)
    assert set((grid.part_of(row) // 3).tolist()) == {1}


def test_a_row_of_people_is_not_cut_in_two() -> None:
    ys = (60.0, 102.0, 140.0, 185.0, 240.0)
    sway = np.random.default_rng(1).uniform(-3, 3, (5, 8))
    rows = np.array(
        [[x * 50.0, y + sway[r, x], 20.0, 20.0] for r, y in enumerate(ys) for x in range(8)]
    )
    grid = fit_grid([rows], WIDTH_PX, HEIGHT_PX)
    parts = (grid.part_of(rows) // 3).reshape(5, 8)
    assert (parts == parts[:, :1]).all()


boxes_in_picture = st.lists(
    st.tuples(st.floats(0, 380), st.floats(0, 280), st.floats(1, 120)), max_size=30
).map(lambda rows: np.array([[x, y, side, side] for x, y, side in rows]).reshape(-1, 4))


@given(st.lists(boxes_in_picture, min_size=1, max_size=4))
def test_every_face_is_in_a_part_and_parts_lie_in_the_picture(looks: list[np.ndarray]) -> None:
    grid = fit_grid(looks, WIDTH_PX, HEIGHT_PX)
    for boxes in looks:
        assert set(grid.part_of(boxes).tolist()) <= set(range(9))
    for part in range(9):
        left, top, width, height = grid.area(part)
        assert width > 0
        assert height > 0
        assert left >= -1e-6
        assert top >= -1e-6
        assert left + width <= WIDTH_PX * (1 + 1e-6)
        assert top + height <= HEIGHT_PX * (1 + 1e-6)


@pytest.mark.parametrize("name", CLIPS)
def test_what_is_measured_agrees_with_the_truth(shared_dir: Path, name: str) -> None:
    clip = shared_dir / "clips" / f"{name}.mp4"
    report = room_truth.check_clip(clip)
    found = room_truth.errors(report, room_truth.true_parts(clip, report))
    assert found.size[0] < 0.2  # a face fills its picture in the data set more or less
    assert found.light[0] < 0.04
    assert found.sharpness[0] < 0.2
    assert found.seen[0] <= 0.1 * found.seen[1]
    assert found.usable[0] <= 0.1 * found.usable[1]


@pytest.mark.parametrize("min_face_px", [24.0, 30.0])
def test_who_is_counted_as_seen_only_agrees_with_the_truth(
    shared_dir: Path, min_face_px: float
) -> None:
    clip = shared_dir / "clips" / "back_rows_40.mp4"
    report = room_truth.check_clip(clip, QualityRule(min_face_px=min_face_px))
    truths = room_truth.true_parts(clip, report)
    small = sum(part.too_small for part in report.parts)
    true_small = sum(truth.seen - truth.usable for truth in truths.values())
    assert abs(small - true_small) <= 0.15 * 40


def test_a_larger_picture_makes_faces_as_large_as_the_advice_says(shared_dir: Path) -> None:
    clip = shared_dir / "clips" / "lecture_20.mp4"
    small = room_truth.check_clip(clip, scale=0.5)
    promised = {part.row: 2 * (part.size_px or 0) for part in small.parts if part.column == 0}
    large = room_truth.check_clip(clip)
    got = {part.row: part.size_px for part in large.parts if part.column == 0}
    assert got == {row: pytest.approx(px, rel=0.2) for row, px in promised.items()}


def test_the_truth_tool_sees_a_wrong_report(shared_dir: Path) -> None:
    clip = shared_dir / "clips" / "seminar_6.mp4"
    report = room_truth.check_clip(clip)
    truths = room_truth.true_parts(clip, report)
    wrong = tuple(
        replace(part, size_px=2 * part.size_px, light=0.0) if part.size_px else part
        for part in report.parts
    )
    found = room_truth.errors(replace(report, parts=wrong), truths)
    assert found.size[0] > 0.4
    assert found.light[0] > 0.1
