"""A plot axis in minutes and hours of the session."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from classroom_monitor.gui.formats import duration

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
_TICK_WIDTH_PX = 80


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Seconds from the session's start, with ticks at round times of day-length clocks."""

    def tickSpacing(self, first: float, last: float, size: float) -> list[tuple[float, float]]:
        """Return the finest round step that leaves room for its labels."""
        wanted_s = (last - first) * _TICK_WIDTH_PX / max(size, 1.0)
        step_s = next((step for step in _STEPS_S if step >= wanted_s), _STEPS_S[-1])
        return [(float(step_s), 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Write ticks as m:ss or h:mm:ss; nothing happened before 0."""
        return [duration(value) if value >= 0 else "" for value in values]
