"""Quiet alerts of a running session: negative risen for long, or coverage low for long.

An alert comes only after what causes it has lasted, goes only after that has been over for half as
long with room to spare (hysteresis), and then rests for some minutes: a value that wavers around
its limit makes one alert, not many.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from classroom_monitor.contracts import TimelinePoint

AlertKind = Literal["negative", "coverage"]

_SMOOTHING_S = 30
_USUAL_S = 1200
_LEAST_USUAL_S = 180
_LEAST_OVER_S = 10
_REST_S = 300
_LONG_GAP_S = 60
_PART_OF_BOUND = 0.75
"""The part of the way to its lower bound by which the negative share must have risen at least.

In simulated lectures (tests/simulated_rooms.py) without change of 6, 12 and 30 faces, a rise of
0.15 and 60 s, where moods last 10 s / 60 s: 0.5 / 1.0, 0.1 / 0.1 and 0 / 0 alerts an hour; with
0.6 up to 1.6. With 1, a rise by 0.3 was noticed with 30 faces only.
"""
_BACK_BELOW = 0.5
"""The part of the rise below which the negative share is safely back."""
_BACK_ABOVE = 0.05
"""How far above its limit coverage is safely back."""


@dataclass(frozen=True, slots=True)
class AlertState:
    """An alert that is on: since when what causes it holds, and its figures.

    since_s is in seconds from the session's start. value is the smoothed negative share or coverage
    now; usual is what the share usually was before or, for coverage, the limit.
    """

    kind: AlertKind
    since_s: float
    value: float
    usual: float


@dataclass(frozen=True, slots=True)
class AlertLimits:
    """When alerts come, as in the settings.

    negative_rise is in shares above the usual, coverage the least that is fine, after_s for how
    many seconds either must last.
    """

    negative_rise: float
    coverage: float
    after_s: int


class Alerts:
    """Watches one session's finished seconds. Pure: no clock, no threads.

    The negative share is smoothed over half a minute and compared with its median over the last 20
    minutes; there must be three to compare with. It counts as risen only where it rose by most of
    the way to its lower bound, too: with five faces, one more is no rise. A rise is kept out of
    what is usual, until it has lasted for 20 minutes: then it is the usual. Coverage is smoothed
    likewise. Seconds that have no value change nothing; after more than a minute of them, waiting
    begins anew.
    """

    def __init__(self, limits: AlertLimits) -> None:
        self._limits = limits
        self._negative = _Lasting("negative", limits.after_s)
        self._coverage = _Lasting("coverage", limits.after_s)
        self._shares = _Recent()
        self._lows = _Recent()
        self._coverages = _Recent()
        self._usual: deque[float] = deque(maxlen=_USUAL_S)

    def add(self, point: TimelinePoint) -> tuple[AlertState, ...]:
        """Take the next finished second and return the alerts that are on, negative first."""
        if point.shares is not None:
            self._take_negative(point.t_s, point.shares.negative, point.shares.low[0])
        if point.coverage is not None:
            self._take_coverage(point.t_s, point.coverage)
        states = (self._negative.state(), self._coverage.state())
        return tuple(state for state in states if state is not None)

    def dismiss(self, kind: AlertKind) -> None:
        """Turn an alert off: it comes again only once what causes it was over and is back."""
        (self._negative if kind == "negative" else self._coverage).dismiss()

    def _take_negative(self, t_s: int, share: float, low: float) -> None:
        if self._shares.add(t_s, share):
            self._negative.forget_wait()
        self._lows.add(t_s, low)
        if len(self._usual) < _LEAST_USUAL_S:
            self._usual.append(share)
            return
        now, usual, rise = self._shares.mean(), self._median(), self._limits.negative_rise
        beyond = now >= usual + max(rise, _PART_OF_BOUND * (now - self._lows.mean()))
        self._negative.step(t_s, now, usual, beyond=beyond, back=now < usual + _BACK_BELOW * rise)
        if self._negative.seconds >= max(_USUAL_S, 2 * self._limits.after_s):
            self._usual.clear()
            self._negative.end(t_s)
        elif not self._negative.seconds:
            self._usual.append(share)

    def _take_coverage(self, t_s: int, coverage: float) -> None:
        if self._coverages.add(t_s, coverage):
            self._coverage.forget_wait()
        now, limit = self._coverages.mean(), self._limits.coverage
        self._coverage.step(
            t_s, now, limit, beyond=now < limit, back=now >= min(1.0, limit + _BACK_ABOVE)
        )

    def _median(self) -> float:
        return float(np.median(np.fromiter(self._usual, np.float64, len(self._usual))))


class _Recent:
    """The values of the last half minute that had any."""

    def __init__(self) -> None:
        self._values: deque[float] = deque(maxlen=_SMOOTHING_S)
        self._last_s = 0

    def add(self, t_s: int, value: float) -> bool:
        """Take a value and return whether it comes after a long gap, before which all is old."""
        late = t_s - self._last_s > _LONG_GAP_S
        if late:
            self._values.clear()
        self._values.append(value)
        self._last_s = t_s
        return late

    def mean(self) -> float:
        """The mean of the values; there is at least one."""
        return sum(self._values) / len(self._values)


class _Lasting:
    """Makes of seconds beyond a limit an alert that comes late, stays, and rests once it is over.

    seconds counts those beyond, less two for each that isn't: a dip of a second or two doesn't make
    a long wait begin anew.
    """

    def __init__(self, kind: AlertKind, after_s: int) -> None:
        self._kind: AlertKind = kind
        self._after_s = after_s
        self._since_s = 0.0
        self._figures = (0.0, 0.0)
        self._on = False
        self._dismissed = False
        self._back_s = 0
        self._rest_until_s = float("-inf")
        self.seconds = 0

    def step(self, t_s: int, value: float, usual: float, *, beyond: bool, back: bool) -> None:
        """Take a second: whether the value is beyond the limit, and whether it is safely back."""
        self._figures = (value, usual)
        if self._on:
            self.seconds += 1
            self._back_s = self._back_s + 1 if back else 0
            if self._back_s >= max(_LEAST_OVER_S, self._after_s // 2):
                self.end(t_s)
        elif not beyond:
            self.seconds = max(0, self.seconds - 2)
        else:
            self._since_s = self._since_s if self.seconds else float(t_s)
            self.seconds += 1
            self._on = self.seconds >= self._after_s and t_s >= self._rest_until_s

    def end(self, t_s: int) -> None:
        """Let the alert be over; it rests before it may come again."""
        self._on, self._dismissed = False, False
        self._back_s = self.seconds = 0
        self._rest_until_s = t_s + _REST_S

    def forget_wait(self) -> None:
        """Count from nothing again, unless the alert is on."""
        if not self._on:
            self.seconds = 0

    def dismiss(self) -> None:
        """Hide the alert until it is over."""
        self._dismissed = self._on

    def state(self) -> AlertState | None:
        """The alert as it is shown, or None while it is off or dismissed."""
        if not self._on or self._dismissed:
            return None
        return AlertState(self._kind, self._since_s, *self._figures)
