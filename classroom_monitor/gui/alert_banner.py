"""A quiet line while negative is risen or coverage is low for long; off in one click."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.formats import percent
from classroom_monitor.gui.palette import Tone
from classroom_monitor.sessions.alerts import AlertState


class AlertBanner(Banner):
    """Says what is on; costs nothing while that stays the same minute after minute."""

    off_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: tuple[tuple[str, int], ...] = ()

    def show_alerts(self, alerts: tuple[AlertState, ...], now_s: float) -> None:
        """Say which alerts are on, now_s seconds into the session; nothing for none."""
        wanted = tuple((alert.kind, _minutes(alert, now_s)) for alert in alerts)
        if wanted == self._said:
            return
        self._said = wanted
        if not alerts:
            self.clear()
            return
        text = "  ".join(alert_text(alert, now_s) for alert in alerts)
        self.say(Tone.INFO, text, action=(self.tr("Turn &alerts off"), self.off_requested.emit))


def alert_text(alert: AlertState, now_s: float) -> str:
    """Return a sentence for an alert that is on."""
    minutes = _minutes(alert, now_s)
    since = _tr("for {0} min").format(minutes) if minutes else _tr("for under a minute")
    if alert.kind == "negative":
        text = _tr("More negative than usual {0}: {1}, usually {2}.")
    else:
        text = _tr("Low coverage {0}: {1} of the expected faces can be used, {2} is the limit.")
    return text.format(since, percent(alert.value), percent(alert.usual))


def _minutes(alert: AlertState, now_s: float) -> int:
    return int((now_s - alert.since_s) // 60)


def _tr(text: str) -> str:
    return QCoreApplication.translate("AlertBanner", text)
