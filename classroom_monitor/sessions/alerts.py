"""Quiet alerts of a running session: negative risen, or coverage low, for long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from classroom_monitor.contracts import TimelinePoint

AlertKind = Literal["negative", "coverage"]


@dataclass(frozen=True, slots=True)
class AlertState:
    """An alert that is on: since when (seconds from the session's start), and its figures.

    value is the smoothed share or coverage now; usual is what the share usually was, or the
    coverage below which the alert comes.
    """

    kind: AlertKind
    since_s: float
    value: float
    usual: float


@dataclass(frozen=True, slots=True)
class AlertLimits:
    """When alerts come, as in the settings.

    negative_rise is in shares above the usual, coverage the least that is fine, after_s how long
    either must last.
    """

    negative_rise: float
    coverage: float
    after_s: int


class Alerts:
    """Watches one session's finished seconds. Pure: no clock, no threads."""

    def __init__(self, limits: AlertLimits) -> None:
        self._limits = limits

    def add(self, point: TimelinePoint) -> tuple[AlertState, ...]:
        """Take the next finished second and return the alerts that are on, negative first."""
        return ()

    def dismiss(self, kind: AlertKind) -> None:
        """Turn an alert off until what caused it has been over and comes again."""
