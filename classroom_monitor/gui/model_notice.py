"""Says in the window when a chosen model or face finder cannot be used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone


class ModelNotice(Banner):
    """A line that is there while sessions use something else instead of what was chosen."""

    def __init__(
        self,
        check: Callable[[], str],
        said: str,
        background: Background,
        open_settings: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """check returns why the choice cannot be used, or ""; said is the line, with {0} for it."""
        super().__init__(parent)
        self._check = check
        self._said = said
        self._background = background
        self._open_settings = open_settings

    def refresh(self, on_failure: Callable[[Exception], None]) -> None:
        """Verify the choice in a thread; on_failure hears of what is no answer."""
        self._background.run("check model", self._check, self.on_checked, on_failure)

    def on_checked(self, problem: str) -> None:
        """Show why the choice cannot be used, or nothing where it can."""
        if not problem:
            self.clear()
            return
        self.say(
            Tone.WARNING,
            self._said.format(problem),
            action=(self.tr("Settings…"), self._open_settings),
        )
