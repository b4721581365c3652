"""The sequence finder: mosaics, places and their turns, budgets, and a real clip."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import FaceBox, Frame, UInt8Array
from classroom_monitor.vision.faces import FaceDetectors
from classroom_monitor.vision.follower import Effort, FaceFollower, Followed
from classroom_monitor.vision.magnifier import affordable, framing_of
from classroom_monitor.vision.mosaic import Layout, cell_around, cut_mosaic, to_picture
from classroom_monitor.vision.motion import Motion
from classroom_monitor.vision.places import KNOWN_PERIOD, TRIES, Kind, Places
from classroom_monitor.vision.pyramid import Pyramid
from classroom_monitor.vision.room_scan import AT_ONCE, RoomScan
from classroom_monitor.vision.scan import Glance

FACE = FaceBox(200, 100, 40, 40, 0.9)
LAYOUT = Layout(128, 2)


def still(*known: FaceBox) -> Motion:
    """Return what the watcher says of a frame like the one before."""
    return Motion(known, (0.0, 0.0), np.zeros((90, 160), bool), 8.0)


def picture(width: int = 320, height: int = 240) -> UInt8Array:
    rng = np.random.default_rng(5)
    return rng.integers(0, 256, (height, width, 3)).astype(np.uint8)


# ---------------------------------------------------------------------------- mosaics


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            FaceBox,
            x=st.floats(-30, 300),
            y=st.floats(-30, 220),
            w=st.floats(12, 200),
            h=st.floats(12, 200),
            score=st.just(0.9),
        ),
        min_size=1,
        max_size=4,
    ),
    st.floats(1.5, 4.0),
)
def test_a_box_goes_into_a_mosaic_and_comes_back(boxes: list[FaceBox], span: float) -> None:
    cells = [cell_around(box, span) for box in boxes]
    mosaic = cut_mosaic(Pyramid(picture()), cells, LAYOUT)
    assert mosaic.shape == (128, 128, 3)
    for index, (box, cell) in enumerate(zip(boxes, cells, strict=True)):
        left, top = LAYOUT.corner(index)
        scale = LAYOUT.cell_px / cell.side
        drawn = FaceBox(
            left + (box.x - cell.x) * scale,
            top + (box.y - cell.y) * scale,
            box.w * scale,
            box.h * scale,
            0.8,
        )
        back = to_picture(drawn, cells, LAYOUT)
        assert back is not None
        assert back[0] == index
        assert (back[1].x, back[1].y) == pytest.approx((box.x, box.y), abs=0.01)
        assert (back[1].w, back[1].h) == pytest.approx((box.w, box.h), abs=0.01)
        assert back[1].score == 0.8


def test_a_box_in_an_empty_cell_is_nowhere() -> None:
    cells = [cell_around(FACE, 2.0)]
    assert to_picture(FaceBox(80, 10, 20, 20, 0.9), cells, LAYOUT) is None
    assert to_picture(FaceBox(140, 10, 20, 20, 0.9), cells, LAYOUT) is None


def test_a_cell_shows_its_part_of_the_picture() -> None:
    image = np.zeros((240, 320, 3), np.uint8)
    image[100:140, 200:240] = (10, 60, 250)
    mosaic = cut_mosaic(Pyramid(image), [cell_around(FACE, 1.0)], LAYOUT)
    np.testing.assert_array_equal(mosaic[32, 32], (250, 60, 10))
    assert not mosaic[64:].any()


def test_a_pyramid_keeps_squares_in_place() -> None:
    y, x = np.mgrid[0:480, 0:640]
    image = np.stack([x / 4, y / 2, np.zeros_like(x)], axis=-1).astype(np.uint8)
    for side in (32, 64, 100, 300, 480):
        square = Pyramid(image).square(100, 0, side, 32).astype(float)
        middle = 16.5 / 32 * side
        assert square[16, 16, 0] == pytest.approx((100 + middle) / 4, abs=2)
        assert square[16, 16, 1] == pytest.approx(middle / 2, abs=2)


# ---------------------------------------------------------------------------- places


def test_a_followed_face_has_its_turn_and_one_that_is_missed_has_it_at_once() -> None:
    places = Places()
    turns = []
    for look in range(20):
        places.advance([FACE], still(FACE))
        for place in places.due():
            turns.append(look)
            places.report(place, FACE if look < 12 else None)
    assert turns[:2] == [0, 1]  # twice, so that it shows
    assert set(np.diff([turn for turn in turns if 1 <= turn < 12])) == {KNOWN_PERIOD}
    assert turns[-6:] == list(range(14, 20))


def test_where_a_face_was_stays_a_seat_and_is_looked_at_less_and_less() -> None:
    places = Places()
    places.advance([FACE], still(FACE))
    places.report(places.due()[0], FACE)
    turns = []
    for look in range(100):
        places.advance([], still())
        (seat,) = places.all
        assert seat.kind is Kind.SEAT
        for place in places.due():
            turns.append(look)
            places.report(place, None)
    steps = np.diff(turns)
    assert (np.diff(steps) >= 0).all()
    assert steps[0] < steps[-1]


def test_a_change_at_a_seat_is_looked_at_at_once() -> None:
    places = Places()
    places.advance([FACE], still(FACE))
    for _ in range(20):
        places.advance([], still())
        for place in places.due():
            places.report(place, None)
    places.advance([], still())
    assert places.due() == []
    changed = np.zeros((90, 160), bool)
    changed[10:20, 20:35] = True
    places.advance([], Motion((), (0.0, 0.0), changed, 8.0))
    assert [place.kind for place in places.due()] == [Kind.SEAT]


def test_a_candidate_that_no_look_confirms_is_left_alone() -> None:
    places = Places()
    places.advance([], still())
    places.add_candidates([FACE])
    looks = 0
    for _ in range(10):
        for place in places.due():
            looks += 1
            places.report(place, None)
        places.advance([], still())
        places.add_candidates([FACE])
    assert looks == TRIES
    assert [place.kind for place in places.all] == [Kind.REFUTED]


def test_seats_drift_with_the_camera() -> None:
    places = Places()
    places.advance([FACE], still(FACE))
    places.advance([], Motion((), (5.0, -3.0), np.zeros((90, 160), bool), 8.0))
    (seat,) = places.all
    assert (seat.box.x, seat.box.y) == (205, 97)


def test_what_is_affordable_is_packed_four_to_a_look() -> None:
    places = Places()
    boxes = [FaceBox(60.0 * i, 50, 40, 40, 0.9) for i in range(10)]
    places.advance(boxes, still(*boxes))
    due = places.due()
    cost_ms = framing_of(due[0]).cost_ms
    assert len(affordable(due, cost_ms)) == 4
    assert len(affordable(due, 2 * cost_ms)) == 8
    assert len(affordable(due, 100 * cost_ms)) == 10
    assert affordable(due, 0.0) == []


# ---------------------------------------------------------------------------- the whole finder


@pytest.fixture
def finder() -> Iterator[RoomScan]:
    scan = RoomScan()
    yield scan
    scan.close()


def clip_frames(shared_dir: Path, name: str, count: int) -> list[Frame]:
    """Return frames of a clip, five a second."""
    capture = cv2.VideoCapture(str(shared_dir / "clips" / name))
    frames = []
    for index in range(2 * count):
        _, image = capture.read()
        if index % 2 == 0:
            frames.append(Frame(index, index / 10, np.asarray(image, np.uint8)))
    capture.release()
    return frames


def follow(
    frames: Sequence[Frame], effort: Effort | None = None, threads: int | None = None
) -> list[Followed]:
    follower = FaceFollower(RoomScan(threads))
    if effort:
        follower.effort = effort
    followed = [follower.follow(frame) for frame in frames]
    follower.close()
    return followed


@pytest.mark.parametrize("budget_ms", [10.0, 20.0])
@pytest.mark.parametrize("score", [0.0, 0.9])
def test_the_budget_is_kept_in_the_mean_however_much_there_is_to_see(
    finder: RoomScan, monkeypatch: pytest.MonkeyPatch, budget_ms: float, score: float
) -> None:
    spent_ms: list[float] = []

    def glance(_: FaceDetectors, image_rgb: UInt8Array, asked: Glance) -> list[FaceBox]:
        spent_ms.append(asked.cost)
        side = image_rgb.shape[0] / 4
        return [FaceBox(side / 2, side / 2, side, side, score)] if score else []

    monkeypatch.setattr(FaceDetectors, "glance", glance)
    image = picture(1280, 720)
    known: tuple[FaceBox, ...] = ()
    looks = 300
    for _ in range(looks):
        known = finder.look(image, known, budget_ms).faces
    assert 0.3 * budget_ms < sum(spent_ms) / looks / AT_ONCE <= budget_ms


@pytest.mark.parametrize("shape", [(1, 1), (12, 12), (30, 200), (480, 640)])
def test_pictures_without_faces(finder: RoomScan, shape: tuple[int, int]) -> None:
    for grey in (0, 128):
        sighting = finder.look(np.full((*shape, 3), grey, np.uint8), ())
        assert sighting.faces == ()


def test_a_seminar_is_followed_alike_every_time_and_nothing_blinks(shared_dir: Path) -> None:
    frames = clip_frames(shared_dir, "seminar_6.mp4", 20)
    first = follow(frames)
    assert [one.faces for one in first] == [one.faces for one in follow(frames)]
    settled = [len(one.faces) for one in first[8:]]
    assert min(settled) >= 4
    ids = {face.track_id for one in first for face in one.faces}
    assert len(ids) <= max(settled) + 1


@pytest.mark.parametrize("threads", [2, 3])
def test_the_number_of_threads_changes_nothing(shared_dir: Path, threads: int) -> None:
    frames = clip_frames(shared_dir, "lecture_20.mp4", 12)
    alone = follow(frames, threads=1)
    assert any(one.faces for one in alone)
    assert [one.faces for one in alone] == [one.faces for one in follow(frames, threads=threads)]


def test_close_leaves_no_thread() -> None:
    scan = RoomScan(threads=2)
    scan.look(picture(640, 480), ())
    scan.close()
    assert not [one for one in threading.enumerate() if one.name.startswith("faces")]


def test_a_frame_of_another_size_begins_anew(finder: RoomScan, shared_dir: Path) -> None:
    frames = clip_frames(shared_dir, "seminar_6.mp4", 3)
    found = [finder.look(frame.image_bgr, ()).faces for frame in frames]
    assert any(found)
    half = np.ascontiguousarray(frames[0].image_bgr[::2, ::2])
    again = [finder.look(half, ()).faces for _ in range(3)]
    assert any(again)
    assert all(box.x + box.w <= half.shape[1] for faces in again for box in faces)
