"""Tiles cover the picture; boxes of one face become one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.tiles import (
    SAME_FACE_IOU,
    Tile,
    box_rows,
    is_cut,
    merge_boxes,
    overlaps,
    plan_tiles,
)


@settings(deadline=None)
@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(16, 600))
def test_tiles_cover_the_picture_and_stay_inside(width: int, height: int, side: int) -> None:
    tiles = plan_tiles(width, height, side)
    columns, rows = np.zeros(width, bool), np.zeros(height, bool)
    for tile in tiles:
        assert tile.x >= 0
        assert tile.y >= 0
        assert tile.x + tile.width <= width
        assert tile.y + tile.height <= height
        columns[tile.x : tile.x + tile.width] = True
        rows[tile.y : tile.y + tile.height] = True
    assert columns.all()
    assert rows.all()
    assert len({(tile.x, tile.y) for tile in tiles}) == len(tiles)


@settings(deadline=None)
@given(st.integers(300, 2000), st.integers(0, 1950), st.integers(1, 60))
def test_a_face_of_a_quarter_tile_is_whole_in_one(width: int, x: int, size: int) -> None:
    side = 256
    if x + size > width:
        return
    starts = {tile.x for tile in plan_tiles(width, 200, side)}
    assert any(start <= x and x + size <= start + side for start in starts)


def test_720p_takes_28_fine_and_6_coarse_tiles() -> None:
    assert len(plan_tiles(1280, 720, 256)) == 28
    assert len(plan_tiles(1280, 720, 512)) == 6


@pytest.mark.parametrize(
    ("x", "expected"), [(80, True), (86, False), (150, False), (214, False), (220, True)]
)
def test_only_boxes_well_over_an_inner_edge_are_cut(x: float, expected: bool) -> None:
    tile = Tile(100, 0, 200, 200)
    assert is_cut(FaceBox(x, 50, 100, 100, 0.9), tile, 400, 200) is expected


def test_the_pictures_own_edge_cuts_nothing() -> None:
    tile = Tile(100, 0, 200, 200)
    assert not is_cut(FaceBox(250, -40, 100, 100, 0.9), tile, 300, 400)
    assert is_cut(FaceBox(250, -40, 100, 100, 0.9), tile, 400, 400)


def test_two_views_of_a_face_become_their_mean() -> None:
    boxes = [FaceBox(10, 10, 40, 40, 0.6), FaceBox(14, 10, 40, 40, 0.9)]
    ((face, members),) = merge_boxes(boxes)
    assert members == [1, 0]
    assert face.score == 0.9
    assert face.x == pytest.approx((10 * 0.6 + 14 * 0.9) / 1.5)


def test_a_part_inside_a_face_is_swallowed_without_moving_it() -> None:
    boxes = [FaceBox(0, 0, 100, 100, 0.9), FaceBox(20, 60, 30, 30, 0.7)]
    ((face, members),) = merge_boxes(boxes)
    assert (face, members) == (boxes[0], [0, 1])


def test_neighbours_stay_apart_best_first() -> None:
    boxes = [FaceBox(0, 0, 40, 40, 0.7), FaceBox(45, 0, 40, 40, 0.8)]
    assert [face.score for face, _ in merge_boxes(boxes)] == [0.8, 0.7]


def test_nothing_merges_to_nothing() -> None:
    assert merge_boxes([]) == []


BOXES = st.lists(
    st.builds(
        FaceBox,
        x=st.floats(-50, 500),
        y=st.floats(-50, 500),
        w=st.floats(1, 200),
        h=st.floats(1, 200),
        score=st.floats(0.1, 1),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(BOXES)
def test_every_box_belongs_to_exactly_one_face(boxes: list[FaceBox]) -> None:
    merged = merge_boxes(boxes)
    members = sorted(index for _, group in merged for index in group)
    assert members == list(range(len(boxes)))
    scores = [face.score for face, _ in merged]
    assert scores == sorted(scores, reverse=True)
    for face, group in merged:
        assert face.score == max(boxes[index].score for index in group)
        assert face.w > 0
        assert face.h > 0


@settings(deadline=None)
@given(BOXES)
def test_overlaps_are_fractions_and_symmetric(boxes: list[FaceBox]) -> None:
    iou, contained = overlaps(box_rows(boxes), box_rows(boxes))
    assert iou.shape == (len(boxes), len(boxes))
    assert np.all((iou >= 0) & (iou <= 1 + 1e-9) & (iou <= contained + 1e-9))
    np.testing.assert_allclose(iou, iou.T)
    np.testing.assert_allclose(np.diag(iou), 1)
    assert SAME_FACE_IOU < 1
