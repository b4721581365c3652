"""Simulated lectures with known truth: faces that keep their moods for a while, come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.sessions.seconds import FloatArray, Seconds


@dataclass(frozen=True, slots=True)
class Lecture:
    """How a simulated lecture is.

    mix is the mean shares; how much faces differ goes down with own_mix. mood_s is how long a face
    keeps a mood in the mean, read_noise how often a second's reading of a face is drawn anew, for
    that second only. laughs_per_min are moments of some seconds in which most of the room shows
    positive. hidden is the part of the time for which a face cannot be used, 15 s at a time. drift
    is the standard deviation, in logits, of a slow wandering of the mix (time constant drift_s).
    steps are (t_s, mix from then).
    """

    length_s: int
    faces: int
    mix: tuple[float, float, float]
    mood_s: float
    read_noise: float = 0.15
    laughs_per_min: float = 0.0
    own_mix: float = 20.0
    hidden: float = 0.2
    drift: float = 0.0
    drift_s: float = 900.0
    gaps: int = 0
    exclusions: int = 0
    group_minimum: int = 5
    steps: tuple[tuple[int, tuple[float, float, float]], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Simulation:
    """A lecture's seconds, and (n, 3) the mix its faces show in the long run, laughs apart."""

    seconds: Seconds
    truth: FloatArray


def simulated(lecture: Lecture, random: np.random.Generator) -> Simulation:
    """Return a lecture as the program would have stored it, with the truth."""
    shape = (lecture.length_s, lecture.faces)
    mixes = _mixes(lecture, random)  # (seconds, 3)
    own = random.dirichlet(np.full(3, lecture.own_mix / 3), lecture.faces) * 3
    chances = mixes[:, None, :] * own[None, :, :]
    chances /= chances.sum(axis=2, keepdims=True)
    anew = random.random(shape, np.float32) < 1 / lecture.mood_s
    anew[0] = True
    for start_s, _ in lecture.steps:
        anew[start_s] = True
    fresh = _drawn(chances, random)
    rows = np.where(anew, np.arange(lecture.length_s)[:, None], 0)
    moods = np.take_along_axis(fresh, np.maximum.accumulate(rows, axis=0), axis=0)
    if lecture.laughs_per_min:
        moods = _laughing(moods, lecture, random)
    misread = random.random(shape, np.float32) < lecture.read_noise
    moods = np.where(misread, _drawn(chances, random), moods)
    visible = _visible(shape, lecture.hidden, random)
    return Simulation(_counted(moods, visible, lecture, random), chances.mean(axis=1))


def _mixes(lecture: Lecture, random: np.random.Generator) -> FloatArray:
    mixes = np.tile(np.array(lecture.mix), (lecture.length_s, 1))
    for start_s, mix in lecture.steps:
        mixes[start_s:] = mix
    if lecture.drift:
        count = lecture.length_s // 10 + 2
        kept = np.exp(-10 / lecture.drift_s)
        wander = np.zeros((count, 3))
        wander[0] = random.normal(size=3)
        for row in range(1, count):
            wander[row] = kept * wander[row - 1] + np.sqrt(1 - kept**2) * random.normal(size=3)
        mixes = mixes * np.exp(lecture.drift * np.repeat(wander, 10, axis=0)[: lecture.length_s])
        mixes /= mixes.sum(axis=1, keepdims=True)
    return mixes


def _drawn(chances: FloatArray, random: np.random.Generator) -> NDArray[np.int8]:
    value = random.random(chances.shape[:2], np.float32)
    return (value > chances[:, :, 0]).astype(np.int8) + (
        value > chances[:, :, 0] + chances[:, :, 1]
    )


def _laughing(
    moods: NDArray[np.int8], lecture: Lecture, random: np.random.Generator
) -> NDArray[np.int8]:
    count = random.poisson(lecture.laughs_per_min * lecture.length_s / 60)
    moods = moods.copy()
    for start in random.integers(0, lecture.length_s, count):
        stop = start + random.integers(3, 12)
        moods[start:stop, random.random(lecture.faces) < 0.6] = 2
    return moods


def _visible(
    shape: tuple[int, int], hidden: float, random: np.random.Generator
) -> NDArray[np.bool_]:
    """Whether each face can be used: it is hidden for 15 s in the mean, now and then."""
    anew = random.random(shape, np.float32) < 1 / 15
    anew[0] = True
    rows = np.maximum.accumulate(np.where(anew, np.arange(shape[0])[:, None], 0), axis=0)
    seen: NDArray[np.bool_] = np.take_along_axis(random.random(shape, np.float32) > hidden, rows, 0)
    return seen


def _counted(
    moods: NDArray[np.int8],
    visible: NDArray[np.bool_],
    lecture: Lecture,
    random: np.random.Generator,
) -> Seconds:
    used = visible.sum(axis=1).astype(np.float64)
    counts = np.column_stack([((moods == mood) & visible).sum(axis=1) for mood in range(3)])
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counts / used[:, None]
    shares[used < lecture.group_minimum] = np.nan
    seen = np.full(lecture.length_s, float(lecture.faces))
    for _ in range(lecture.gaps):
        start = int(random.integers(0, lecture.length_s))
        gone = slice(start, start + int(random.integers(5, 180)))
        shares[gone], used[gone], seen[gone] = np.nan, np.nan, np.nan
    kept = np.ones(lecture.length_s, np.bool_)
    for _ in range(lecture.exclusions):
        start = int(random.integers(0, lecture.length_s))
        kept[start : start + int(random.integers(20, 240))] = False
    shares[~kept], used[~kept], seen[~kept] = np.nan, np.nan, np.nan
    coverage = np.minimum(1.0, used / lecture.faces)
    times_s = np.arange(lecture.length_s, dtype=np.float64)
    return Seconds(times_s, shares, used, seen, coverage, kept)


def any_lecture(
    random: np.random.Generator,
    *,
    longest_s: int = 8 * 3600,
    laughs: bool = True,
    mood_s: float | None = None,
) -> Lecture:
    """Return some lecture without change: 10 minutes to longest_s, 5 to 80 faces, any mix.

    Moods last 2 to 60 s, or mood_s; half of the lectures with laughs, up to three gaps and
    exclusions.
    """
    mix = np.maximum(random.dirichlet([1.5, 4.0, 2.0]), 0.01)
    negative, neutral, positive = (float(share) for share in mix / mix.sum())
    return Lecture(
        length_s=round(float(np.exp(random.uniform(np.log(600), np.log(longest_s))))),
        faces=round(float(np.exp(random.uniform(np.log(5), np.log(80))))),
        mix=(negative, neutral, positive),
        mood_s=mood_s or float(np.exp(random.uniform(np.log(2), np.log(60)))),
        laughs_per_min=float(random.choice([0.0, 0.3])) if laughs else 0.0,
        hidden=float(random.uniform(0.05, 0.3)),
        gaps=int(random.integers(0, 4)),
        exclusions=int(random.integers(0, 3)),
    )
