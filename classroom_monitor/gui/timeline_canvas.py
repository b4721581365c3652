"""Two plots over one time axis: the scene in which the timeline is painted."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtWidgets import QSizePolicy

from classroom_monitor.gui.palette import Colours
from classroom_monitor.gui.time_axis import TimeAxis
from classroom_monitor.gui.timeline_items import Drawn
from classroom_monitor.gui.timeline_lane import Lane
from classroom_monitor.gui.timeline_overlay import Overlay

SHORTEST_VIEW_S = 10.0
_AXIS_WIDTH_PX = 48
_COVERAGE_PART = 0.27
_LEAST_COVERAGE_PX = 48
_CAPTION_SIZE = "8pt"
_LANE_ROW, _UPPER_ROW, _CAPTION_ROW, _LOWER_ROW = range(4)


class TimelineCanvas:
    """The lane, the upper plot (mix or faces), the lower one (coverage), axes and crosshairs."""

    def __init__(self, *, navigable: bool) -> None:
        self.view = pg.GraphicsLayoutWidget()
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout = self.view.ci.layout
        layout.setContentsMargins(0, 4, 4, 0)
        layout.setVerticalSpacing(2)
        self.upper = self._add_plot(_UPPER_ROW, navigable=navigable)
        self._caption = self.view.addLabel(row=_CAPTION_ROW, col=0, justify="left")
        self.lower = self._add_plot(_LOWER_ROW, navigable=navigable)
        self.lower.setXLink(self.upper)
        self.lower.setYRange(0, 1, padding=0)
        self.lower.getAxis("left").setTicks([[(0, "0%"), (1, "100%")]])
        self.upper.getAxis("bottom").setStyle(showValues=False, tickLength=0)
        self.lane = Lane(self.upper.vb)
        self.view.ci.addItem(self.lane, row=_LANE_ROW, col=0)
        layout.setRowStretchFactor(_UPPER_ROW, 1)
        layout.setRowStretchFactor(_LANE_ROW, 0)
        self.overlays = (
            Overlay(self.upper.vb, flags=True),
            Overlay(self.lower.vb, flags=False),
        )
        self._crosshairs = [self._add_crosshair(plot) for plot in (self.upper, self.lower)]

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view."""
        first, last = self.upper.viewRange()[0]
        return float(first), float(last)

    @property
    def width_px(self) -> float:
        """How wide the plots are inside."""
        return float(self.upper.vb.rect().width())

    def show_span(self, first_s: float, last_s: float) -> None:
        """Bring a stretch into view."""
        self.upper.setXRange(first_s, max(last_s, first_s + SHORTEST_VIEW_S), padding=0)

    def fit_height(self, height_px: int) -> None:
        """Give coverage its part of a height, and the rest to the mix."""
        coverage_px = max(_LEAST_COVERAGE_PX, round(_COVERAGE_PART * height_px))
        if coverage_px != self.lower.maximumHeight():
            self.lower.setMinimumHeight(coverage_px)
            self.lower.setMaximumHeight(coverage_px)

    def limit(self, end_s: float) -> None:
        """Keep the view between the start and end_s."""
        for plot in (self.upper, self.lower):
            plot.setLimits(xMin=0, xMax=max(end_s, SHORTEST_VIEW_S), minXRange=SHORTEST_VIEW_S)

    def count_axis(self, most: float) -> None:
        """Let the upper plot count faces, from 0 to most."""
        self.upper.getAxis("left").setTicks(None)
        self.upper.setYRange(0, most, padding=0)

    def share_axis(self) -> None:
        """Let the upper plot show shares, from 0 to 1."""
        self.upper.getAxis("left").setTicks([[(0, "0%"), (0.5, "50%"), (1, "100%")]])
        self.upper.setYRange(0, 1, padding=0)

    def show_drawn(self, drawn: Drawn) -> None:
        """Paint annotations, change points and what is selected."""
        for item in (self.lane, *self.overlays):
            item.show_drawn(drawn)

    def point_at(self, at_s: float | None) -> None:
        """Put the crosshair there, or take it away."""
        for line in self._crosshairs:
            line.setVisible(at_s is not None)
            if at_s is not None:
                line.setPos(at_s)

    def time_at(self, spot: QPoint) -> float:
        """Return which time a pixel of the view's inside stands for."""
        scene: QPointF = self.view.mapToScene(spot)
        return float(self.upper.vb.mapSceneToView(scene).x())

    def dress(self, colours: Colours) -> None:
        """Use these colours for background, axes, crosshair and captions."""
        self.view.setBackground(colours.surface)
        for plot in (self.upper, self.lower):
            for side in ("left", "bottom"):
                plot.getAxis(side).setPen(pg.mkPen(colours.border))
                plot.getAxis(side).setTextPen(pg.mkPen(colours.faint))
        for line in self._crosshairs:
            line.setPen(pg.mkPen(colours.ink, style=Qt.PenStyle.DotLine))
        for item in (self.lane, *self.overlays):
            item.dress(colours)
        text = QCoreApplication.translate("TimelineCanvas", "Coverage: used of expected faces")
        self._caption.setText(text, color=colours.faint, size=_CAPTION_SIZE, justify="left")

    def _add_plot(self, row: int, *, navigable: bool) -> Any:
        axes = {"bottom": TimeAxis("bottom")}
        plot = self.view.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        plot.hideButtons()
        plot.setMouseEnabled(x=navigable, y=False)
        plot.vb.disableAutoRange()
        plot.vb.setDefaultPadding(0)
        plot.getAxis("left").setWidth(_AXIS_WIDTH_PX)
        plot.getAxis("left").setStyle(tickLength=4, maxTickLevel=0)
        plot.getAxis("bottom").setStyle(tickLength=4)
        for side in ("left", "right", "top", "bottom"):
            plot.getAxis(side).enableAutoSIPrefix(False)  # would lay out its label at every move
        return plot

    def _add_crosshair(self, plot: Any) -> Any:
        line = pg.InfiniteLine(angle=90)
        line.setZValue(100)
        line.hide()
        plot.addItem(line, ignoreBounds=True)
        return line
