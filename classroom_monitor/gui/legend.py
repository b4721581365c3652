"""What the colours and hatches of the timeline mean."""

from __future__ import annotations

import enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.gui.theme import SPACING_PX, Caption


class Sample(enum.Enum):
    """What a swatch is a sample of."""

    TOO_FEW = "too few"
    GAP = "gap"
    USED = "used"
    UNUSED = "unused"
    LEFT_OUT = "left out"
    BOUNDS = "bounds"


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
            Sample.LEFT_OUT: QBrush(colours.excluded, Qt.BrushStyle.FDiagPattern),
            Sample.BOUNDS: QBrush(colours.ink, Qt.BrushStyle.Dense6Pattern),
        }
        painter = QPainter(self)
        painter.fillRect(self.rect(), fills[self._sample])
        painter.setPen(colours.border)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Legend(QWidget):
    """Names, symbols and samples of everything that the timeline paints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(SPACING_PX)
        self._counts_only, self._shows_bands = False, True
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
        row.addWidget(_entry(Sample.LEFT_OUT, self.tr("left out")))
        self._bands = _entry(Sample.BOUNDS, self.tr("how sure"))
        self._bands.setToolTip(self.tr("Bounds of the shares: the more faces, the closer"))
        self._with_moods.append(self._bands)
        row.addWidget(self._bands)
        row.addStretch(1)

    def set_counts_only(self, counts_only: bool) -> None:
        """Explain the moods, or where there are none, the faces."""
        self._counts_only = counts_only
        for widget in self._with_moods:
            widget.setVisible(not counts_only)
        self.set_bands(self._shows_bands)
        for widget in self._without:
            widget.setVisible(counts_only)

    def set_bands(self, bands: bool) -> None:
        """Explain the bounds of shares, or not where they aren't drawn."""
        self._shows_bands = bands
        self._bands.setVisible(bands and not self._counts_only)


def _entry(sample: Sample, name: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(Swatch(sample))
    row.addWidget(Caption(name))
    return entry
