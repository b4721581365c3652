"""Says in the window when the chosen model cannot be used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services


class ModelNotice(Banner):
    """A line that is there while sessions use the default model instead of the chosen one."""

    def __init__(
        self,
        services: Services,
        background: Background,
        open_settings: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._open_settings = open_settings

    def refresh(self, on_failure: Callable[[Exception], None]) -> None:
        """Verify the chosen model in a thread; on_failure hears of what is no answer."""
        self._background.run("check model", self._services.check_model, self.on_checked, on_failure)

    def on_checked(self, problem: str) -> None:
        """Show why the chosen model cannot be used, or nothing where it can."""
        if not problem:
            self.clear()
            return
        self.say(
            Tone.WARNING,
            self.tr("Sessions use the default model. The chosen one cannot be used: {0}").format(
                problem
            ),
            action=(self.tr("Settings…"), self._open_settings),
        )
