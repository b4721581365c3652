"""The drawn hall: the same pictures each time, and faces that finders find."""

from contextlib import closing

import numpy as np
import pytest

from classroom_monitor.benchmark.hall import HEIGHT_PX, MOST_FACES, WIDTH_PX, draw_hall
from classroom_monitor.vision.faces import open_finder


def test_the_hall_is_drawn_the_same_each_time_and_moves() -> None:
    once, again = draw_hall(3, frames=2), draw_hall(3, frames=2)
    for picture, same in zip(once, again, strict=True):
        assert picture.shape == (HEIGHT_PX, WIDTH_PX, 3)
        assert picture.dtype == np.uint8
        np.testing.assert_array_equal(picture, same)
    assert (once[0] != once[1]).any()


def test_more_students_change_nothing_but_their_seats() -> None:
    few, many = draw_hall(1, frames=1)[0], draw_hall(2, frames=1)[0]
    apart = np.abs(few.astype(int) - many).max(axis=2) > 30  # noise stays below
    assert 0.0005 < apart.mean() < 0.02


@pytest.mark.parametrize("faces", [0, 5, MOST_FACES])
def test_the_finder_finds_the_students(faces: int) -> None:
    picture = draw_hall(faces, frames=1)[0]
    with closing(open_finder("room")) as finder:
        found = finder.find(picture)
    assert 0.9 * faces <= len(found) <= 1.05 * faces


@pytest.mark.parametrize("faces", [-1, MOST_FACES + 1])
def test_there_is_no_room_for_more(faces: int) -> None:
    with pytest.raises(ValueError, match="seats"):
        draw_hall(faces, frames=1)
