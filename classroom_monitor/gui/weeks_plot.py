"""A course over its weeks: a point for each session's mean, with how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.comparison_plot import Compared
from classroom_monitor.gui.palette import Colours, colours_for
from classroom_monitor.sessions.comparison import CourseRow
from classroom_monitor.sessions.summary import RangeSummary

_AXIS_WIDTH_PX = 48
_POINT_PX = 9
_LINE_PX = 2
_MOST_LABELS = 14
_LABEL_ROWS_PX = 36


class WeeksPlot(QWidget):
    """Draws one value of each session in order; shares with their bounds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[CourseRow, ...] = ()
        self._compared: Compared = "positive"
        self._view = pg.GraphicsLayoutWidget()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot = self._view.addPlot(enableMenu=False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.vb.disableAutoRange()
        self._plot.getAxis("left").setWidth(_AXIS_WIDTH_PX)
        self._plot.getAxis("bottom").setHeight(_LABEL_ROWS_PX)
        self._line = pg.PlotDataItem(symbol="o", symbolSize=_POINT_PX)
        self._bounds = pg.ErrorBarItem(x=np.zeros(0), y=np.zeros(0))
        self._plot.addItem(self._bounds)
        self._plot.addItem(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self.setAccessibleName(self.tr("The course over its weeks"))
        self._dress()

    def show_rows(self, rows: Sequence[CourseRow]) -> None:
        """Draw these sessions, by date."""
        self._rows = tuple(rows)
        self._redraw()

    def compare(self, compared: Compared) -> None:
        """Show another value of the same sessions."""
        self._compared = compared
        self._dress()
        self._redraw()

    def values(self) -> tuple[list[float], list[float], list[float]]:
        """Return each session's value and its bounds; NaN where there is none."""
        triples = [_value(row.summary, self._compared) for row in self._rows]
        middle, low, high = zip(*triples, strict=True) if triples else ((), (), ())
        return list(middle), list(low), list(high)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _redraw(self) -> None:
        middle, low, high = (np.array(part, np.float64) for part in self.values())
        places = np.arange(len(middle), dtype=np.float64)
        there = np.isfinite(middle)
        self._line.setData(places[there], middle[there])
        self._bounds.setData(
            x=places[there],
            y=middle[there],
            top=np.nan_to_num((high - middle)[there]),
            bottom=np.nan_to_num((middle - low)[there]),
            beam=0.12,
        )
        step = max(1, -(-len(self._rows) // _MOST_LABELS))
        labels = [(n, self._label(row)) for n, row in enumerate(self._rows) if n % step == 0]
        self._plot.getAxis("bottom").setTicks([labels])
        self._plot.setXRange(-0.5, max(0.5, len(middle) - 0.5), padding=0)
        counts = self._compared == "seen"
        top = float(np.nanmax(middle)) * 1.15 + 1 if counts and there.any() else 1.0
        ticks = None if counts else [[(part / 4, f"{25 * part}%") for part in range(5)]]
        self._plot.getAxis("left").setTicks(ticks)
        self._plot.setYRange(0, top, padding=0.02)
        told = zip(self._rows, middle, strict=True)
        said = ", ".join(f"{row.title} {value:.2f}" for row, value in told)
        self.setAccessibleDescription(said)

    def _label(self, row: CourseRow) -> str:
        return self.tr("week {0}").format(row.week) + f"\n{row.day:%m-%d}"

    def _dress(self) -> None:
        colours = colours_for(self.palette())
        colour = self._colour(colours)
        self._view.setBackground(colours.surface)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setPen(pg.mkPen(colours.border))
            self._plot.getAxis(side).setTextPen(pg.mkPen(colours.faint))
        self._line.setPen(pg.mkPen(colour, width=_LINE_PX))
        self._line.setSymbolBrush(pg.mkBrush(colour))
        self._line.setSymbolPen(pg.mkPen(colours.surface))
        self._bounds.setData(pen=pg.mkPen(colour, width=_LINE_PX))

    def _colour(self, colours: Colours) -> QColor:
        if self._compared in MOODS:
            return colours.mood_texts[MOODS.index(self._compared)]
        return colours.coverage


def _value(summary: RangeSummary, compared: Compared) -> tuple[float, float, float]:
    nothing = float("nan")
    if compared in ("coverage", "seen"):
        value = summary.coverage_median if compared == "coverage" else summary.seen_median
        return (nothing if value is None else value, nothing, nothing)
    if summary.shares is None or summary.low is None or summary.high is None:
        return nothing, nothing, nothing
    mood = MOODS.index(compared)
    return summary.shares[mood], summary.low[mood], summary.high[mood]
