"""The mix of a stretch of time as a bar and three numbers that can be read from afar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.formats import NO_VALUE, percents
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.gui.theme import Caption, set_text_size
from classroom_monitor.gui.timeline_series import Mix


class MixBar(QWidget):
    """One stacked bar: negative, neutral, positive from left to right; hatched where unknown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mix: Mix | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A slim bar."""
        return QSize(240, 14)

    def show_mix(self, mix: Mix | None) -> None:
        """Show a mix, or that there is none."""
        self._mix = mix
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the three shares side by side in a rounded bar."""
        colours = colours_for(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 7, 7)
        painter.setClipPath(outline)
        if self._mix is None:
            painter.fillRect(self.rect(), colours.gap)
            return
        left = 0.0
        for share, colour in zip(self._mix.shares, colours.moods, strict=True):
            width = share * self.width()
            painter.fillRect(QRectF(left, 0, max(width - 1.5, 0), self.height()), colour)
            left += width


class MixRow(QWidget):
    """A caption, a bar, and the three shares as large numbers with symbol and name."""

    def __init__(self, caption: str, parent: QWidget | None = None, *, scale: float = 2.6) -> None:
        super().__init__(parent)
        self._caption = QLabel(caption)
        self._note = Caption()
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._bar = MixBar()
        self._names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
        self._values = [QLabel(NO_VALUE) for _ in self._names]
        self._labels = [
            QLabel(f"{symbol} {name}")
            for symbol, name in zip(MOOD_SYMBOLS, self._names, strict=True)
        ]
        for label, mood in zip(self._labels, MOODS, strict=True):
            label.setProperty("mood", mood)
        self.set_scale(scale)
        top = QGridLayout()
        top.addWidget(self._caption, 0, 0)
        top.addWidget(self._note, 0, 1)
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for column, (value, label) in enumerate(zip(self._values, self._labels, strict=True)):
            grid.addWidget(value, 0, column)
            grid.addWidget(label, 1, column)
            grid.setColumnStretch(column, 1)
        column_layout = QVBoxLayout(self)
        column_layout.setContentsMargins(0, 0, 0, 0)
        column_layout.setSpacing(6)
        column_layout.addLayout(top)
        column_layout.addWidget(self._bar)
        column_layout.addLayout(grid)
        self.show_mix(None, "")

    def set_scale(self, scale: float) -> None:
        """Write the numbers in a multiple of the captions' font size."""
        for value in self._values:
            set_text_size(value, scale, bold=True)

    def show_mix(self, mix: Mix | None, note: str) -> None:
        """Show a mix, or none, with a note that says what it is made from or why there is none."""
        self._bar.show_mix(mix)
        self._note.setText(note)
        texts = percents(mix.shares) if mix else [NO_VALUE] * len(MOODS)
        for value, text in zip(self._values, texts, strict=True):
            value.setText(text)
        said = ", ".join(f"{n} {t}" for n, t in zip(self._names, texts, strict=True))
        self.setAccessibleName(f"{self._caption.text()}: {said}. {note}")
