"""Lowers the quality of an analysis on a machine that is too slow, and raises it again.

What counts is that every visible face is scored four times a second. The order in which quality
goes is chosen so that what the plot shows suffers last: first the second opinion on each face (its
mirror image), then how soon a newcomer is found, and only then how often faces are scored.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_monitor.vision.follower import DUE, Effort

logger = logging.getLogger(__name__)

WANTED_HZ = 4.0
"""So often every visible face is to be scored."""

_WINDOW_S = 2.0
_FEWEST_LOOKS = 4
_FEWEST_LOOKS_HZ = 4.5  # slower looks cannot score a face four times a second
_AMPLE_LOOKS_HZ = 9.0  # from here on a step's work more leaves enough
_PATIENCE_S = 10.0
_MOST_PATIENCE_S = 320.0
_RELAPSE_S = 20.0
_ENOUGH = 0.8  # of a rate that was lowered on purpose
_UNFITTED = 0.9  # of the interval between scores: it was made for faster looks
_SPARE = 1.15  # of the wanted rate: looks come irregularly, and a window holds few scores


@dataclass(frozen=True, slots=True)
class Level:
    """A quality: what an analysis may take, and what the user is told of it."""

    effort: Effort
    notice: str


_HALF = "reduced: scanning for new faces at half speed"
_QUARTER = "reduced: scanning for new faces at a quarter of the speed"

LEVELS = (
    Level(Effort(), ""),
    Level(Effort(both_ways=False), "reduced: faces scored without their mirror image"),
    Level(Effort(10.0, both_ways=False), _HALF),
    Level(Effort(5.0, both_ways=False), _QUARTER),
    Level(
        Effort(5.0, 0.5, both_ways=False),
        "too slow for four scores a second: faces are scored about twice a second",
    ),
    Level(
        Effort(2.5, 1.0, both_ways=False),
        "too slow for four scores a second: faces are scored about once a second",
    ),
)
"""Best first; each step leaves less to do than the one before."""

COUNTING_LEVELS = (
    Level(Effort(), ""),
    Level(Effort(10.0), _HALF),
    Level(Effort(5.0), _QUARTER),
    Level(Effort(2.5), "too slow to follow every face: scanning for new faces at an eighth"),
)
"""The same where faces are counted and not scored."""


@dataclass(frozen=True, slots=True)
class LookWork:
    """What a finished look did: when, for how many faces, and how many of them it scored.

    faces are those that can be scored. skipped counts all frames so far that were not looked at.
    """

    done_s: float
    faces: int
    scored: int
    skipped: int


class Governor:
    """Chooses the effort from the looks that were finished. One thread uses it; deterministic.

    An analysis that looks at every frame is fast enough, however few there are. One that is too
    slow loses a step every two seconds. It gets one back after ten seconds with time to spare; if
    it cannot keep it, it waits twice as long before the next try, so that quality does not swing.
    """

    def __init__(self, levels: Sequence[Level] = LEVELS) -> None:
        """Begin at full quality; the first window, in which models warm up, is not judged."""
        self._levels = levels
        self._level = 0
        self._warm = False
        self._window: list[LookWork] = []
        self._patience_s = _PATIENCE_S
        self._steady_since_s: float | None = None
        self._raised_at_s: float | None = None
        self.effort = levels[0].effort

    @property
    def notice(self) -> str:
        """What to tell the user of the quality; "" while it is full."""
        return self._levels[self._level].notice

    def pause(self) -> None:
        """Forget the looks so far: no frame came for a while."""
        self._window.clear()

    def take(self, look: LookWork) -> None:
        """Take a finished look, the newest; effort says how to go on."""
        self._window.append(look)
        elapsed_s = look.done_s - self._window[0].done_s
        if elapsed_s < _WINDOW_S or len(self._window) <= _FEWEST_LOOKS:
            return
        window, self._window = self._window, [look]
        if self._warm:
            self._judge(_Pace.of(window), look.done_s)
        self._warm = True

    def _judge(self, pace: _Pace, now_s: float) -> None:
        if self._steady_since_s is None:
            self._steady_since_s = now_s
        fitted = _fitted(self._levels[self._level].effort, pace.looks_hz)
        was_fitted = fitted.score_interval_s > _UNFITTED * self.effort.score_interval_s
        if self._is_slow(pace, was_fitted):
            self._lower(now_s)
        elif self._has_room(pace) and now_s - self._steady_since_s >= self._patience_s:
            self._raise(now_s)
        elif not self._has_room(pace):
            self._steady_since_s = now_s
        self.effort = _fitted(self._levels[self._level].effort, pace.looks_hz)

    def _is_slow(self, pace: _Pace, was_fitted: bool) -> bool:
        """Tell whether less must be done; scores may be few because the looks have just changed."""
        if pace.keeps_up:
            return False
        wanted_hz = min(WANTED_HZ, _ENOUGH / self._levels[self._level].effort.score_interval_s)
        too_few_looks = pace.looks_hz < min(_FEWEST_LOOKS_HZ, wanted_hz)
        if pace.scored_hz is None or not was_fitted:
            return too_few_looks
        return too_few_looks or pace.scored_hz < wanted_hz

    def _has_room(self, pace: _Pace) -> bool:
        return pace.keeps_up or pace.looks_hz >= _AMPLE_LOOKS_HZ

    def _lower(self, now_s: float) -> None:
        self._steady_since_s = now_s
        if self._raised_at_s is not None and now_s - self._raised_at_s < _RELAPSE_S:
            self._patience_s = min(2 * self._patience_s, _MOST_PATIENCE_S)
            self._raised_at_s = None
        if self._level < len(self._levels) - 1:
            self._go_to(self._level + 1)

    def _raise(self, now_s: float) -> None:
        self._steady_since_s = now_s
        if self._level == 0:
            self._patience_s = _PATIENCE_S
            return
        self._raised_at_s = now_s
        self._go_to(self._level - 1)

    def _go_to(self, level: int) -> None:
        self._level = level
        logger.info("analysis: %s", self.notice or "full quality")


@dataclass(frozen=True, slots=True)
class _Pace:
    """Looks a second, scores a second of each face (None without faces), no frame skipped."""

    looks_hz: float
    scored_hz: float | None
    keeps_up: bool

    @staticmethod
    def of(window: list[LookWork]) -> _Pace:
        first, rest = window[0], window[1:]
        seconds = rest[-1].done_s - first.done_s
        faces = sum(look.faces for look in rest) / len(rest)
        scored = sum(look.scored for look in rest)
        return _Pace(
            looks_hz=len(rest) / seconds,
            scored_hz=scored / faces / seconds if faces and scored else None,
            keeps_up=rest[-1].skipped == first.skipped,
        )


def _fitted(effort: Effort, looks_hz: float) -> Effort:
    """Return an effort whose interval lets a face be scored in time at this rate of looks.

    A face that is due waits for the next look, up to the time between two of them: it has to be
    due so much earlier, where four scores a second are asked for at all.
    """
    if effort.score_interval_s > 1 / WANTED_HZ:
        return effort
    due_s = max(0.0, 1 / (_SPARE * WANTED_HZ) - 1 / looks_hz)
    interval_s = min(effort.score_interval_s, due_s / DUE)
    return dataclasses.replace(effort, score_interval_s=interval_s)
