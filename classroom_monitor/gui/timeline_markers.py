"""The markers of a session as lines over both plots."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg

from classroom_monitor.contracts import Marker
from classroom_monitor.gui.palette import Colours

_LONGEST_TEXT = 24


class MarkerLines:
    """Keeps one line with a text in the upper plot, and one without in the lower, per marker."""

    def __init__(self, upper: pg.PlotItem, lower: pg.PlotItem) -> None:
        self._upper = upper
        self._lower = lower
        self._shown: tuple[Marker, ...] = ()
        self._lines: list[tuple[pg.InfiniteLine, pg.InfiniteLine]] = []
        self._colours: Colours | None = None

    def __len__(self) -> int:
        return len(self._lines)

    def show(self, markers: Sequence[Marker]) -> None:
        """Draw exactly these markers; costs nothing when they are the ones drawn already."""
        wanted = tuple(markers)
        if wanted == self._shown:
            return
        same = 0
        while same < min(len(wanted), len(self._shown)) and wanted[same] == self._shown[same]:
            same += 1
        for pair in self._lines[same:]:
            for plot, line in zip((self._upper, self._lower), pair, strict=True):
                plot.removeItem(line)
        self._lines = self._lines[:same] + [self._draw(marker) for marker in wanted[same:]]
        self._shown = wanted

    def dress(self, colours: Colours) -> None:
        """Draw all markers again, in these colours."""
        self._colours = colours
        shown = self._shown
        self.show(())
        self.show(shown)

    def _draw(self, marker: Marker) -> tuple[pg.InfiniteLine, pg.InfiniteLine]:
        pen = self._pen()
        options = {"position": 0.94, "anchors": [(0, 0.5), (0, 0.5)], "fill": None}
        if self._colours is not None:
            surface = self._colours.surface
            surface.setAlpha(215)
            options |= {"color": self._colours.marker, "fill": surface}
        line = pg.InfiniteLine(
            marker.t_s, angle=90, pen=pen, label=f"⚑ {_short(marker.text)}", labelOpts=options
        )
        shadow = pg.InfiniteLine(marker.t_s, angle=90, pen=pen)
        self._upper.addItem(line, ignoreBounds=True)
        self._lower.addItem(shadow, ignoreBounds=True)
        return line, shadow

    def _pen(self) -> object:
        return pg.mkPen(self._colours.marker if self._colours is not None else "k")


def _short(text: str) -> str:
    """Cut long texts, and keep InfiniteLine from reading braces in them as a format."""
    cut = text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
    return cut.replace("{", "{{").replace("}", "}}")
