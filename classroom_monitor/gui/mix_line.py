"""The mix of a stretch where there is little room: a bar, and the three shares in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from classroom_monitor.contracts import MOODS
from classroom_monitor.gui.formats import NO_VALUE, percents
from classroom_monitor.gui.mix_bar import MixBar
from classroom_monitor.gui.palette import MOOD_SYMBOLS
from classroom_monitor.gui.theme import Caption, set_text_size
from classroom_monitor.gui.timeline_series import Mix


class MixLine(QWidget):
    """A caption and a note, the bar, and the shares with symbol and name."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption, self._note = Caption(caption), Caption()
        self._bar = MixBar()
        self._names = (self.tr("negative"), self.tr("neutral"), self.tr("positive"))
        self._values = [QLabel(NO_VALUE) for _ in self._names]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._caption, 0, 0, 1, 2)
        grid.addWidget(self._note, 0, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._bar, 1, 0, 1, 3)
        for column, (value, mood) in enumerate(zip(self._values, MOODS, strict=True)):
            value.setProperty("mood", mood)
            set_text_size(value, 1.0, bold=True)
            grid.addWidget(value, 2, column)
            grid.setColumnStretch(column, 1)

    def show_mix(self, mix: Mix | None, note: str) -> None:
        """Show a mix, or none, with a note that says what it is made from."""
        self._bar.show_mix(mix)
        self._note.setText(note)
        texts = percents(mix.shares) if mix else [NO_VALUE] * len(MOODS)
        shown = zip(self._values, MOOD_SYMBOLS, self._names, texts, strict=True)
        for value, symbol, name, text in shown:
            value.setText(f"{symbol} {name} {text}")
        said = ", ".join(f"{n} {t}" for n, t in zip(self._names, texts, strict=True))
        self.setAccessibleName(f"{self._caption.text()}: {said}. {note}")
