"""What the compared sessions have at the time that is pointed at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from classroom_monitor.gui.board import Board
from classroom_monitor.gui.formats import NO_VALUE, duration, percent
from classroom_monitor.gui.palette import colours_for


class ComparisonBoard(Board):
    """One line per session, in the colours of the curves."""

    def show_values(
        self, at_s: float, names: Sequence[str], values: Sequence[float], *, counts: bool
    ) -> None:
        """Show each session's value, a share or a count; NaN is a dash."""
        told = [_told(value, counts=counts) for value in values]
        colours = colours_for(self.palette()).curves
        rows = "".join(
            f"<tr><td style='color:{colours[number % len(colours)].name()}'>━&nbsp;</td>"
            f"<td>{escape(name)}&nbsp;&nbsp;</td><td align='right'><b>{value}</b></td></tr>"
            for number, (name, value) in enumerate(zip(names, told, strict=True))
        )
        said = [f"{name} {value}" for name, value in zip(names, told, strict=True)]
        when = duration(at_s)
        self.say("; ".join((when, *said)), f"<b>{when}</b><table cellspacing='0'>{rows}</table>")


def _told(value: float, *, counts: bool) -> str:
    if math.isnan(value):
        return NO_VALUE
    return f"{value:.0f}" if counts else percent(value)
