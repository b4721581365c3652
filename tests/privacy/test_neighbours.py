"""What two neighbouring seconds give away: a little is hidden, most is weighed and said.

A group that loses one face while nobody else changes gives that face's mood away. This cannot be
hidden without hiding the room's changes as well; these tests hold the figures that the documents
state, so that nobody promises more.
"""

from __future__ import annotations

import numpy as np
import pytest

from classroom_monitor.contracts import Look, Shares
from classroom_monitor.sessions.bounds import share_bounds, wilson
from classroom_monitor.sessions.timeline import TimelineBuilder
from tests.privacy.leavers import FloatArray, Leaving, all_alike, weigh
from tests.sessions.samples import STARTED_AT

LEAVER = np.array([0.05, 0.35, 0.60])
OTHERS = (np.array([0.20, 0.60, 0.20]), np.array([0.10, 0.40, 0.50]))


def test_one_who_leaves_a_still_group_is_given_away() -> None:
    """The limit of every group minimum, said in words wherever the minimum is explained."""
    (given,) = weigh(Leaving(6, mood_s=1e9, flicker=0.0, length_s=4), (1,), rooms=40)
    assert (given.right, given.exact, given.wrong) == (1.0, 1.0, 0.0)


def test_in_a_room_that_moves_the_difference_is_often_wrong() -> None:
    small, large = (
        weigh(Leaving(faces, mood_s=10.0, flicker=0.1), (1, 15), rooms=60) for faces in (6, 30)
    )
    assert 0.7 < small[0].right < 0.97
    assert small[1].right < small[0].right - 0.15, "over 15 s the others change as well"
    assert large[0].right < small[0].right - 0.1, "more faces hide one better"
    assert abs(large[0].right - large[0].guessed) < 0.2


def test_a_room_in_one_mood_tells_everybodys() -> None:
    assert all_alike(5) == pytest.approx(0.2**5 * 2 + 0.6**5, abs=0.01)
    assert all_alike(20) < 0.001


def kept_second(faces: list[FloatArray]) -> Shares:
    """The shares of a second that shows these faces."""
    builder = TimelineBuilder(5, False, STARTED_AT)
    builder.add(Look(0.5, len(faces), len(faces), np.array(faces, np.float32)))
    (point,) = builder.finish(1.0)
    assert point.shares is not None
    return point.shares


def exact_bounds(faces: list[FloatArray]) -> tuple[float, float]:
    """The bounds of the neutral share before they are rounded."""
    neutral = np.array(faces)[:, 1]
    return share_bounds(float(neutral.mean()), float((neutral * (1 - neutral)).mean()), len(faces))


def means_that_fit(low: tuple[float, float], high: tuple[float, float], faces: int) -> FloatArray:
    """The mean probabilities, to a 1000th, for which both bounds lie between these ends.

    Whatever the faces' doubts were: they only decide how many independent faces these count as.
    """
    found = []
    for mean in np.linspace(0.0, 1.0, 1001).tolist():
        for effective in np.linspace(faces / 2, faces, 150).tolist():
            below, above = wilson(mean, effective)
            below, above = below - 0.5 / faces, above + 0.5 / faces
            if low[0] <= below <= low[1] and high[0] <= above <= high[1]:
                found.append(mean)
                break
    return np.array(found)


def leavers_range(fits: list[FloatArray], faces: int) -> tuple[float, float]:
    """What the one who left may have had, by what fits before and after."""
    before, after = fits
    lowest = faces * before.min() - (faces - 1) * after.max()
    return float(lowest), float(faces * before.max() - (faces - 1) * after.min())


@pytest.mark.parametrize(("faces", "hidden"), [(6, 0.08), (20, 0.35)])
def test_rounded_bounds_hide_how_sure_the_classifier_was_of_one_face(
    faces: int, hidden: float
) -> None:
    """With all their digits they tell it to a few 100ths; in whole per cent far less."""
    without = [OTHERS[number % 2] for number in range(faces - 1)]
    with_leaver = [LEAVER, *without]
    rounded, exact = [], []
    for group in (with_leaver, without):
        kept, bounds = kept_second(group), exact_bounds(group)
        low, high = kept.low[1], kept.high[1]
        rounded.append(means_that_fit((low, low + 0.01), (high - 0.01, high), len(group)))
        (below, above), slack = bounds, 0.0015
        exact.append(
            means_that_fit(
                (below - slack, below + slack), (above - slack, above + slack), len(group)
            )
        )
    lowest, highest = leavers_range(rounded, faces)
    assert lowest < LEAVER[1] < highest
    assert highest - lowest > hidden
    surely = leavers_range(exact, faces)
    assert surely[1] - surely[0] < (highest - lowest) / 2
