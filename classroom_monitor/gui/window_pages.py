"""The pages of the window, one in view, and the head that leads to each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from classroom_monitor.gui.page_area import PageArea
from classroom_monitor.gui.page_head import PageHead
from classroom_monitor.gui.window_page import WindowPage


class WindowPages(QStackedWidget):
    """Holds pages in the order in which they were added; the head is laid out by the window."""

    problem = Signal(object)  # Exception, of any page
    open_session = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead()
        self.areas: list[PageArea] = []
        self.names: list[str] = []

    def add(self, name: str, page: WindowPage) -> None:
        """Add a page with its name, which holds its mnemonic in the menu."""
        area = PageArea(page, page.fit_width)
        self.areas.append(area)
        self.names.append(name)
        self.addWidget(area)
        self.head.add_page(name.replace("&", ""), page_keys(len(self.names) - 1))
        page.problem.connect(self.problem)
        page.open_session.connect(self.open_session)

    @property
    def in_view(self) -> WindowPage:
        """The page in view."""
        page = self.areas[self.currentIndex()].widget()
        assert isinstance(page, WindowPage)
        return page

    def show_page(self, number: int) -> None:
        """Bring a page into view, up to date."""
        self.setCurrentIndex(number)
        self.head.show_page(number)
        self.in_view.on_shown()


def page_keys(number: int) -> str:
    """Return the shortcut of a page."""
    return f"Ctrl+{number + 1}"
