"""Where a session's mix changed, as far as a test says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from classroom_monitor.contracts import Exclusion, TimelinePoint


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """A change of one mood's mean share at t_s, in seconds from the session's start.

    mood is one of MOODS. before and after are its mean shares between this and the neighbouring
    changes of that mood. p is the adjusted p-value: the session's, over all three moods.
    """

    t_s: float
    mood: str
    before: float
    after: float
    p: float


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """What the test says of a session: the changes by time, and the test in a plain sentence.

    why_not says why nothing could be tested, or is "".
    """

    found: tuple[ChangePoint, ...]
    method: str
    why_not: str


def change_points(
    points: Sequence[TimelinePoint], exclusions: Sequence[Exclusion], level: float = 0.05
) -> ChangePoints:
    """Return where the mean shares changed, at a false-alarm level for the whole session."""
    if not any(point.shares is not None for point in points):
        return ChangePoints((), "", "No second of this session has shares.")
    return ChangePoints((), f"Level {level:.0%}", "")
