"""What the colours and hatches of the timeline mean, and what is under the pointer."""

# ruff: noqa: N802 - overrides keep Qt's names

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.formats import duration, percent
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.gui.theme import SPACING_PX, Caption
from classroom_monitor.gui.timeline_series import TimelineSeries


class Swatch(QWidget):
    """A small sample of how missing seconds are painted."""

    def __init__(self, *, hatched: bool) -> None:
        super().__init__()
        self._hatched = hatched
        self.setFixedSize(QSize(18, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sample."""
        colours = colours_for(self.palette())
        painter = QPainter(self)
        fill = QBrush(colours.gap)
        if self._hatched:
            fill = QBrush(colours.hatch, Qt.BrushStyle.BDiagPattern)
        painter.fillRect(self.rect(), fill)
        painter.setPen(colours.border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Legend(QWidget):
    """Names and symbols on the left, the values under the pointer on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(SPACING_PX)
        self._moods = []
        for symbol, name, mood in reversed(
            list(zip(MOOD_SYMBOLS, self._names, MOODS, strict=True))
        ):
            label = Caption(f"{symbol} {name}")
            label.setProperty("mood", mood)
            self._moods.append(label)
            row.addWidget(label)
        self._few = (Swatch(hatched=True), Caption(self.tr("too few faces")))
        for widget in (*self._few, Swatch(hatched=False), Caption(self.tr("no picture"))):
            row.addWidget(widget)
        self._values = QLabel()
        self._values.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._values, 1)

    @property
    def values_text(self) -> str:
        """What is said about the second under the pointer."""
        return self._values.text()

    def set_counts_only(self, counts_only: bool) -> None:
        """Leave the moods out where there are none."""
        for widget in (*self._moods, *self._few):
            widget.setVisible(not counts_only)

    def show_second(self, series: TimelineSeries, second: int | None) -> None:
        """Say what a second holds; None for no second."""
        if second is None or second >= len(series):
            self._values.clear()
            return
        parts = [duration(second)]
        shares = series.shares[second]
        seen, used, coverage = series.seen[second], series.used[second], series.coverage[second]
        if math.isnan(seen):
            parts.append(self.tr("no picture"))
        else:
            if not math.isnan(shares[0]):
                parts += [
                    f"{symbol} {percent(share)}"
                    for symbol, share in zip(MOOD_SYMBOLS, shares, strict=True)
                ]
            parts.append(self.tr("{0:.0f} used of {1:.0f} seen").format(used, seen))
            if not math.isnan(coverage):
                parts.append(self.tr("coverage {0}").format(percent(coverage)))
        self._values.setText("   ".join(parts))
