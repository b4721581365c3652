"""What the colours and hatches of the timeline mean."""

from __future__ import annotations

import enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.flow_layout import FlowLayout
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
        row = FlowLayout(self, across_px=SPACING_PX, down_px=2)
        row.setContentsMargins(4, 0, 4, 0)
        self._moods: list[QWidget] = []
        for symbol, name, mood in list(zip(MOOD_SYMBOLS, self._names, MOODS, strict=True))[::-1]:
            label = Caption(f"{symbol} {name}")
            label.setProperty("mood", mood)
            self._moods.append(label)
        self._bounds = _entry(Sample.BOUNDS, self.tr("how sure"))
        self._bounds.setToolTip(self.tr("Bounds of the shares: the more faces, the closer"))
        self._moods.append(_entry(Sample.TOO_FEW, self.tr("too few faces")))
        self._faces = [
            _entry(Sample.USED, self.tr("faces used")),
            _entry(Sample.UNUSED, self.tr("seen but not used")),
        ]
        self._left_out = _entry(Sample.LEFT_OUT, self.tr("left out"))
        gap = _entry(Sample.GAP, self.tr("no picture"))
        for widget in (*self._moods[:-1], self._bounds, self._moods[-1], *self._faces, gap):
            row.addWidget(widget)
        row.addWidget(self._left_out)
        self._counts_only, self._bands = False, True
        self.set_counts_only(False)
        self.set_left_out(False)

    def set_counts_only(self, counts_only: bool) -> None:
        """Explain the moods, or where there are none, the faces."""
        self._counts_only = counts_only
        for widget in self._moods:
            widget.setVisible(not counts_only)
        for widget in self._faces:
            widget.setVisible(counts_only)
        self.set_bands(self._bands)

    def set_bands(self, bands: bool) -> None:
        """Explain the bounds of shares, or not where they aren't drawn."""
        self._bands = bands
        self._bounds.setVisible(bands and not self._counts_only)

    def set_left_out(self, left_out: bool) -> None:
        """Explain exclusions where there are any."""
        self._left_out.setVisible(left_out)


def _entry(sample: Sample, name: str) -> QWidget:
    entry = QWidget()
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(5)
    row.addWidget(Swatch(sample))
    row.addWidget(Caption(name))
    return entry
