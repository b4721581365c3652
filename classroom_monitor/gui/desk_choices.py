"""What is chosen on the desk while a session runs, kept for the next one, too."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.settings import Settings


class DeskChoices(QObject):
    """Keeps how the timeline is drawn and whether there are alerts."""

    changed = Signal()
    problem = Signal(object)  # Exception

    def __init__(self, services: Services, news: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._news = news

    def keep_look(self, look: TimelineLook) -> None:
        """Draw the timeline like this from now on; the figures are smoothed alike."""
        settings = replace(
            self._services.settings,
            timeline_style=look.style,
            bands=look.bands,
            smoothing_s=look.smoothing_s,
        )
        self._save(settings)

    def turn_alerts_off(self) -> None:
        """Turn alerts off for good, with a way back."""
        self._save(replace(self._services.settings, alerts=False))
        text = self.tr("Alerts are off. They can be adjusted in the settings.")
        self._news.say(Tone.INFO, text, action=(self.tr("Turn on again"), self.turn_alerts_on))

    def turn_alerts_on(self) -> None:
        """Turn alerts on again."""
        self._save(replace(self._services.settings, alerts=True))

    def _save(self, settings: Settings) -> None:
        try:
            self._services.save_settings(settings)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
        self.changed.emit()
