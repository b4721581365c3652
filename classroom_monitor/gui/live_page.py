"""The live page: choose a source, start, watch the room, mark moments, stop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from classroom_monitor.contracts import CameraInfo, CaptureState, LiveSnapshot
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.glance import GlancePanel
from classroom_monitor.gui.live_control import LiveControl, Phase
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.picture_view import PictureView
from classroom_monitor.gui.services import DEMO_SOURCE, Services, SessionRequest
from classroom_monitor.gui.session_controls import SessionControls
from classroom_monitor.gui.source_picker import without_password
from classroom_monitor.gui.status_line import StatusLine
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Card
from classroom_monitor.gui.timeline_card import LiveTimeline
from classroom_monitor.gui.window_page import WindowPage

_NARROW_PX = 980
_GOOD_NEWS_MS = 6000


class LivePage(WindowPage):
    """Shows what LiveControl reads, and hands it what the user does."""

    unanswered = Signal(object)  # the SessionRequest that waits for the first-start page

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._request: SessionRequest | None = None
        self._counts_only = False
        self._shown_frame = -1
        self.control = LiveControl(services, background, self)
        self.controls = SessionControls()
        self.demo_notice = Banner(closable=False)
        self.camera_notice = Banner(closable=False)
        self.news = Banner()
        self.picture = PictureView()
        self.glance = GlancePanel()
        self.timeline = LiveTimeline()
        self.status = StatusLine()  # laid out by the window, in sight on every page
        self._lay_out()
        self._connect()
        self.controls.fill(services.settings)
        self.show_settings()
        self.picture.show_hint(self.tr("Choose a source and press Start."))

    def show_settings(self) -> None:
        """Follow changed settings, as far as they concern a session that runs already."""
        if self.control.phase is Phase.IDLE and not len(self.timeline.plot.series):
            self._show_counts_only(self._services.settings.counts_only)

    def start(self, request: SessionRequest) -> None:
        """Start a session that was asked for here or on the command line.

        The demo shows drawn people: it alone starts before it was said where this is used.
        """
        if request.source != DEMO_SOURCE and not self._services.settings.answered:
            self.unanswered.emit(request)
            return
        self.controls.fill_request(request)
        if not self.control.start(request):
            return
        self._remember(request.source)
        self._request = request
        self._shown_frame = -1
        self.news.clear()
        self.timeline.clear()
        self.glance.show_series(self.timeline.plot.series, request.group_minimum)
        self._show_counts_only(self._services.settings.counts_only)
        self.picture.show_hint(self.tr("Opening the source and loading the models…"))
        self.demo_notice.clear()
        if request.source == DEMO_SOURCE:
            self.demo_notice.say(Tone.INFO, self.tr("Demo: built-in pictures, no camera"))

    def on_settings_changed(self) -> None:
        """Begin the next session with changed settings."""
        if self.control.phase is Phase.IDLE:
            self.controls.fill(self._services.settings)
        self.show_settings()

    def on_shown(self) -> None:
        """Stay as it is: what runs is shown anyway, and cameras are listed when asked to."""

    def refresh(self) -> None:
        """List the cameras again, where one can be chosen now."""
        if self.control.phase is Phase.IDLE:
            self.refresh_cameras()

    def refresh_cameras(self) -> None:
        """List the cameras in a thread; a hanging driver only keeps the list from changing."""
        self.controls.show_refreshing(True)
        self._background.run(
            "list cameras", self._services.cameras, self.on_cameras, self.on_cameras_failed
        )

    def on_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """Offer the cameras that there are."""
        self.controls.show_refreshing(False)
        self.controls.source.show_cameras(cameras)

    def on_cameras_failed(self, error: Exception) -> None:
        """Say why the cameras cannot be listed."""
        self.controls.show_refreshing(False)
        self.problem.emit(error)

    def on_phase(self, phase: Phase) -> None:
        """Let the fields and the status line follow the session."""
        self.controls.show_phase(phase)
        if phase is Phase.SAVING:
            self.camera_notice.clear()
            self.status.setText(self.tr("Saving the session…"))
        elif phase is Phase.IDLE:
            self.camera_notice.clear()
            self.status.show_idle()

    def on_snapshot(self, snapshot: LiveSnapshot) -> None:
        """Draw what has changed since the last snapshot."""
        frame = snapshot.frame
        if frame is not None and frame.index != self._shown_frame:
            moods = self._services.settings.moods_on_faces and not self._counts_only
            self.picture.show_frame(frame, snapshot.tracks, moods=moods)
            self._shown_frame = frame.index
        if self.timeline.show_points(snapshot.points, snapshot.markers) and self._request:
            self.glance.show_series(self.timeline.plot.series, self._request.group_minimum)
        self.status.show_status(snapshot.status)
        self._show_capture(snapshot)

    def on_saved(self, snapshot: LiveSnapshot) -> None:
        """Show the session's end and where it can be found; its last picture is forgotten."""
        self.timeline.show_points(snapshot.points, snapshot.markers)
        self.picture.show_hint(self.tr("Choose a source and press Start."))
        if snapshot.fault is not None:
            self.problem.emit(snapshot.fault)
        if snapshot.session_id is None:
            if snapshot.fault is None:
                self.news.say(Tone.WARNING, self.tr("The session ended before its first picture."))
            return
        text = self.tr("Saved: {0}, {1} markers").format(
            duration(len(snapshot.points)), len(snapshot.markers)
        )
        self.news.say(Tone.GOOD, text, action=self._opener(snapshot.session_id))

    def on_failed(self, error: Exception) -> None:
        """Say why a session could not start or end properly."""
        self.picture.show_hint(self.tr("Choose a source and press Start."))
        self.problem.emit(error)

    def fit_width(self, width_px: int) -> None:
        """Put things above each other where they don't fit side by side."""
        narrow = width_px < _NARROW_PX
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._middle.setDirection(down if narrow else across)
        self.controls.set_narrow(narrow)
        self.timeline.set_narrow(narrow)

    def _remember(self, source: str) -> None:
        """Offer this source at the next start; passwords are not written down."""
        settings = replace(self._services.settings, source=without_password(source))
        try:
            self._services.save_settings(settings)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)

    def _opener(self, session_id: int) -> tuple[str, Callable[[], None]]:
        return self.tr("Open"), lambda: self.open_session.emit(session_id)

    def _show_capture(self, snapshot: LiveSnapshot) -> None:
        """Say when the source is gone, and when it is back."""
        state, message = snapshot.status.capture, snapshot.status.message
        if state in (CaptureState.STALLED, CaptureState.LOST):
            waiting = self.tr("No picture from the source: trying again by itself.")
            self.camera_notice.say(Tone.WARNING, message or waiting)
        elif state is CaptureState.RUNNING and self.camera_notice.message:
            self.camera_notice.clear()
            self.news.say(Tone.GOOD, self.tr("The source is back."), for_ms=_GOOD_NEWS_MS)

    def _show_counts_only(self, counts_only: bool) -> None:
        self._counts_only = counts_only
        self.timeline.set_counts_only(counts_only)
        reason = self.tr(
            "Counts only: no moods are computed, because the region is set to EU and no lawful"
            " exception is on record (Settings). Faces and coverage are shown."
        )
        self.glance.explain_counts_only(reason if counts_only else "")

    def _connect(self) -> None:
        self.control.phase_changed.connect(self.on_phase)
        self.control.snapshot_taken.connect(self.on_snapshot)
        self.control.saved.connect(self.on_saved)
        self.control.failed.connect(self.on_failed)
        self.controls.start_requested.connect(self.start)
        self.controls.stop_requested.connect(self.control.stop)
        self.controls.mark_requested.connect(self.control.mark)
        self.controls.refresh_requested.connect(self.refresh_cameras)

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
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 6)
        column.setSpacing(SPACING_PX)
        for notice in (self.demo_notice, self.camera_notice, self.news):
            column.addWidget(notice)
        column.addWidget(self.controls)
        column.addLayout(self._middle, 5)
        column.addWidget(self.timeline, 4)
