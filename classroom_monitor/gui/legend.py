"""What the colours and hatches of the timeline mean, and what is under the pointer."""

from __future__ import annotations

import enum
import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.formats import duration, percent, percents
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.gui.theme import SPACING_PX, Caption
from classroom_monitor.gui.timeline_series import TimelineSeries


class Sample(enum.Enum):
    """What a swatch is a sample of."""

    TOO_FEW = "too few"
    GAP = "gap"
    USED = "used"
    UNUSED = "unused"


class Swatch(QWidget):
    """A small sample of how the timeline paints something."""

    def __init__(self, sample: Sample) -> None:
        super().__init__()
        self._sample = sample
        self.setFixedSize(QSize(18, 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sample."""
        colours = colours_for(self.palette())
        fills = {
            Sample.TOO_FEW: QBrush(colours.hatch, Qt.BrushStyle.BDiagPattern),
            Sample.GAP: QBrush(colours.gap),
            Sample.USED: QBrush(colours.coverage),
            Sample.UNUSED: QBrush(colours.unused),
        }
        painter = QPainter(self)
        painter.fillRect(self.rect(), fills[self._sample])
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
        self._with_moods: list[QWidget] = []
        self._without: list[QWidget] = []
        for symbol, name, mood in list(zip(MOOD_SYMBOLS, self._names, MOODS, strict=True))[::-1]:
            label = Caption(f"{symbol} {name}")
            label.setProperty("mood", mood)
            self._with_moods.append(label)
        self._with_moods.append(_entry(Sample.TOO_FEW, self.tr("too few faces")))
        self._without.append(_entry(Sample.USED, self.tr("faces used")))
        self._without.append(_entry(Sample.UNUSED, self.tr("seen but not used")))
        for widget in (*self._with_moods, *self._without):
            row.addWidget(widget)
        row.addWidget(_entry(Sample.GAP, self.tr("no picture")))
        self._values = QLabel()
        self._values.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._values, 1)

    @property
    def values_text(self) -> str:
        """What is said about the second under the pointer."""
        return self._values.text()

    def set_counts_only(self, counts_only: bool) -> None:
        """Explain the moods, or where there are none, the faces."""
        for widget in self._with_moods:
            widget.setVisible(not counts_only)
        for widget in self._without:
            widget.setVisible(counts_only)

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
                texts = percents(shares.tolist())
                parts += [f"{s} {text}" for s, text in zip(MOOD_SYMBOLS, texts, strict=True)]
            parts.append(self.tr("{0:.0f} used of {1:.0f} seen").format(used, seen))
            if not math.isnan(coverage):
                parts.append(self.tr("coverage {0}").format(percent(coverage)))
        self._values.setText("   ".join(parts))


def _entry(sample: Sample, name: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(Swatch(sample))
    row.addWidget(Caption(name))
    return entry
