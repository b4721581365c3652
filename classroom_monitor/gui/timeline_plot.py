"""The timeline: the mix of every second, and below it, on the same time axis, the coverage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import TimelinePoint
from classroom_monitor.gui.bands import BandsItem
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.timeline_canvas import SHORTEST_VIEW_S, TimelineCanvas
from classroom_monitor.gui.timeline_markers import MarkerLines
from classroom_monitor.gui.timeline_series import TimelineSeries

_MOST_COLUMNS = 1500

_PAN = {Qt.Key.Key_Left: -0.2, Qt.Key.Key_Right: 0.2}
_ZOOM = {Qt.Key.Key_Plus: 0.6, Qt.Key.Key_Equal: 0.6, Qt.Key.Key_Minus: 1 / 0.6}


class TimelinePlot(QWidget):
    """Draws a session's seconds; where `navigable`, mouse and keyboard move through them."""

    hovered = Signal(object)  # the second under the pointer (int), or None

    def __init__(self, parent: QWidget | None = None, *, navigable: bool) -> None:
        super().__init__(parent)
        self.series = TimelineSeries()
        self.moods, self.faces, self.coverage = BandsItem(), BandsItem(), BandsItem()
        self._navigable = navigable
        self._counts_only = False
        self._canvas = TimelineCanvas(navigable=navigable)
        self._canvas.upper.addItem(self.moods)
        self._canvas.upper.addItem(self.faces)
        self._canvas.lower.addItem(self.coverage)
        self.markers = MarkerLines(self._canvas.upper, self._canvas.lower)
        self._canvas.upper.sigXRangeChanged.connect(self.on_range_changed)
        self._canvas.view.scene().sigMouseMoved.connect(self.on_mouse_moved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._canvas.view)
        if navigable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        self.set_counts_only(False)
        self.show_all()

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view."""
        return self._canvas.view_s

    def clear(self) -> None:
        """Forget the session shown."""
        self.series.clear()
        self.markers.show(())
        self._canvas.point_at(None)
        self.show_all()
        self._redraw()

    def set_counts_only(self, counts_only: bool) -> None:
        """Plot the faces seen and used instead of the moods."""
        self._counts_only = counts_only
        self.moods.setVisible(not counts_only)
        self.faces.setVisible(counts_only)
        if not counts_only:
            self._canvas.share_axis()
        self._redraw()

    def extend(self, points: Sequence[TimelinePoint]) -> bool:
        """Draw what points has beyond the last call; returns whether there was anything."""
        if not self.series.extend(points):
            return False
        self._redraw()
        return True

    def show_span(self, first_s: float, last_s: float) -> None:
        """Bring a stretch into view, also beyond the newest second."""
        self._canvas.limit(max(last_s, len(self.series)))
        self._canvas.show_span(first_s, last_s)

    def show_all(self) -> None:
        """Bring the whole session into view."""
        self.show_span(0.0, max(float(len(self.series)), SHORTEST_VIEW_S))

    def upper_spot(self, at_s: float, share: float = 0.5) -> QPoint:
        """Return where a second and a share lie in this widget, in pixels."""
        scene = self._canvas.upper.vb.mapViewToScene(QPointF(at_s, share))
        spot: QPoint = self._canvas.view.mapTo(self, self._canvas.view.mapFromScene(scene))
        return spot

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan, plus and minus zoom, Home shows everything."""
        key = Qt.Key(event.key())
        first, last = self.view_s
        span = last - first
        if self._navigable and key in _PAN:
            self._show_within(first + _PAN[key] * span, span)
        elif self._navigable and key in _ZOOM:
            wanted = span * _ZOOM[key]
            self._show_within(first + (span - wanted) / 2, wanted)
        elif self._navigable and key == Qt.Key.Key_Home:
            self.show_all()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        super().leaveEvent(event)
        self._canvas.point_at(None)
        self.hovered.emit(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def on_range_changed(self) -> None:
        """Thin the series anew for what is in view now."""
        self._redraw()

    def on_mouse_moved(self, position: QPointF) -> None:
        """Move the crosshair, and tell which second it is on."""
        at_s = self._canvas.upper.vb.mapSceneToView(position).x()
        second = int(at_s) if 0 <= at_s < len(self.series) else None
        self._canvas.point_at(None if second is None else second + 0.5)
        self.hovered.emit(second)

    def _show_within(self, first_s: float, span_s: float) -> None:
        """Show span_s from first_s on, slid and cut so that it stays inside the session."""
        end = max(float(len(self.series)), SHORTEST_VIEW_S)
        span = min(max(span_s, SHORTEST_VIEW_S), end)
        first = min(max(first_s, 0.0), end - span)
        self.show_span(first, first + span)

    def _redraw(self) -> None:
        columns = self.series.columns(*self.view_s, _MOST_COLUMNS)
        none = np.zeros_like(columns.gap)
        self.moods.set_columns(columns.edges_s, columns.shares, columns.too_few, columns.gap)
        self.coverage.set_columns(
            columns.edges_s, columns.coverage[:, None], none, np.isnan(columns.seen)
        )
        if self._counts_only:
            counts = np.column_stack([columns.used, np.maximum(columns.seen - columns.used, 0)])
            self.faces.set_columns(columns.edges_s, counts, none, np.isnan(columns.seen))
            self._canvas.count_axis(self.faces.boundingRect().height() + 1)

    def _dress(self) -> None:
        colours = colours_for(self.palette())
        self._canvas.dress(colours)
        self.markers.dress(colours)
        self.moods.set_colours(colours.moods, colours.hatch, colours.gap)
        self.coverage.set_colours((colours.coverage,), colours.hatch, colours.gap)
        self.faces.set_colours((colours.coverage, colours.unused), colours.hatch, colours.gap)
