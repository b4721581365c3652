"""What a lecturer watches during a session: picture, numbers to glance at, timeline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from classroom_monitor.contracts import LiveSnapshot, TimelinePoint
from classroom_monitor.gui.glance import GlancePanel
from classroom_monitor.gui.picture_view import PictureView
from classroom_monitor.gui.room_now import RoomWatch
from classroom_monitor.gui.theme import SPACING_PX, Card
from classroom_monitor.gui.timeline_card import LiveTimeline
from classroom_monitor.gui.timeline_look import TimelineLook
from classroom_monitor.gui.timeline_options import TimelineOptions
from classroom_monitor.settings import Settings

_NARROW_PX = 860
_NARROW_TIMELINE_PX = 1120


class LiveDesk(QWidget):
    """Draws of each snapshot what is new in it."""

    now_changed = Signal(object, float)  # RoomNow, seconds into the session
    look_chosen = Signal(object)  # TimelineLook

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = PictureView()
        self.glance = GlancePanel()
        self.timeline = LiveTimeline()
        self.options = TimelineOptions()
        self.options.changed.connect(self.look_chosen)
        self._watch = RoomWatch(settings, settings.group_minimum, counts_only=False)
        self._counts_only = False
        self._shown_frame = -1
        self._lay_out()
        self.follow(settings)

    def begin(self, settings: Settings, group_minimum: int) -> None:
        """Forget the last session."""
        self._watch = RoomWatch(settings, group_minimum, counts_only=settings.counts_only)
        self._shown_frame = -1
        self.timeline.clear()
        self.show_counts_only(settings.counts_only)
        self._show_now(())
        self.picture.show_hint(self.tr("Opening the source and loading the models…"))

    def end(self) -> None:
        """Keep a session's timeline in sight; its last picture and its "now" are forgotten."""
        self.glance.show_now(self._watch.nothing())
        self.picture.show_hint(
            self.tr(
                "Choose a source and press Start (F5)."
                " A room check (F6) shows beforehand which faces can be used."
            )
        )

    def show_counts_only(self, counts_only: bool) -> None:
        """Show faces instead of moods, and say why."""
        self._counts_only = counts_only
        self.timeline.set_counts_only(counts_only)
        self.options.set_counts_only(counts_only)
        reason = self.tr(
            "Counts only: no moods are computed, because the region is set to EU and no lawful"
            " exception is on record (Settings). Faces and coverage are shown."
        )
        self.glance.explain_counts_only(reason if counts_only else "")

    def show_snapshot(self, snapshot: LiveSnapshot, *, moods_on_faces: bool) -> None:
        """Draw what has changed since the last snapshot."""
        frame = snapshot.frame
        if snapshot.paused:
            self._show_pause()
        elif frame is not None and frame.index != self._shown_frame:
            moods = moods_on_faces and not self._counts_only
            self.picture.show_frame(frame, snapshot.tracks, moods=moods)
            self._shown_frame = frame.index
        self.show_timeline(snapshot)

    def show_timeline(self, snapshot: LiveSnapshot) -> None:
        """Draw new seconds and markers."""
        drawn = self.timeline.show_points(snapshot.points, snapshot.markers, snapshot.segments)
        if drawn:
            self._show_now(snapshot.points)

    def follow(self, settings: Settings) -> None:
        """Go by changed settings: the timeline at once, the figures from the next second on."""
        look = TimelineLook.chosen(settings)
        self._watch.follow(settings)
        self.timeline.set_look(look)
        self.options.show_look(look)

    def dismiss_alerts(self) -> None:
        """Turn off the alerts that are on until they come again."""
        self._watch.dismiss()

    def fit_width(self, width_px: int) -> None:
        """Put things above each other where they don't fit side by side."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(down if width_px < _NARROW_PX else across)
        self.timeline.set_narrow(width_px < _NARROW_TIMELINE_PX)

    def _show_now(self, points: Sequence[TimelinePoint]) -> None:
        now = self._watch.now(self.timeline.plot.series, points)
        self.glance.show_now(now)
        self.now_changed.emit(now, len(points))

    def _show_pause(self) -> None:
        if self._shown_frame != -1:
            self._shown_frame = -1
            self.picture.show_hint(self.tr("Paused. The camera is closed until you resume (P)."))

    def _lay_out(self) -> None:
        frame = Card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.picture)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(SPACING_PX)
        self._middle.addWidget(frame, 1)
        self._middle.addWidget(self.glance, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX)
        column.addLayout(self._middle, 1)
        column.addWidget(self.timeline, 1)
        self.timeline.put_first(self.options, self.options.fields)
