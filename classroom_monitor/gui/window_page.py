"""What the window needs from a page, so that a new one is added by a line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class WindowPage(QWidget):
    """A page of the window; each method may stay as it is where a page has no use for it."""

    problem = Signal(object)  # Exception, for the window to show
    open_session = Signal(int)

    def on_shown(self) -> None:
        """The page came into view: bring it up to date."""
        self.refresh()

    def refresh(self) -> None:
        """Read anew what the page lists (Ctrl+R)."""

    def export(self) -> None:
        """Export what the page shows (Ctrl+E)."""

    def fit_width(self, width_px: int) -> None:
        """Arrange what is on the page for the width that is there."""
