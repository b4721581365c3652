"""The buttons beside a timeline that choose how it is drawn."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from classroom_monitor.gui.timeline_look import TimelineLook

_SMOOTHING_S = (1, 5, 15, 30, 60, 120)


class TimelineOptions(QWidget):
    """Stacked or lines, bounds or none, over how many seconds means are taken."""

    changed = Signal(object)  # TimelineLook

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = TimelineLook()
        self.stacked = _button(self.tr("Stacked"), self.tr("The three shares on each other"))
        self.lines = _button(self.tr("Lines"), self.tr("A line for each share"))
        self.bands = _button(self.tr("Bounds"), self.tr("How sure the shares are"))
        self._styles = QButtonGroup(self)
        self.smoothing = QComboBox()
        self.smoothing.setAccessibleName(self.tr("Smoothing"))
        self.smoothing.setToolTip(self.tr("Over how many seconds means are taken"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self.stacked, self.lines):
            self._styles.addButton(button)
        self.fields = (self.stacked, self.lines, self.bands, self.smoothing)
        for widget in self.fields:
            row.addWidget(widget)
        self.show_look(self._look)
        self._styles.buttonClicked.connect(self.on_chosen)
        self.bands.clicked.connect(self.on_chosen)
        self.smoothing.activated.connect(self.on_chosen)

    @property
    def look(self) -> TimelineLook:
        """What is chosen now."""
        return self._look

    def show_look(self, look: TimelineLook) -> None:
        """Show a look as the chosen one, quietly."""
        self._look = look
        self.stacked.setChecked(look.style == "stacked")
        self.lines.setChecked(look.style == "lines")
        self.bands.setChecked(look.bands)
        self.smoothing.clear()
        for seconds in sorted({*_SMOOTHING_S, look.smoothing_s}):
            name = self.tr("{0} s mean").format(seconds) if seconds > 1 else self.tr("each second")
            self.smoothing.addItem(name, seconds)
        self.smoothing.setCurrentIndex(self.smoothing.findData(look.smoothing_s))

    def set_counts_only(self, counts_only: bool) -> None:
        """Offer only what counts can be drawn in."""
        for button in (self.stacked, self.lines, self.bands):
            button.setVisible(not counts_only)

    def on_chosen(self) -> None:
        """Tell what was chosen."""
        self._look = replace(
            self._look,
            style="lines" if self.lines.isChecked() else "stacked",
            bands=self.bands.isChecked(),
            smoothing_s=int(self.smoothing.currentData()),
        )
        self.changed.emit(self._look)


def _button(name: str, explanation: str) -> QToolButton:
    button = QToolButton()
    button.setText(name)
    button.setToolTip(explanation)
    button.setCheckable(True)
    button.setAutoRaise(True)
    return button
