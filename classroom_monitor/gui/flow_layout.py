"""Widgets in a row that goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays out visible widgets from left to right, each as wide as it wants to be."""

    def __init__(self, parent: QWidget, *, across_px: int, down_px: int) -> None:
        super().__init__(parent)
        self._across_px, self._down_px = across_px, down_px
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take over an item, after the others."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away, or None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Use no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Grow downwards where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the lines are together."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Move the widgets to their places, with what height is left over halved."""
        super().setGeometry(rect)
        spare_px = rect.height() - self.heightForWidth(rect.width())
        self._place(rect.translated(0, max(0, spare_px // 2)), move=True)

    def sizeHint(self) -> QSize:
        """Wish for one line."""
        margins, sizes = self.contentsMargins(), self._sizes()
        width = sum(size.width() for size in sizes) + self._across_px * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(margins)

    def minimumSize(self) -> QSize:
        """Need room for the widest widget."""
        margins: QMargins = self.contentsMargins()
        least = QSize(0, 0)
        for size in self._sizes():
            least = least.expandedTo(size)
        return least.grownBy(margins)

    def _sizes(self) -> list[QSize]:
        return [item.sizeHint() for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Go through the widgets line by line; return the height that they take."""
        inside = rect.marginsRemoved(self.contentsMargins())
        x, y, line_px = inside.x(), inside.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > inside.x() and x + size.width() > inside.right() + 1:
                x, y, line_px = inside.x(), y + line_px + self._down_px, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._across_px
            line_px = max(line_px, size.height())
        return y + line_px - rect.y() + self.contentsMargins().bottom()
