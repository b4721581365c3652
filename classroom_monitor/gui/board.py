"""A small board over a plot, beside what is pointed at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from classroom_monitor.gui.theme import Card, set_text_size

_MARGIN_PX = 10


class Board(Card):
    """Rich text that the mouse goes through, and the same as one plain line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self._board = QLabel()
        self._board.setTextFormat(Qt.TextFormat.RichText)
        set_text_size(self._board, 0.92)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.addWidget(self._board)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, as one line for those who hear it; "" for nothing."""
        return self._text

    def say(self, text: str, html: str) -> None:
        """Show html and keep the same as plain text; nothing for ""."""
        self._text = text
        if not text:
            self.hide()
            return
        if html != self._board.text():
            self._board.setText(html)
            self.adjustSize()
        self.show()
        self.raise_()

    def stand_beside(self, x_px: float, top_px: float, room_px: tuple[float, float]) -> None:
        """Stand right of a place in the parent, or left of it; room_px is where it may stand."""
        x = x_px + _MARGIN_PX
        if x + self.width() > room_px[1]:
            x = max(room_px[0], x_px - _MARGIN_PX - self.width())
        self.move(round(x), round(top_px))
