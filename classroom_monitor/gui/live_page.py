"""The live page: choose a source, start, watch the room, mark moments, stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.contracts import LiveSnapshot
from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.alert_banner import AlertBanner
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.before_session import BeforeSession
from classroom_monitor.gui.capture_notice import CaptureNotice
from classroom_monitor.gui.desk_choices import DeskChoices
from classroom_monitor.gui.formats import duration
from classroom_monitor.gui.live_control import LiveControl, Phase
from classroom_monitor.gui.live_desk import LiveDesk
from classroom_monitor.gui.marker_buttons import label_of, marker_labels
from classroom_monitor.gui.mini_control import MiniControl
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_now import RoomNow
from classroom_monitor.gui.services import DEMO_SOURCE, Services, SessionRequest
from classroom_monitor.gui.session_controls import SessionControls
from classroom_monitor.gui.status_line import StatusLine
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX
from classroom_monitor.gui.window_page import WindowPage

_NARROW_PX = 980
_NARROW_BAR_PX = 1040
_GOOD_NEWS_MS = 6000


class LivePage(WindowPage):
    """Shows what LiveControl reads, and hands it what the user does."""

    unanswered = Signal(object)  # SessionRequest that has to wait for the first-start page

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self.control = LiveControl(services, background, self)
        self.before = BeforeSession(services, background, self)
        self.setup = self.before.setup
        self.controls = SessionControls()
        self.demo_notice = Banner(closable=False)
        self.camera_notice = CaptureNotice()
        self.news = Banner()
        self.choices = DeskChoices(services, self.news, self)
        self.alert_notice = AlertBanner()
        self.mini = MiniControl(self)
        self.desk = LiveDesk(services.settings)
        self.picture, self.glance = self.desk.picture, self.desk.glance
        self.timeline = self.desk.timeline
        self.status = StatusLine()  # laid out by the window, in sight on every page
        self._lay_out()
        self._connect()
        self.on_settings_changed()
        self.on_phase(Phase.IDLE)
        self.desk.end()

    def on_settings_changed(self) -> None:
        """Begin the next session with changed settings; one that runs goes on as it began."""
        settings = self._services.settings
        self.controls.show_labels(marker_labels(settings.marker_labels))
        self.desk.follow(settings)
        if self.control.phase is Phase.IDLE:
            self.setup.fill(settings)
            if not len(self.timeline.plot.series):
                self.desk.show_counts_only(settings.counts_only)

    def on_start_requested(self, request: SessionRequest) -> None:
        """Keep what was chosen, by which a session goes, and start one."""
        self.before.remember()
        self.start(request)

    def start(self, request: SessionRequest) -> None:
        """Start a session that was asked for here or on the command line."""
        self.setup.fill_request(request)
        if request.source != DEMO_SOURCE and not self._services.settings.answered:
            self.unanswered.emit(request)
            return
        self.before.release(lambda: self._begin(request))

    def _begin(self, request: SessionRequest) -> None:
        if not self.control.start(request):
            return
        self.news.clear()
        self.desk.begin(self._services.settings, request.group_minimum)
        self.controls.show_clock(0, request.title)
        self.demo_notice.clear()
        if request.source == DEMO_SOURCE:
            self.demo_notice.say(Tone.INFO, self.tr("Demo: built-in pictures, no camera"))

    def on_start_stop(self) -> None:
        """Do what the button in sight offers."""
        if self.control.phase is Phase.IDLE:
            self.setup.on_start()
        else:
            self.controls.on_stop()

    def on_digit(self, digit: str) -> None:
        """Set the marker of a key, with its label."""
        self.control.mark(label_of(marker_labels(self._services.settings.marker_labels), digit))

    def on_source_back(self) -> None:
        """Say that there is a picture again."""
        self.news.say(Tone.GOOD, self.tr("The source is back."), for_ms=_GOOD_NEWS_MS)

    def on_now(self, now: RoomNow, now_s: float) -> None:
        """Show the newest second wherever it is shown."""
        self.alert_notice.show_alerts(now.alerts, now_s)
        self.mini.show_now(now, now_s)

    def on_choices_changed(self) -> None:
        """Follow what was chosen on the desk."""
        self.desk.follow(self._services.settings)
        if not self._services.settings.alerts:
            self.alert_notice.show_alerts((), 0)

    def on_shown(self) -> None:
        """Stay as it is: what runs is shown anyway, and cameras are listed when asked to."""

    def refresh(self) -> None:
        """List the cameras again, where one can be chosen now."""
        if self.control.phase is Phase.IDLE:
            self.before.list_cameras()

    def on_panel_wanted(self, wanted: bool) -> None:
        """Show the room check in place of the desk, or the desk again."""
        self.before.panel.setVisible(wanted)
        self.desk.setVisible(not wanted)

    def on_phase(self, phase: Phase) -> None:
        """Show the fields before a session, or the bar of the one that runs."""
        self.setup.setVisible(phase is Phase.IDLE)
        self.controls.setVisible(phase is not Phase.IDLE)
        self.controls.show_phase(phase)
        if phase is Phase.RUNNING:
            self.on_panel_wanted(False)
            self._free_keys()
        if phase is not Phase.RUNNING:
            self.alert_notice.show_alerts((), 0)
            self.mini.close()
        if phase is Phase.SAVING:
            self.camera_notice.forget()
            self.status.setText(self.tr("Saving the session…"))
        elif phase is Phase.IDLE:
            self.camera_notice.forget()
            self.status.show_idle()

    def on_snapshot(self, snapshot: LiveSnapshot) -> None:
        """Draw what has changed since the last snapshot."""
        self.desk.show_snapshot(snapshot, moods_on_faces=self._services.settings.moods_on_faces)
        self.controls.show_paused(snapshot.paused)
        self._show_clock(snapshot)
        self.status.show_status(snapshot.status)
        self.camera_notice.show_capture(snapshot)

    def on_saved(self, snapshot: LiveSnapshot) -> None:
        """Show the session's end and where it can be found."""
        self.desk.show_timeline(snapshot)
        self.desk.end()
        if snapshot.fault is not None:
            self.problem.emit(snapshot.fault)
        if snapshot.session_id is None or isinstance(snapshot.fault, StoreProblem):
            if snapshot.fault is None:
                self.news.say(Tone.WARNING, self.tr("The session ended before its first picture."))
            return  # else the problem says what is saved, and where
        text = self.tr("Saved: {0}, {1} markers").format(
            duration(len(snapshot.points)), len(snapshot.markers)
        )
        self.news.say(Tone.GOOD, text, action=self._opener(snapshot.session_id))

    def on_failed(self, error: Exception) -> None:
        """Say why a session could not start or end properly."""
        self.desk.end()
        self.problem.emit(error)

    def fit_width(self, width_px: int) -> None:
        """Put things above each other where they don't fit side by side."""
        narrow = width_px < _NARROW_PX
        self.setup.set_narrow(narrow)
        self.before.panel.set_narrow(narrow)
        self.controls.set_narrow(width_px < _NARROW_BAR_PX)
        self.desk.fit_width(width_px)

    def _free_keys(self) -> None:
        """Leave the field that Qt went on to, so that keys mark and don't type."""
        focused = self.window().focusWidget()
        if focused is not None:
            focused.clearFocus()

    def _opener(self, session_id: int) -> tuple[str, Callable[[], None]]:
        return self.tr("Open"), lambda: self.open_session.emit(session_id)

    def _show_clock(self, snapshot: LiveSnapshot) -> None:
        topic, seconds = self._topic(snapshot), len(snapshot.points)
        self.controls.show_clock(seconds, topic)
        self.mini.show_clock(duration(seconds), topic, paused=snapshot.paused)

    def _topic(self, snapshot: LiveSnapshot) -> str:
        """Return what the bar calls the present: the topic, or else the session's title."""
        if snapshot.segments:
            return snapshot.segments[-1].title
        return self.setup.title.text().strip()

    def _connect(self) -> None:
        self.control.phase_changed.connect(self.on_phase)
        self.control.snapshot_taken.connect(self.on_snapshot)
        self.control.saved.connect(self.on_saved)
        self.control.failed.connect(self.on_failed)
        self.before.problem.connect(self.problem)
        self.before.panel_wanted.connect(self.on_panel_wanted)
        self.setup.start_requested.connect(self.on_start_requested)
        self.controls.stop_requested.connect(self.control.stop)
        self.controls.mark_requested.connect(self.control.mark)
        self.controls.segment_requested.connect(self.control.start_segment)
        self.controls.pause_requested.connect(self.control.pause)
        self.controls.small_view_requested.connect(self.mini.toggle)
        self.desk.now_changed.connect(self.on_now)
        self.desk.look_chosen.connect(self.choices.keep_look)
        self.choices.changed.connect(self.on_choices_changed)
        self.choices.problem.connect(self.problem)
        self.camera_notice.resume_requested.connect(self.controls.on_pause)
        self.camera_notice.source_back.connect(self.on_source_back)
        self.alert_notice.dismissed.connect(self.desk.dismiss_alerts)
        self.alert_notice.off_requested.connect(self.choices.turn_alerts_off)
        self.mini.mark_requested.connect(self.controls.on_mark)
        self.mini.pause_requested.connect(self.controls.on_pause)
        self.mini.alerts_off_requested.connect(self.choices.turn_alerts_off)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 6)
        column.setSpacing(SPACING_PX)
        for notice in (self.demo_notice, self.camera_notice, self.news):
            column.addWidget(notice)
        column.addWidget(self.setup)
        column.addWidget(self.controls)
        column.addWidget(self.before.panel, 1)
        column.addWidget(self.desk, 1)
        column.addWidget(self.alert_notice)  # where it moves no button when it comes and goes
