"""What is drawn of the seconds in view: the mix or the faces above, the coverage below."""

from __future__ import annotations

import numpy as np

from classroom_monitor.gui.bands import BandsItem
from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.timeline_canvas import TimelineCanvas
from classroom_monitor.gui.timeline_lines import BoundsItem, LinesItem
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_means import FloatArray
from classroom_monitor.gui.timeline_series import Columns, TimelineSeries

_MOST_COLUMNS = 2000
_LEAST_COLUMNS = 100
_PX_A_POINT = 2
_BOUNDS_ALPHA = 110


class TimelineCurves:
    """Thins a series to what is in view and hands it to the items that paint it."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        self._canvas = canvas
        self._series = TimelineSeries()
        self._counts_only = False
        self._look = TimelineLook()
        self.moods, self.faces, self.coverage = BandsItem(), BandsItem(), BandsItem()
        self.holes = BandsItem()
        self.borders, self.bounds = BoundsItem(), BoundsItem(joined=True)
        self.lines = LinesItem()
        upper = (self.moods, self.borders, self.holes, self.bounds, self.lines, self.faces)
        for item in upper:
            canvas.upper.addItem(item)
        canvas.lower.addItem(self.coverage)
        self._show_wanted()

    @property
    def look(self) -> TimelineLook:
        """How the seconds are drawn."""
        return self._look

    def set_look(self, look: TimelineLook) -> None:
        """Draw in this way from now on."""
        if look != self._look:
            self._look = look
            self._series.smooth(look.smoothing_s)
            self._show_wanted()
            self.redraw()

    def set_counts_only(self, counts_only: bool) -> None:
        """Draw faces instead of moods, or moods again."""
        self._counts_only = counts_only
        if not counts_only:
            self._canvas.share_axis()
        self._show_wanted()
        self.redraw()

    def show_series(self, series: TimelineSeries) -> None:
        """Draw this series."""
        if series is not self._series or series.smoothing_s != self._look.smoothing_s:
            series.smooth(self._look.smoothing_s)
        self._series = series
        self.redraw()

    def dress(self, colours: Colours) -> None:
        """Use these colours."""
        self.moods.set_colours(colours.moods, colours.hatch, colours.gap)
        self.holes.set_colours((), colours.hatch, colours.gap)
        self.borders.set_colours((colours.surface, colours.surface), _BOUNDS_ALPHA)
        self.bounds.set_colours(colours.mood_texts)
        self.lines.set_colours(colours.mood_texts)
        self.coverage.set_colours((colours.coverage,), colours.hatch, colours.gap)
        self.faces.set_colours((colours.coverage, colours.unused), colours.hatch, colours.gap)

    def redraw(self) -> None:
        """Thin the series anew for what is in view now."""
        columns = self._series.columns(*self._canvas.view_s, self._most_columns())
        none, blank = np.zeros_like(columns.gap), np.isnan(columns.seen)
        self.coverage.set_columns(columns.edges_s, columns.coverage[:, None], none, blank)
        if self._counts_only:
            counts = np.column_stack([columns.used, np.maximum(columns.seen - columns.used, 0)])
            self.faces.set_columns(columns.edges_s, counts, none, blank)
            self._canvas.count_axis(self.faces.boundingRect().height() + 1)
        elif self._look.style == "stacked":
            self._draw_stacked(columns)
        else:
            self._draw_lines(columns)

    def _most_columns(self) -> int:
        """Return as many columns as can be told apart."""
        lines = not self._counts_only and self._look.style == "lines"
        width_px = self._canvas.width_px / (_PX_A_POINT if lines else 1)
        return max(_LEAST_COLUMNS, min(int(width_px), _MOST_COLUMNS))

    def _draw_stacked(self, columns: Columns) -> None:
        edges = columns.edges_s
        self.moods.set_columns(edges, columns.shares, columns.too_few, columns.gap)
        if self._look.bands:
            self.borders.set_columns(edges, *_border_bounds(columns))

    def _draw_lines(self, columns: Columns) -> None:
        edges = columns.edges_s
        self.holes.set_columns(edges, columns.shares, columns.too_few, columns.gap)
        self.lines.set_columns(edges, columns.shares)
        if self._look.bands:
            self.bounds.set_columns(edges, columns.low, columns.high)

    def _show_wanted(self) -> None:
        moods, stacked = not self._counts_only, self._look.style == "stacked"
        self.faces.setVisible(self._counts_only)
        self.moods.setVisible(moods and stacked)
        self.borders.setVisible(moods and stacked and self._look.bands)
        self.holes.setVisible(moods and not stacked)
        self.lines.setVisible(moods and not stacked)
        self.bounds.setVisible(moods and not stacked and self._look.bands)


def _border_bounds(columns: Columns) -> tuple[FloatArray, FloatArray]:
    """Return (m, 2) bounds of the two borders between the stacked shares.

    The lower border is the negative share, the upper one what is left of 1 above the neutral one:
    each is as sure as the share beyond it.
    """
    low = np.column_stack([columns.low[:, 0], 1 - columns.high[:, 2]])
    high = np.column_stack([columns.high[:, 0], 1 - columns.low[:, 2]])
    return low, high
