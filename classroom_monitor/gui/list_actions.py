"""What can be done with the sessions that are selected in the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from classroom_monitor.contracts import SessionInfo
from classroom_monitor.gui.theme import SPACING_PX


class ListActions(QWidget):
    """A row of buttons; deleting stands apart from the rest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delete = _button(
            self.tr("&Delete"), self.tr("Delete the selected sessions; it can be undone (Delete)")
        )
        self.export = _button(
            self.tr("&Export…"), self.tr("Write the selected sessions as files (Ctrl+E)")
        )
        self.course = _button(
            self.tr("Over the &weeks"), self.tr("The selected session's course, week by week")
        )
        self.compare = _button(
            self.tr("&Compare"), self.tr("Lay the selected sessions over each other")
        )
        self.open = _button(self.tr("&Open"), self.tr("Open the session (Enter)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        row.addWidget(self.delete)
        row.addStretch(1)
        for button in (self.export, self.course, self.compare, self.open):
            row.addWidget(button)

    def allow(self, chosen: Sequence[SessionInfo]) -> None:
        """Allow what can be done with these sessions."""
        courses = {info.course.casefold() for info in chosen}
        self.open.setEnabled(len(chosen) == 1)
        self.compare.setEnabled(len(chosen) > 1)
        self.course.setEnabled(len(courses) == 1 and courses != {""})
        self.export.setEnabled(bool(chosen))
        self.delete.setEnabled(bool(chosen))


def _button(text: str, explanation: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(explanation)
    return button
