"""Pages of which one is in view, and needs only the room that it needs itself."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """A stack that asks for what the page in view needs at least, and takes what there is.

    Inside a scroll area a stack would else be as high as its hidden pages wish to be, and scroll
    although what is in view fits.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """What the page in view needs."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the page in view needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        """Wrapped texts inside find room where they are."""
        return False
