"""How the timeline is drawn, as far as the user chooses it."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.settings import Settings, TimelineStyle


@dataclass(frozen=True, slots=True)
class TimelineLook:
    """Stacked shares or lines, whether confidence bounds are drawn, over how long means are taken.

    smoothing_s is the length of a centred moving mean in seconds; 1 draws every second as it is.
    """

    style: TimelineStyle = "stacked"
    bands: bool = True
    smoothing_s: int = 1

    @classmethod
    def chosen(cls, settings: Settings) -> TimelineLook:
        """Return the look that the settings hold."""
        return cls(settings.timeline_style, settings.bands, settings.smoothing_s)
