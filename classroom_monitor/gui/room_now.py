"""The newest seconds of a session in figures, worked out once for all that shows them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import TimelinePoint
from classroom_monitor.gui.timeline_series import Mix, TimelineSeries
from classroom_monitor.sessions.alerts import AlertKind, AlertLimits, Alerts, AlertState
from classroom_monitor.sessions.smoothing import Trend, now_and_trend
from classroom_monitor.settings import Settings

RECENT_S = 300
_LOOK_BACK_S = 1500
"""What changed alerts start from: the 20 minutes that say what is usual, and some more."""


@dataclass(frozen=True, slots=True)
class RoomNow:
    """What is known of the room in its newest second and the last minutes.

    seen, used and coverage are of the newest second, None in a gap and where nobody is expected.
    trend is the smoothed mix of the last smoothing_s seconds, None where fewer than half of them
    have one; recent is the mix of the last RECENT_S. gap tells that the newest second has no
    picture, too_few that it has fewer used faces than the group minimum.
    """

    smoothing_s: int
    group_minimum: int
    counts_only: bool
    seen: int | None = None
    used: int | None = None
    coverage: float | None = None
    trend: Trend | None = None
    recent: Mix | None = None
    gap: bool = False
    too_few: bool = False
    alerts: tuple[AlertState, ...] = ()


class RoomWatch:
    """Follows one session: the figures of its newest second, and its alerts."""

    def __init__(self, settings: Settings, group_minimum: int, *, counts_only: bool) -> None:
        self._group_minimum = group_minimum
        self._counts_only = counts_only
        self._taken = 0
        self._limits: AlertLimits | None = None
        self._alerts: Alerts | None = None
        self._on: tuple[AlertState, ...] = ()
        self.follow(settings)

    def follow(self, settings: Settings) -> None:
        """Go by changed settings; changed alerts are worked out anew from the last minutes."""
        limits = AlertLimits(
            settings.alert_negative_rise, settings.alert_coverage, settings.alert_after_s
        )
        wanted = limits if settings.alerts else None
        self._smoothing_s = settings.smoothing_s
        if wanted == self._limits:
            return
        self._limits = wanted
        self._alerts = Alerts(wanted) if wanted is not None else None
        self._taken, self._on = max(0, self._taken - _LOOK_BACK_S), ()

    def dismiss(self) -> None:
        """Turn the alerts that are on off until what caused them has been over."""
        kinds: list[AlertKind] = [alert.kind for alert in self._on]
        for kind in kinds:
            if self._alerts is not None:
                self._alerts.dismiss(kind)
        self._on = ()

    def nothing(self) -> RoomNow:
        """Return the figures of a session that has no second yet, or none any more."""
        return RoomNow(self._smoothing_s, self._group_minimum, self._counts_only)

    def now(self, series: TimelineSeries, points: Sequence[TimelinePoint]) -> RoomNow:
        """Return the figures of the newest second; all are missing before the first one.

        points are the session's so far, and series holds the same.
        """
        for point in points[self._taken :]:
            self._on = self._alerts.add(point) if self._alerts is not None else ()
        self._taken = len(points)
        if not len(series):
            return self.nothing()
        seen, used, coverage = series.seen[-1], series.used[-1], series.coverage[-1]
        gap = math.isnan(seen)
        return RoomNow(
            self._smoothing_s,
            self._group_minimum,
            self._counts_only,
            seen=None if gap else round(seen),
            used=None if gap else round(used),
            coverage=None if math.isnan(coverage) else float(coverage),
            trend=self._trend(series),
            recent=series.mix(RECENT_S),
            gap=gap,
            too_few=not gap and math.isnan(series.shares[-1, 0]),
            alerts=self._on,
        )

    def _trend(self, series: TimelineSeries) -> Trend | None:
        newest = series.shares[-self._smoothing_s :, 0]
        if 2 * np.isfinite(newest).sum() < len(newest):
            return None
        return now_and_trend(series.shares, series.used, self._smoothing_s)
