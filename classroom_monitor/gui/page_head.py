"""The head of the window: one button per page, and the settings."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget

from classroom_monitor.gui.theme import MARGIN_PX


class PageHead(QWidget):
    """Shows which page is in view, and asks for another one or for the settings."""

    page_chosen = Signal(int)
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = QButtonGroup(self)
        self._pages = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 8, MARGIN_PX, 0)
        row.addLayout(self._pages)
        row.addStretch(1)
        self._settings = QPushButton(self.tr("Settings…"))
        self._settings.setFlat(True)
        self._settings.setToolTip("Ctrl+,")
        self._settings.clicked.connect(self.settings_requested)
        row.addWidget(self._settings)
        self._buttons.idClicked.connect(self.page_chosen)

    def add_page(self, name: str, keys: str) -> None:
        """Add a button for the next page, with its shortcut as tooltip."""
        button = QToolButton()
        button.setObjectName("page")
        button.setText(name)
        button.setToolTip(keys)
        button.setCheckable(True)
        self._buttons.addButton(button, len(self._buttons.buttons()))
        self._pages.addWidget(button)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from left to right; behind a window's last widget Qt would move nothing."""
        super().showEvent(event)
        for before, after in pairwise((*self._buttons.buttons(), self._settings)):
            self.setTabOrder(before, after)

    def show_page(self, page: int) -> None:
        """Mark the page that is in view."""
        self._buttons.button(page).setChecked(True)
