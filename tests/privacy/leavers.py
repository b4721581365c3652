"""What neighbouring seconds give away of who leaves: `python -m tests.privacy.leavers`.

A room of n faces has shares for n faces in one second and for n - 1 in the next. Whoever knows who
went, from having been there, computes n times the shares before less n - 1 times those after: what
is left is the leaver's mood, as far as nobody else's reading changed meanwhile. Every room goes
through the program's own timeline; the group minimum is met throughout.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import Look, TimelinePoint
from classroom_monitor.sessions.timeline import TimelineBuilder
from tests.sessions.samples import STARTED_AT

MIX = np.array([0.2, 0.6, 0.2])
_LOOKS_HZ = 4
_EXACT = 0.05
"""How near to a whole face an answer must be to look like one, rounding apart."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A room of some faces of whom one goes for good after half of length_s seconds.

    mood_s is how long a face keeps a mood in the mean, flicker how often a look reads it anew.
    """

    faces: int
    mood_s: float
    flicker: float
    length_s: int = 30


@dataclass(frozen=True, slots=True)
class Given:
    """How often, of all leavers, something is given away.

    guessed: by guessing the mood that most showed before. right: by the difference's largest mood.
    exact: the difference is a whole face in one mood and none in the others, as far as rounding
    lets one see, and it is the right one; wrong the same, but the wrong one.
    """

    guessed: float
    right: float
    exact: float
    wrong: float


def points_of(room: Leaving, random: np.random.Generator) -> tuple[list[TimelinePoint], int]:
    """Return a room's seconds, and the mood of the one who goes, in the last second before."""
    builder = TimelineBuilder(2, False, STARTED_AT)
    own = random.dirichlet(np.full(3, 20 / 3), room.faces) * 3
    chances = MIX * own
    chances /= chances.sum(axis=1, keepdims=True)
    moods = _drawn(chances, random)
    goes_s, points, last = room.length_s // 2, [], 0
    for t_s in range(room.length_s):
        anew = random.random(room.faces) < 1 / room.mood_s
        moods = np.where(anew, _drawn(chances, random), moods)
        last = int(moods[0]) if t_s < goes_s else last
        for number in range(_LOOKS_HZ):
            misread = random.random(room.faces) < room.flicker
            read = np.where(misread, _drawn(np.tile(MIX, (room.faces, 1)), random), moods)
            rows = _sure(read, random)[0 if t_s < goes_s else 1 :]
            at_s = t_s + (number + 0.5) / _LOOKS_HZ
            points += builder.add(Look(at_s, len(rows), len(rows), rows))
    return points + builder.finish(room.length_s), last


def difference(points: list[TimelinePoint], faces: int, around_s: int) -> FloatArray:
    """Return what the leaver must have been, (3,), from the means of some seconds on each side."""
    middle = len(points) // 2
    before, after = (
        np.mean([_mix(point) for point in part], axis=0)
        for part in (points[middle - around_s : middle], points[middle : middle + around_s])
    )
    left: FloatArray = faces * before - (faces - 1) * after
    return left


def weigh(
    room: Leaving, around_s: tuple[int, ...], rooms: int, seed: int = 11
) -> tuple[Given, ...]:
    """Return how often the leaver's mood is given away, by the means of each number of seconds."""
    random = np.random.default_rng(seed)
    counts = np.zeros((len(around_s), 4))
    for _ in range(rooms):
        points, truth = points_of(room, random)
        usual = int(_mix(points[len(points) // 2 - 1]).argmax())
        for row, seconds in enumerate(around_s):
            left = difference(points, room.faces, seconds)
            whole = consistent(left, room.faces)
            right = int(left.argmax()) == truth
            counts[row] += (usual == truth, right, whole == [truth], len(whole) == 1 and not right)
    return tuple(Given(*(float(count) for count in row)) for row in counts / rooms)


def consistent(left: FloatArray, faces: int) -> list[int]:
    """Return the moods that a difference can be a whole face in, but for what rounding adds."""
    rounding = 0.0005 * (2 * faces - 1)
    apart = np.abs(left - np.eye(3)).max(axis=1)
    return [mood for mood in range(3) if apart[mood] <= _EXACT + rounding]


def all_alike(faces: int, rooms: int = 20_000, seed: int = 5) -> float:
    """Return in which part of the seconds all faces are in one mood, which tells everybody's."""
    random = np.random.default_rng(seed)
    counts = random.multinomial(faces, MIX, rooms)
    return float((counts.max(axis=1) == faces).mean())


def _mix(point: TimelinePoint) -> FloatArray:
    assert point.shares is not None
    return np.array([point.shares.negative, point.shares.neutral, point.shares.positive])


def _drawn(chances: FloatArray, random: np.random.Generator) -> NDArray[np.intp]:
    value = random.random(len(chances))
    moods: NDArray[np.intp] = (value[:, None] > chances.cumsum(axis=1)[:, :2]).sum(axis=1)
    return moods


def _sure(moods: NDArray[np.intp], random: np.random.Generator) -> NDArray[np.float32]:
    """Probabilities of faces whose moods are read so, a little different in each look."""
    doubt = random.uniform(0.0, 0.3, (len(moods), 1))
    rows = np.eye(3)[moods] * (1 - doubt) + doubt / 3
    return rows.astype(np.float32)


def main(rooms: int = 400) -> None:
    """Print the table."""
    say = sys.stdout.write
    say(f"{rooms} rooms each; part of the leavers whose mood is told rightly, in %\n")
    say("faces  mood lasts  flicker  guessed  1 s: right exact wrong  5 s: right  15 s: right\n")
    for faces in (6, 8, 12, 20, 30, 60):
        for mood_s, flicker in ((10.0, 0.0), (10.0, 0.1), (60.0, 0.1)):
            room = Leaving(faces, mood_s, flicker)
            one, five, fifteen = weigh(room, (1, 5, 15), rooms)
            say(
                f"{faces:5d}  {mood_s:8.0f} s  {flicker:7.1f}  {one.guessed:7.0%}"
                f"  {one.right:10.0%} {one.exact:5.0%} {one.wrong:5.0%}"
                f"  {five.right:10.0%}  {fifteen.right:11.0%}\n"
            )
    alike = ", ".join(f"{faces} faces {all_alike(faces):.1%}" for faces in (5, 6, 8, 12, 20))
    say(f"seconds in which all are in one mood (mix 20/60/20): {alike}\n")


if __name__ == "__main__":
    main()
