"""The search from coarse to fine and the second look, with detectors that see painted squares."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.vision.face_passes import (
    FULL,
    NEAR_PLAN,
    ROOM_PLAN,
    SHORT,
    TILES_UP_TO_PX,
    Pass,
    SearchPlan,
)
from classroom_monitor.vision.face_search import MAGNIFIED, magnify, search_faces
from classroom_monitor.vision.picture_finder import CERTAIN_SCORE, MediaPipeFinder
from classroom_monitor.vision.scan import Glance
from classroom_monitor.vision.tiles import Tile

COARSE = Pass(FULL, 400)
FINE = Pass(SHORT, 100, small=0.25)


class SquareDetectors:
    """Sees the white square of a black picture, at first glance error_px too wide."""

    def __init__(self, score: float, second_score: float | None = None, error_px: int = 0) -> None:
        self.score = score
        self.second_score = second_score
        self.error_px = error_px
        self.glances: list[Glance] = []
        self.closed = 0

    def glance(self, image_rgb: UInt8Array, glance: Glance) -> list[FaceBox]:
        self.glances.append(glance)
        magnified = image_rgb.shape[0] == MAGNIFIED.size_px
        score = self.second_score if magnified else self.score
        tile = glance.tile
        part = image_rgb[tile.y : tile.y + tile.height, tile.x : tile.x + tile.width, 0] > 127
        if score is None or not part.any():
            return []
        rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
        return [
            FaceBox(
                float(tile.x + columns[0]),
                float(tile.y + rows[0]),
                float(columns[-1] - columns[0] + 1 + (0 if magnified else self.error_px)),
                float(rows[-1] - rows[0] + 1),
                score,
            )
        ]

    def close(self) -> None:
        self.closed += 1


def picture_with(x: int, y: int, side: int) -> UInt8Array:
    picture = np.zeros((300, 400, 3), np.uint8)
    picture[y : y + side, x : x + side] = 255
    return picture


def use(one: SquareDetectors) -> SquareDetectors:
    return one


Opener = Callable[..., MediaPipeFinder]


@pytest.fixture
def open_with() -> Iterator[Opener]:
    opened: list[MediaPipeFinder] = []

    def open_one(*detectors: SquareDetectors, refine: bool = False) -> MediaPipeFinder:
        plan = SearchPlan(stages=((COARSE,), (FINE,)), possible_score=0.4, refine=refine)
        make = [partial(use, one) for one in detectors]
        opened.append(MediaPipeFinder("squares", plan, make, min_score=0.0))
        return opened[-1]

    yield open_one
    for finder in opened:
        finder.close()


def looked_at(stage: tuple[Pass, ...], found: list[FaceBox]) -> list[Tile]:
    return [tile for one in stage for tile in one.tiles(400, 300, found)]


def test_fine_tiles_are_those_where_small_faces_were_suspected() -> None:
    assert looked_at((FINE,), []) == []
    assert looked_at((FINE,), [FaceBox(200, 100, 30, 30, 0.5)]) == []
    tiles = looked_at((FINE,), [FaceBox(210, 100, 20, 20, 0.5)])
    assert tiles
    assert all(t.x <= 220 < t.x + t.width and t.y <= 110 < t.y + t.height for t in tiles)


def test_tiles_grow_with_very_large_pictures() -> None:
    (small,) = {tile.width for tile in COARSE.tiles(1920, TILES_UP_TO_PX, [])}
    (large,) = {tile.width for tile in COARSE.tiles(3840, 2 * TILES_UP_TO_PX, [])}
    assert (small, large) == (400, 800)


@pytest.mark.parametrize("plan", [NEAR_PLAN, ROOM_PLAN])
def test_every_plan_looks_at_the_whole_picture_first(plan: SearchPlan) -> None:
    first = [one.tiles(900, 700, []) for one in plan.stages[0]]
    assert [Tile(0, 0, 900, 700)] in first
    assert all(first)
    assert len({traits.file_name for traits in plan.models}) == len(plan.models)


def test_finds_of_all_stages_become_one_face_and_doubtful_ones_are_dropped() -> None:
    def look(glances: object) -> list[FaceBox]:
        return [
            FaceBox(10, 10, 20, 20, 0.5),
            FaceBox(11, 10, 20, 20, 0.6),
            FaceBox(90, 9, 9, 9, 0.2),
        ]

    (face,) = search_faces(400, 300, ((COARSE,), (FINE,)), look)
    assert face.score == 0.6
    assert 10 < face.x < 11


def test_the_second_look_finds_the_same_place_in_the_picture() -> None:
    picture = picture_with(120, 90, 40)
    box = FaceBox(116, 92, 44, 44, 0.5)
    (seen,) = magnify(picture, [box], SquareDetectors(0.9, second_score=0.7).glance)
    assert seen is not None
    assert (seen.x, seen.y, seen.w, seen.h) == pytest.approx((120, 90, 40, 40), abs=2)
    assert seen.score == 0.7
    (beside,) = magnify(picture, [replace(box, x=40)], SquareDetectors(0.9, 0.7).glance)
    assert beside is None


def test_a_certain_find_is_not_looked_at_again(open_with: Opener) -> None:
    sure = SquareDetectors(CERTAIN_SCORE)
    (face,) = open_with(sure).find(picture_with(100, 100, 60))
    assert face.score > 0.9
    assert all(one.tile.width != MAGNIFIED.size_px for one in sure.glances)


def test_a_second_look_that_sees_the_face_makes_it_likelier(open_with: Opener) -> None:
    picture = picture_with(100, 100, 60)
    seen, not_seen = SquareDetectors(0.6, second_score=0.8), SquareDetectors(0.6)
    ((better,), (worse,)) = (open_with(one).find(picture) for one in (seen, not_seen))
    assert 0 < worse.score < better.score < 1
    assert any(one.tile.width == MAGNIFIED.size_px for one in not_seen.glances)


def test_the_box_is_refined_only_where_the_plan_says_so(open_with: Opener) -> None:
    picture = picture_with(100, 100, 60)
    rough = SquareDetectors(0.6, second_score=0.8, error_px=8)
    (as_found,) = open_with(rough).find(picture)
    (refined,) = open_with(rough, refine=True).find(picture)
    assert as_found.w == 68
    assert refined.w == pytest.approx(60, abs=3)
    assert as_found.score == refined.score


def test_two_threads_share_the_work_and_give_what_one_gives(open_with: Opener) -> None:
    picture = picture_with(230, 130, 20)
    one, two = SquareDetectors(0.6, 0.7), [SquareDetectors(0.6, 0.7) for _ in range(2)]
    assert open_with(one).find(picture) == open_with(*two).find(picture)
    done = [glance for each in two for glance in each.glances]
    assert Counter(done) == Counter(one.glances)


def test_close_frees_every_detector_once() -> None:
    detectors = [SquareDetectors(0.6), SquareDetectors(0.6)]
    plan = SearchPlan(stages=((COARSE,),), possible_score=0.4, refine=False)
    make = [partial(use, one) for one in detectors]
    finder = MediaPipeFinder("squares", plan, make, min_score=0.5)
    finder.close()
    finder.close()
    assert [one.closed for one in detectors] == [1, 1]
    assert not [one for one in threading.enumerate() if one.name.startswith("faces")]
