"""The labelled markers of a running session as buttons, numbered like the keys that set them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from classroom_monitor.gui.plain_tip import plain_tip

MOST_LABELS = 9
_LONGEST_LABEL = 24


def marker_labels(setting: str) -> tuple[str, ...]:
    """Return the labels of the keys 1 to 9 in the setting: separated by commas, may be empty."""
    labels = tuple(" ".join(label.split()) for label in setting.split(","))
    return labels[:MOST_LABELS]


def label_of(labels: Sequence[str], digit: str) -> str:
    """Return what the marker of a key says: its label, or the digit where there is none."""
    place = int(digit) - 1
    return labels[place] if place < len(labels) and labels[place] else digit


class MarkerButtons(QWidget):
    """A button per label; hidden where no key has one."""

    mark_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: tuple[str, ...] = ()
        self.buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self.hide()

    def show_labels(self, labels: Sequence[str]) -> None:
        """Offer exactly these markers, each under its place; empty ones have no button."""
        if tuple(labels) == self._labels:
            return
        self._labels = tuple(labels)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = [
            self._button(place, label) for place, label in enumerate(self._labels, 1) if label
        ]
        for place, button in enumerate(self.buttons):
            self._row.insertWidget(place, button)
        self.setVisible(any(self._labels))

    def _button(self, number: int, label: str) -> QToolButton:
        button = QToolButton()
        short = label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
        button.setText(f"{number}  {short}")
        button.setToolTip(plain_tip(self.tr("Marker “{0}” (key {1})").format(label, number)))
        button.setAccessibleName(self.tr("Marker {0}").format(label))
        button.clicked.connect(lambda: self.mark_requested.emit(label))
        return button
