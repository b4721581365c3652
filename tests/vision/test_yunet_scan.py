"""YuNet over sequences: every part of a frame has its turn, within the budget."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.yunet import COARSE_SIDE_PX
from classroom_monitor.vision.yunet_scan import (
    OVERLAP_PX,
    SURE_PX,
    UNSURE_PX,
    YuNetScan,
    plan_views,
    watched_areas,
)
from tests.fakes.face_network import PaintedFaces, room_picture

SIDES = st.integers(12, 2500)


@given(SIDES, SIDES)
def test_parts_cover_the_frame_and_hold_small_faces_whole(width: int, height: int) -> None:
    views = plan_views(width, height, "room")
    covered = np.zeros((height, width), bool)
    for view in views:
        tile = view.tile
        assert 0 <= tile.x <= tile.x + tile.width <= width
        assert 0 <= tile.y <= tile.y + tile.height <= height
        if view.is_part:
            covered[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width] = True
    assert covered.all()


@given(SIDES, SIDES, st.floats(0, 1), st.floats(0, 1), st.floats(12, 1000))
def test_every_face_is_shown_whole_by_some_view(
    width: int, height: int, across: float, down: float, side: float
) -> None:
    side = min(side, width, height)
    face = FaceBox(across * (width - side), down * (height - side), side, side, 0.9)
    views = plan_views(width, height, "room")
    shared_px = OVERLAP_PX - 2 * UNSURE_PX - 2
    sure_px = SURE_PX * max(width, height) / COARSE_SIDE_PX
    assume(side <= shared_px or side >= sure_px)  # no frame of a camera is so wide that some aren't
    assert any(view.watches(face) for view in views)


def test_the_first_look_shows_everything_and_the_others_keep_to_the_budget() -> None:
    picture = room_picture(1280, 720, [(50 + 130 * k, 100 + 60 * k, 40) for k in range(8)])
    network = PaintedFaces()
    scan = YuNetScan(network, "room")
    first = scan.look(picture, ())
    assert len(first.faces) == 8
    assert len(network.shown) == len(plan_views(1280, 720, "room"))
    costs = {view.tile: view.cost_ms for view in plan_views(1280, 720, "room")}
    whole_ms = sum(costs.values())
    for budget_ms in (5.0, 20.0):
        before = sum(w * h for w, h in network.shown)
        for _ in range(60):
            scan.look(picture, first.faces, budget_ms)
        pixels = (sum(w * h for w, h in network.shown) - before) / 60
        spent_ms = whole_ms * pixels / sum(w * h for w, h in network.shown[: len(costs)])
        assert 0.9 * budget_ms < spent_ms <= 1.1 * budget_ms + 1


def test_nothing_that_is_there_is_ever_missed_and_all_is_seen_again_soon() -> None:
    picture = room_picture(1920, 1080, [(60 + 180 * k, 100 + 95 * k, 30) for k in range(10)])
    scan = YuNetScan(PaintedFaces(), "room")
    known = scan.look(picture, ()).faces
    assert len(known) == 10
    seen: set[int] = set()
    for _ in range(8):
        sighting = scan.look(picture, known)
        found = {index for index, face in enumerate(known) if is_among(face, sighting.faces)}
        watched = {index for index, face in enumerate(known) if is_in(face, sighting.watched)}
        assert watched <= found
        seen |= found
    assert seen == set(range(10))


def test_a_large_face_is_watched_in_the_whole_frame() -> None:
    picture = room_picture(1280, 720, [(500, 200, 280)])
    scan = YuNetScan(PaintedFaces(), "room")
    (face,) = scan.look(picture, ()).faces
    sightings = [scan.look(picture, (face,)) for _ in range(10)]
    watched = [is_in(face, sighting.watched) for sighting in sightings]
    found = [is_among(face, sighting.faces) for sighting in sightings]
    assert any(found)
    assert watched == found


def test_a_part_that_misses_a_known_face_is_looked_at_again_at_once() -> None:
    face = FaceBox(100, 100, 40, 40, 0.9)
    network = PaintedFaces(blind_looks=1000)
    scan = YuNetScan(network, "room")
    picture = room_picture(1280, 720, [(100, 100, 40)])
    scan.look(picture, ())
    sightings = [scan.look(picture, (face,), budget_ms=20.0) for _ in range(30)]
    watching = [is_in(face, sighting.watched) for sighting in sightings]
    turns = [look for look, is_watching in enumerate(watching) if is_watching]
    gaps = np.diff(turns)
    assert set(gaps) >= {1}
    assert max(gaps) <= 8


def test_near_mode_looks_at_the_whole_frame_every_time() -> None:
    picture = room_picture(1280, 720, [(500, 200, 280)])
    scan = YuNetScan(PaintedFaces(), "near")
    assert [len(scan.look(picture, ()).faces) for _ in range(5)] == [1] * 5


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (11, 11)])
def test_tiny_frames_hold_no_face(size: tuple[int, int]) -> None:
    sighting = YuNetScan(PaintedFaces(), "room").look(room_picture(*size, []), ())
    assert sighting.faces == ()


def test_a_new_frame_size_is_looked_at_as_a_whole() -> None:
    scan = YuNetScan(PaintedFaces(), "room")
    small = room_picture(640, 480, [(100, 100, 40), (500, 400, 40)])
    large = room_picture(1280, 960, [(200, 200, 40), (1000, 800, 40)])
    assert [len(scan.look(picture, ()).faces) for picture in (small, large, small)] == [2, 2, 2]


def test_views_watch_only_what_they_show() -> None:
    coarse, part, *_ = plan_views(1280, 720, "room")
    small, large = FaceBox(10, 10, 20, 20, 0.9), FaceBox(300, 100, 200, 200, 0.9)
    assert watched_areas(part, ()) == [
        (0, 0, part.tile.width - UNSURE_PX, part.tile.height - UNSURE_PX)
    ]
    (area,) = watched_areas(coarse, (small, large))
    assert is_in(large, [area])
    assert not is_in(small, [area])


def is_in(face: FaceBox, areas: Sequence[tuple[int, int, int, int]]) -> bool:
    return any(
        x <= face.x
        and y <= face.y
        and face.x + face.w <= x + width
        and face.y + face.h <= y + height
        for x, y, width, height in areas
    )


def is_among(face: FaceBox, faces: Sequence[FaceBox]) -> bool:
    return any(abs(face.x - one.x) < 5 and abs(face.y - one.y) < 5 for one in faces)
