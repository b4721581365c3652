"""The search through tiles: everything has its turn, soonest where faces are or come."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.vision.face_passes import FULL, SHORT
from classroom_monitor.vision.scan import (
    HASTE_PART,
    LARGEST_FACE,
    LEAST_SIDE_PX,
    MOST_HASTE,
    UNUSED_WEIGHT,
    TileSearch,
    cover,
    ladder,
)

BUDGET_MS = 8.0


def sides(search: TileSearch, chosen: list[int]) -> list[int]:
    return [search.glances[index].tile.width for index in chosen]


def begun(width: int = 640, height: int = 480) -> TileSearch:
    """Return a search whose every tile has been looked at once."""
    search = TileSearch(width, height)
    while not search.begun:
        search.choose(1000.0)
    return search


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4000), st.integers(1, 2500), st.floats(0, 1), st.floats(0, 1))
def test_a_face_of_every_size_is_whole_in_a_tile_for_it(
    width: int, height: int, across: float, down: float
) -> None:
    for rung in ladder(width, height):
        face_px = LARGEST_FACE * rung.side - 2  # tiles lie on whole pixels
        x, y = across * (width - face_px), down * (height - face_px)
        assert any(
            tile.x <= x
            and tile.y <= y
            and x + face_px <= tile.x + tile.width
            and y + face_px <= tile.y + tile.height
            for tile in cover(width, height, rung.side)
        )


@given(st.integers(1, 8000), st.integers(1, 8000))
def test_the_number_of_tiles_is_bounded_by_the_pictures_shape(width: int, height: int) -> None:
    shape = max(width, height) / min(width, height)
    tiles = sum(len(cover(width, height, rung.side)) for rung in ladder(width, height)[-1:])
    assert tiles <= 200 * shape + 200
    small = [rung.side for rung in ladder(width, height)[2:]]
    assert all(side >= LEAST_SIDE_PX - 1 for side in small if side < min(width, height))


def test_a_search_begins_with_every_tile_largest_first() -> None:
    search = TileSearch(1280, 720)
    looks = []
    while not search.begun:
        looks.append(search.choose(200.0))
    chosen = [index for look in looks for index in look]
    assert sorted(chosen[: len(search.glances)]) == list(range(len(search.glances)))
    first = sides(search, chosen[: len(search.glances)])
    assert first == sorted(first, reverse=True)


@pytest.mark.parametrize("budget_ms", [5.0, 8.0, 30.0])
def test_no_look_costs_more_than_its_budget(budget_ms: float) -> None:
    search = begun()
    dearest = max(SHORT.cost_ms, FULL.cost_ms)
    for _ in range(200):
        spent_ms = sum(search.glances[index].cost for index in search.choose(budget_ms))
        assert 0 < spent_ms <= max(budget_ms, dearest)
        assert spent_ms > budget_ms - dearest


@settings(max_examples=10, deadline=None)
@given(st.lists(st.floats(10, 300), max_size=6), st.integers(0, 1000))
def test_every_tile_has_its_turn_whatever_happens_elsewhere(
    faces_px: list[float], seed: int
) -> None:
    search, again = begun(), begun()
    rng = np.random.default_rng(seed)
    tiles = len(search.glances)
    busy = rng.random(tiles) < 0.3
    bound = int(MOST_HASTE / (UNUSED_WEIGHT / 2) * tiles * FULL.cost_ms / BUDGET_MS) + 1
    waits, longest = np.zeros(tiles, int), 0
    for _ in range(600):
        changed = np.where(busy, HASTE_PART, 0.0)
        for one in (search, again):
            one.weigh(faces_px)
            one.note_changes(changed)
        chosen = search.choose(BUDGET_MS)
        assert chosen == again.choose(BUDGET_MS)
        waits += 1
        waits[chosen] = 0
        longest = max(longest, int(waits.max()))
    assert longest <= bound


def test_sizes_that_the_room_shows_come_round_more_often() -> None:
    search = begun()
    counts = dict.fromkeys({glance.tile.width for glance in search.glances}, 0)
    for _ in range(400):
        search.weigh([30.0])
        for side in sides(search, search.choose(BUDGET_MS)):
            counts[side] += 1
    tiles = {side: sum(g.tile.width == side for g in search.glances) for side in counts}
    turns = {side: counts[side] / tiles[side] for side in counts}
    assert turns[120] > 5 * turns[480]
    assert all(count > 0 for count in counts.values())


def test_a_tile_in_which_something_came_is_searched_at_once() -> None:
    search = begun()
    search.weigh([30.0])
    for _ in range(20):
        search.choose(BUDGET_MS)
    newest = search.choose(BUDGET_MS)
    search.choose(BUDGET_MS)
    for wanted in newest[:1]:
        changed = np.zeros(len(search.glances))
        changed[wanted] = 1.0
        ages_before_its_turn = 0
        while True:
            search.note_changes(changed)
            if wanted in search.choose(BUDGET_MS):
                break
            ages_before_its_turn += 1
        in_turn = len(search.glances) * SHORT.cost_ms / BUDGET_MS
        assert ages_before_its_turn < in_turn / 2
