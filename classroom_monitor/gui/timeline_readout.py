"""A small board over the timeline that says what the second under the pointer holds."""

from __future__ import annotations

import math
from html import escape

from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.board import Board
from classroom_monitor.gui.formats import duration, percent, percents
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.gui.timeline_series import TimelineSeries


class Readout(Board):
    """Values with their bounds; the mouse goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))

    def show_second(
        self, series: TimelineSeries, second: int | None, notes: tuple[str, ...] = ()
    ) -> None:
        """Say what a second holds, and what else is there; None for no second."""
        if second is None or second >= len(series):
            self.say("", "")
            return
        mix, facts, when = self._mix(series, second), self._facts(series, second), duration(second)
        if mix and series.smoothing_s > 1:
            when = self.tr("{0}, {1} s mean").format(when, series.smoothing_s)
        said = [f"{name} {share}, {bounds}" for name, share, bounds in mix]
        text = "; ".join((when, *said, *facts, *notes))
        self.say(text, self._html(when, mix, (*facts, *notes)))

    def _mix(self, series: TimelineSeries, second: int) -> list[tuple[str, str, str]]:
        """Return name, share and bounds of each mood as drawn; nothing where there are none."""
        drawn = series.columns(second, second, 1)
        shares = drawn.shares[0]
        if math.isnan(shares[0]):
            return []
        bounds = [
            self.tr("{0} to {1}").format(round(100 * low), percent(high))
            for low, high in zip(drawn.low[0], drawn.high[0], strict=True)
        ]
        return list(zip(self._names, percents(shares.tolist()), bounds, strict=True))

    def _facts(self, series: TimelineSeries, second: int) -> list[str]:
        seen, used, coverage = series.seen[second], series.used[second], series.coverage[second]
        if math.isnan(seen):
            return [self.tr("no picture")]
        facts = [self.tr("{0:.0f} used of {1:.0f} seen").format(used, seen)]
        if not math.isnan(coverage):
            facts.append(self.tr("coverage {0}").format(percent(coverage)))
        return facts

    def _html(self, when: str, mix: list[tuple[str, str, str]], facts: tuple[str, ...]) -> str:
        colours = colours_for(self.palette())
        rows = "".join(
            f"<tr><td style='color:{colours.mood_texts[mood].name()}'>{MOOD_SYMBOLS[mood]}&nbsp;"
            f"{mix[mood][0]}&nbsp;&nbsp;</td><td align='right'><b>{mix[mood][1]}</b></td>"
            f"<td style='color:{colours.faint.name()}'>&nbsp;&nbsp;{mix[mood][2]}</td></tr>"
            for mood in (range(len(MOODS))[::-1] if mix else ())
        )
        told = "<br>".join(escape(fact) for fact in facts)
        table = f"<table cellspacing='0'>{rows}</table>" if rows else ""
        return f"<b>{when}</b>{table or '<br>'}{told}"
