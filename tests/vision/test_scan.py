"""The spread-out scan: everything first, then what is needed, the rest in turn."""

from __future__ import annotations

import pytest

from classroom_monitor.contracts import FaceBox
from classroom_monitor.vision.scan import LOST_LOOKS, ROTATION_LOOKS, Glance, ScanPlan
from classroom_monitor.vision.tiles import Tile

LEFT_CHEAP, LEFT_DEAR, RIGHT, WHOLE = range(4)
TILES = (Tile(0, 0, 100, 100), Tile(0, 0, 100, 100), Tile(100, 0, 100, 100), Tile(0, 0, 200, 100))
COSTS = (1.0, 3.0, 1.0, 10.0)
FACE_LEFT = FaceBox(20, 20, 30, 30, 0.9)
FACE_RIGHT = FaceBox(150, 20, 30, 30, 0.9)


@pytest.fixture
def plan() -> ScanPlan:
    pairs = zip(TILES, COSTS, strict=True)
    return ScanPlan([Glance("model", tile, cost) for tile, cost in pairs])


def take(plan: ScanPlan, *faces: tuple[FaceBox, set[int]]) -> list[int]:
    """Take one look that finds these faces with whichever of their glances were due."""
    chosen = plan.choose()
    seen = [(face, shown_by & set(chosen)) for face, shown_by in faces]
    found = [(face, frozenset(shown_by)) for face, shown_by in seen if shown_by]
    plan.report([face for face, _ in found], [shown_by for _, shown_by in found])
    return chosen


def test_the_first_look_takes_everything(plan: ScanPlan) -> None:
    assert plan.choose() == [0, 1, 2, 3]


def test_an_empty_room_is_searched_in_turn(plan: ScanPlan) -> None:
    take(plan)
    looks = [take(plan) for _ in range(ROTATION_LOOKS)]
    assert sorted(index for look in looks for index in look) == [0, 1, 2, 3]


def test_each_known_face_is_looked_at_every_time_by_the_cheapest(plan: ScanPlan) -> None:
    faces = ((FACE_LEFT, {LEFT_CHEAP, LEFT_DEAR, WHOLE}), (FACE_RIGHT, {RIGHT, WHOLE}))
    take(plan, *faces)
    for _ in range(3 * ROTATION_LOOKS):
        assert {LEFT_CHEAP, RIGHT} <= set(take(plan, *faces))


def test_a_newcomer_is_found_within_one_rotation(plan: ScanPlan) -> None:
    take(plan)
    looks = [take(plan, (FACE_RIGHT, {RIGHT})) for _ in range(ROTATION_LOOKS + 1)]
    assert RIGHT in looks[-1]
    first = next(number for number, look in enumerate(looks) if RIGHT in look)
    assert all(RIGHT in look for look in looks[first:])


def test_a_lost_face_is_searched_by_all_that_could_show_it_and_then_given_up(
    plan: ScanPlan,
) -> None:
    take(plan, (FACE_LEFT, {LEFT_CHEAP}))
    take(plan)
    for _ in range(LOST_LOOKS):
        assert {LEFT_CHEAP, LEFT_DEAR, WHOLE} <= set(take(plan))
    assert all(not {LEFT_CHEAP, LEFT_DEAR, WHOLE} <= set(take(plan)) for _ in range(ROTATION_LOOKS))


def test_a_lost_face_found_by_another_glance_is_kept_by_it(plan: ScanPlan) -> None:
    take(plan, (FACE_LEFT, {LEFT_CHEAP}))
    take(plan)
    for _ in range(2 * ROTATION_LOOKS):
        assert LEFT_DEAR in take(plan, (FACE_LEFT, {LEFT_DEAR}))
