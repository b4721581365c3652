"""Several sessions on one time axis: one curve each, of one share, of coverage or of faces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import MOODS, Annotations, Segment
from classroom_monitor.gui.comparison_board import ComparisonBoard
from classroom_monitor.gui.curves import CurvesItem
from classroom_monitor.gui.focus_frame import FRAME_PX, paint_focus
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.spoken import announce
from classroom_monitor.gui.time_axis import TimeAxis
from classroom_monitor.gui.timeline_items import Drawn
from classroom_monitor.gui.timeline_lane import Lane
from classroom_monitor.gui.timeline_means import FloatArray
from classroom_monitor.gui.timeline_overlay import Overlay
from classroom_monitor.sessions.comparison import Aligned

Compared = Literal["negative", "neutral", "positive", "coverage", "seen"]
"""What of the sessions is compared."""

SHORTEST_VIEW_S = 10.0
_AXIS_WIDTH_PX = 48
_PARTS = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
_ZOOM = {Qt.Key.Key_Plus: 0.6, Qt.Key.Key_Equal: 0.6, Qt.Key.Key_Minus: 1 / 0.6}
_CURSOR_STEPS = 200


class ComparisonPlot(QWidget):
    """Overlays the sessions of an Aligned; drag, wheel and keys move as on a timeline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._aligned: Aligned | None = None
        self._names: tuple[str, ...] = ()
        self._compared: Compared = "positive"
        self._cursor_s: float | None = None
        self.curves = CurvesItem()
        self.board = ComparisonBoard(self)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot = self._view.addPlot(
            row=1, col=0, axisItems={"bottom": TimeAxis("bottom")}, enableMenu=False
        )
        self._lane = Lane(self._plot.vb)
        self._overlay = Overlay(self._plot.vb, flags=False)
        self._crosshair = pg.InfiniteLine(angle=90)
        self._set_up()
        column = QVBoxLayout(self)
        column.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)
        column.addWidget(self._view)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Compared sessions"))
        self._view.scene().sigMouseMoved.connect(self.on_mouse_moved)
        self._dress()

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view, on the common axis."""
        first, last = self._plot.viewRange()[0]
        return float(first), float(last)

    @property
    def compared(self) -> Compared:
        """What the curves show."""
        return self._compared

    def show_aligned(self, aligned: Aligned, names: Sequence[str]) -> None:
        """Draw one curve per session, named in the same order, and the segments they share."""
        self._aligned, self._names = aligned, tuple(names)
        segments = tuple(Segment(i, s.start_s, s.title) for i, s in enumerate(aligned.slots, 1))
        drawn = Drawn(Annotations(segments=segments), end_s=float(aligned.edges_s[-1]))
        self._lane.show_drawn(drawn)
        self._overlay.show_drawn(drawn)
        self._redraw()
        self.show_all()

    def compare(self, compared: Compared) -> None:
        """Show another value of the same sessions."""
        self._compared = compared
        self._redraw()

    def show_span(self, first_s: float, last_s: float) -> None:
        """Bring a stretch into view, kept inside the longest session."""
        end_s = max(SHORTEST_VIEW_S, self._end_s())
        span_s = min(max(last_s - first_s, SHORTEST_VIEW_S), end_s)
        first_s = min(max(0.0, first_s), end_s - span_s)
        self._plot.setLimits(xMin=0, xMax=end_s, minXRange=SHORTEST_VIEW_S)
        self._plot.setXRange(first_s, first_s + span_s, padding=0)

    def show_all(self) -> None:
        """Bring the longest session into view."""
        self.show_span(0.0, self._end_s())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan, with Ctrl they read values, plus and minus zoom, Home shows everything."""
        key, (first, last) = Qt.Key(event.key()), self.view_s
        if key in _PARTS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            begun = (first + last) / 2 if self._cursor_s is None else self._cursor_s
            way = 1 if _PARTS[key] > 0 else -1
            self._point_at(min(max(first, begun + way * (last - first) / _CURSOR_STEPS), last))
            announce(self, self.board.text)
        elif key in _PARTS:
            by_s = _PARTS[key] * (last - first)
            self.show_span(first + by_s, last + by_s)
        elif key in _ZOOM:
            cut_s = (last - first) * (1 - _ZOOM[key]) / 2
            self.show_span(first + cut_s, last - cut_s)
        elif key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that keys are for the plot."""
        super().paintEvent(event)
        paint_focus(self)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        super().leaveEvent(event)
        self._point_at(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def on_mouse_moved(self, position: QPointF) -> None:
        """Read the values under the pointer."""
        at_s = float(self._plot.vb.mapSceneToView(position).x())
        self._point_at(at_s if 0 <= at_s < self._end_s() else None)

    def _set_up(self) -> None:
        self._view.ci.addItem(self._lane, row=0, col=0)
        self._view.ci.layout.setContentsMargins(0, 4, 4, 0)
        self._view.ci.layout.setVerticalSpacing(2)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(x=True, y=False)
        self._plot.vb.disableAutoRange()
        self._plot.getAxis("left").setWidth(_AXIS_WIDTH_PX)
        self._plot.getAxis("left").setStyle(tickLength=4, maxTickLevel=0)
        for side in ("left", "right", "top", "bottom"):
            self._plot.getAxis(side).enableAutoSIPrefix(False)
        self._plot.addItem(self.curves)
        self._crosshair.hide()
        self._plot.addItem(self._crosshair, ignoreBounds=True)

    def _end_s(self) -> float:
        return 0.0 if self._aligned is None else float(self._aligned.edges_s[-1])

    def _values(self) -> FloatArray:
        """Return the (k, m) values that are compared."""
        assert self._aligned is not None
        if self._compared == "coverage":
            return self._aligned.coverage
        if self._compared == "seen":
            return self._aligned.seen
        return self._aligned.shares[:, :, MOODS.index(self._compared)]

    def _redraw(self) -> None:
        if self._aligned is None:
            return
        self.curves.set_curves(self._aligned.edges_s, self._values())
        counts = self._compared == "seen"
        ticks = None if counts else [[(0, "0%"), (0.5, "50%"), (1, "100%")]]
        self._plot.getAxis("left").setTicks(ticks)
        top = self.curves.boundingRect().height() if counts else 1.0
        self._plot.setYRange(0, top, padding=0.02)

    def _point_at(self, at_s: float | None) -> None:
        self._cursor_s = at_s
        self._crosshair.setVisible(at_s is not None)
        if at_s is None or self._aligned is None:
            self.board.hide()
            return
        self._crosshair.setPos(at_s)
        column = int(np.searchsorted(self._aligned.edges_s, at_s, side="right")) - 1
        column = min(max(0, column), len(self._aligned.edges_s) - 2)
        values = self._values()[:, column].tolist()
        self.board.show_values(at_s, self._names, values, counts=self._compared == "seen")
        scene = self._plot.vb.mapViewToScene(QPointF(at_s, 0))
        spot = self._view.mapTo(self, self._view.mapFromScene(scene))
        self.board.stand_beside(spot.x(), 10, (0.0, float(self.width())))

    def _dress(self) -> None:
        colours = colours_for(self.palette())
        self._view.setBackground(colours.surface)
        for side in ("left", "bottom"):
            self._plot.getAxis(side).setPen(pg.mkPen(colours.border))
            self._plot.getAxis(side).setTextPen(pg.mkPen(colours.faint))
        self._crosshair.setPen(pg.mkPen(colours.ink, style=Qt.PenStyle.DotLine))
        self._lane.dress(colours)
        self._overlay.dress(colours)
        self.curves.set_colours(colours.curves)
