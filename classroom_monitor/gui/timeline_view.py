"""A session's seconds on a time axis that is moved, zoomed and read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import TimelinePoint
from classroom_monitor.gui.focus_frame import FRAME_PX
from classroom_monitor.gui.palette import colours_for
from classroom_monitor.gui.spoken import announce
from classroom_monitor.gui.timeline_canvas import SHORTEST_VIEW_S, TimelineCanvas
from classroom_monitor.gui.timeline_curves import TimelineCurves
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_readout import Readout
from classroom_monitor.gui.timeline_series import TimelineSeries

_READOUT_TOP_PX = 6


class TimelineView(QWidget):
    """The plots, the stretch of them that is in view, and the second that is pointed at."""

    length_changed = Signal(float)  # where the session ends, in seconds

    def __init__(self, parent: QWidget | None = None, *, navigable: bool) -> None:
        super().__init__(parent)
        self.series = TimelineSeries()
        self.canvas = TimelineCanvas(navigable=navigable)
        self.curves = TimelineCurves(self.canvas)
        self.moods, self.faces = self.curves.moods, self.curves.faces
        self.coverage = self.curves.coverage
        self._cursor_s: float | None = None
        self._pointer_at: QPointF | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)
        column.addWidget(self.canvas.view)
        self.readout = Readout(self)
        self.setAccessibleName(self.tr("Timeline"))
        if navigable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas.upper.sigXRangeChanged.connect(self.on_range_in_view)
        self.canvas.upper.vb.sigResized.connect(self.on_resized)
        self.canvas.view.scene().sigMouseMoved.connect(self.on_mouse_moved)
        self._dress()
        self.set_counts_only(False)
        self.show_all()

    @property
    def view_s(self) -> tuple[float, float]:
        """The first and last second in view."""
        return self.canvas.view_s

    @property
    def cursor_s(self) -> float | None:
        """Where the pointer or the keys last were, in seconds."""
        return self._cursor_s

    @property
    def look(self) -> TimelineLook:
        """How the seconds are drawn."""
        return self.curves.look

    def show_series(self, series: TimelineSeries) -> None:
        """Draw a session whose seconds were made into arrays elsewhere, say in a thread."""
        self.series = series
        self.point_at(None)
        self.length_changed.emit(float(len(series)))
        self.curves.show_series(series)
        self.show_all()

    def extend(self, points: Sequence[TimelinePoint]) -> bool:
        """Draw what points has beyond the last call; returns whether there was anything."""
        if not self.series.extend(points):
            return False
        self.length_changed.emit(float(len(self.series)))
        self.curves.show_series(self.series)
        return True

    def set_counts_only(self, counts_only: bool) -> None:
        """Plot the faces seen and used instead of the moods."""
        self.curves.set_counts_only(counts_only)

    def set_look(self, look: TimelineLook) -> None:
        """Choose stacked shares or lines, bounds, smoothing."""
        self.curves.set_look(look)

    def show_span(self, first_s: float, last_s: float) -> None:
        """Bring a stretch into view, also beyond the newest second."""
        self.canvas.limit(max(last_s, len(self.series)))
        self.canvas.show_span(first_s, last_s)

    def show_all(self) -> None:
        """Bring the whole session into view."""
        self.show_span(0.0, max(float(len(self.series)), SHORTEST_VIEW_S))

    def show_within(self, first_s: float, span_s: float) -> None:
        """Show span_s from first_s on, slid and cut so that it stays inside the session."""
        end = max(float(len(self.series)), SHORTEST_VIEW_S)
        span = min(max(span_s, SHORTEST_VIEW_S), end)
        first = min(max(first_s, 0.0), end - span)
        self.show_span(first, first + span)

    def pan(self, part: float) -> None:
        """Move on by a part of what is in view, back for less than 0."""
        first, last = self.view_s
        self.show_within(first + part * (last - first), last - first)

    def zoom(self, factor: float) -> None:
        """Show factor times as many seconds around the middle."""
        first, last = self.view_s
        wanted = (last - first) * factor
        self.show_within(first + (last - first - wanted) / 2, wanted)

    def move_cursor(self, to_s: float) -> None:
        """Point at a second, as the pointer does, keep it in view, and say what it holds."""
        at_s = min(max(0.0, to_s), float(len(self.series)))
        first, last = self.view_s
        if not first <= at_s <= last:
            self.show_within(at_s - (last - first) / 2, last - first)
        self._pointer_at = None
        self.point_at(at_s)
        announce(self, self.readout.text)

    def point_at(self, at_s: float | None) -> None:
        """Put crosshair and readout at a time, or take them away."""
        if not len(self.series):
            at_s = None
        second = None if at_s is None else min(int(at_s), len(self.series) - 1)
        self._cursor_s = at_s
        self.canvas.point_at(None if second is None else second + 0.5)
        self.readout.show_second(self.series, second, self.notes(at_s))
        if second is not None:
            spot = self.upper_spot(second + 0.5, 1.0)
            top = spot.y() + _READOUT_TOP_PX
            self.readout.stand_beside(spot.x(), top, (0.0, float(self.width())))

    def notes(self, at_s: float | None) -> tuple[str, ...]:
        """Return what else is to be read at a time, beyond the values of its second."""
        return ()

    def is_held(self) -> bool:
        """Whether a button is held down, so that time moves along with the pointer."""
        return False

    def upper_spot(self, at_s: float, share: float = 0.5) -> QPoint:
        """Return where a second and a share lie in this widget, in pixels."""
        scene = self.canvas.upper.vb.mapViewToScene(QPointF(at_s, share))
        spot: QPoint = self.canvas.view.mapTo(self, self.canvas.view.mapFromScene(scene))
        return spot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out between the plots."""
        super().resizeEvent(event)
        self.canvas.fit_height(event.size().height())

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        super().leaveEvent(event)
        self._pointer_at = None
        self.point_at(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def on_range_in_view(self) -> None:
        """Draw what is in view now, and read what came under the pointer."""
        self.curves.redraw()
        if self._pointer_at is not None:
            self._read_pointer(self._pointer_at)
        elif self._cursor_s is not None:
            self.point_at(self._cursor_s)

    def on_resized(self) -> None:
        """Draw as many columns as there is room for now."""
        self.curves.redraw()

    def on_mouse_moved(self, position: QPointF) -> None:
        """Move the crosshair, and tell which second it is on."""
        self._pointer_at = position
        if not self.is_held():
            self._read_pointer(position)

    def _read_pointer(self, position: QPointF) -> None:
        at_s = float(self.canvas.upper.vb.mapSceneToView(position).x())
        self.point_at(at_s if 0 <= at_s < len(self.series) else None)

    def _dress(self) -> None:
        colours = colours_for(self.palette())
        self.canvas.dress(colours)
        self.curves.dress(colours)
