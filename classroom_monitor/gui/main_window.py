"""The window: its pages, its menus, and an orderly end."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.actions import build_menus, session_actions
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.backup_flow import BackupFlow
from classroom_monitor.gui.closing import Closing
from classroom_monitor.gui.first_start_gate import FirstStartGate
from classroom_monitor.gui.help_boxes import show_keys
from classroom_monitor.gui.icon import window_icon
from classroom_monitor.gui.live_control import Phase
from classroom_monitor.gui.live_page import LivePage
from classroom_monitor.gui.log_window import LogWindow
from classroom_monitor.gui.palette import Tone, colours_for
from classroom_monitor.gui.recordings_page import RecordingsPage
from classroom_monitor.gui.room_notice import RoomNotice
from classroom_monitor.gui.services import DEMO_SOURCE, Services, SessionRequest
from classroom_monitor.gui.sessions_page import SessionsPage
from classroom_monitor.gui.settings_flow import SettingsFlow
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption, style_sheet
from classroom_monitor.gui.window_menus import window_menus
from classroom_monitor.gui.window_notices import WindowNotices
from classroom_monitor.gui.window_pages import WindowPages
from classroom_monitor.gui.window_place import place_of, put_back
from classroom_monitor.settings import Settings

logger = logging.getLogger(__name__)

LIVE, SESSIONS, RECORDINGS = range(3)
"""The pages in the order in which the window adds them."""

_COMFORTABLE_SIZE = QSize(1360, 880)
_SCREEN_PART = 0.94
"""Most of the screen that a new window takes, so that its frame fits as well."""


class MainWindow(QMainWindow):
    """Pages with banners above; closing it saves a running session."""

    first_shown = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown = False
        self.background = Background(self)
        self._settings_flow = SettingsFlow(services, self.background, self)
        self.backups = BackupFlow(services, self.background, self)
        self.notices = WindowNotices(services, self.background)
        self.problem_notice = self.notices.problem
        self.model_notice, self.finder_notice = self.notices.model, self.notices.finder
        self.live = LivePage(services, self.background)
        self.sessions = SessionsPage(services, self.background)
        self.recordings = RecordingsPage(services)
        self.closing = Closing(services, self.background, self.live, self)
        self.pages = WindowPages()
        self._add_pages()
        self._menus = window_menus(self)
        build_menus(self, self._menus)
        self._lay_out()
        self._connect()
        self._dress()
        self.resize(_COMFORTABLE_SIZE.boundedTo(self.screen().availableSize() * _SCREEN_PART))
        put_back(self, services.settings.window)

    @property
    def page(self) -> int:
        """The page in view: LIVE, SESSIONS or one of the others."""
        return self.pages.currentIndex()

    def show_page(self, page: int) -> None:
        """Bring a page into view; recordings wait until it was said where this is used."""
        if page == RECORDINGS:
            self.gate.ask()
        self.pages.show_page(page)

    def on_problem(self, error: Exception) -> None:
        """Show a problem: its own line if the user can mend it, else where to look."""
        self.notices.on_problem(error)

    def on_open_session(self, session_id: int) -> None:
        """Show a stored session."""
        self.show_page(SESSIONS)
        self.sessions.open(session_id)

    def on_refresh(self) -> None:
        """Refresh what the page in view lists."""
        self.pages.in_view.refresh()

    def on_export(self) -> None:
        """Export what the page in view shows."""
        self.pages.in_view.export()

    def on_start_stop(self) -> None:
        """Start or stop where it can be seen."""
        self.show_page(LIVE)
        self.live.on_start_stop()

    def on_check_room(self) -> None:
        """Begin a room check, or end the one that runs, where no session does."""
        if self.live.control.phase is Phase.IDLE:
            self.show_page(LIVE)
            self.live.before.on_toggle()

    def on_type_marker(self) -> None:
        """Put the cursor where the next marker's text goes."""
        self.show_page(LIVE)
        self.live.controls.marker_text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_type_topic(self) -> None:
        """Put the cursor where the next topic goes."""
        self.show_page(LIVE)
        self.live.controls.topic_text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_small_view(self) -> None:
        """Show a running session in a small window instead, or come back from it."""
        if self.live.control.phase is Phase.RUNNING:
            self.live.mini.toggle()

    def on_mini_closed(self) -> None:
        """Come back in front of the slides."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.activateWindow()

    def on_settings(self) -> None:
        """Edit the settings."""
        self._settings_flow.open()

    def on_settings_saved(self) -> None:
        """Follow changed settings; a session that runs already goes on as it began."""
        self.live.on_settings_changed()
        self.notices.check_choices()
        self.notices.retention.check()
        self.gate.let_through()

    def on_restored(self) -> None:
        """Show what a backup has brought back."""
        self.sessions.refresh()
        self.notices.retention.check()

    def on_notice(self, settings: Settings | None = None, parent: QWidget | None = None) -> None:
        """Show what those present are told with these settings, or those in force."""
        notice = RoomNotice(settings or self._services.settings, parent or self)
        notice.finished.connect(notice.deleteLater)
        notice.open()

    def on_log(self) -> None:
        """Show the log beside the window."""
        log = LogWindow(self._services, self.background, self)
        log.finished.connect(log.deleteLater)
        log.show()

    def on_asking(self, asking: bool) -> None:
        """Keep the menus, but for the last one, from what the first-start page stands before."""
        for menu in self.menuBar().actions()[:-1]:
            menu.setEnabled(not asking)

    def on_first_start_answered(self, waiting: SessionRequest | None) -> None:
        """Follow what was answered, and begin the session that waited for it."""
        self.live.on_settings_changed()
        self.notices.check_choices()
        if waiting is not None:
            self.live.start(waiting)

    def on_demo(self) -> None:
        """Begin the built-in lecture."""
        settings = self._services.settings
        self.live.start(SessionRequest(DEMO_SOURCE, "", settings.mode, settings.group_minimum))

    def on_keys(self) -> None:
        """List the keys."""
        show_keys(self, self._menus)

    def on_quit(self) -> None:
        """Close, from a menu or a button."""
        self.close()

    def on_waiting(self, text: str) -> None:
        """Say what the end waits for; nothing else can be begun."""
        self.problem_notice.say(Tone.INFO, text)
        self.pages.setEnabled(False)
        self.menuBar().setEnabled(False)

    def on_staying(self) -> None:
        """Stay open after all; what the end has come upon is shown."""
        self.pages.setEnabled(True)
        self.menuBar().setEnabled(True)

    def on_phase(self, phase: Phase) -> None:
        """Check the model that a session begins with."""
        if phase is Phase.RUNNING:
            self.notices.check_choices()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the list of cameras, once the window is there."""
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.live.before.list_cameras()
            self.live.before.list_models()
            self.notices.check_choices()
            self.background.run(
                "purge old trash",
                self._services.purge_old_trash,
                lambda _: None,
                partial(logger.warning, "Sessions deleted earlier stay in the trash: %s"),
            )
            self.notices.retention.check()
            QTimer.singleShot(0, self, self.first_shown.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what runs first, while the window says so."""
        if self.closing.may_close():
            self.live.mini.close()
            self._remember_place()
            event.accept()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _remember_place(self) -> None:
        settings = self._services.settings
        try:
            self._services.save_settings(replace(settings, window=place_of(self)))
        except EnvironmentProblem as problem:
            logger.warning("The window's place is not remembered: %s", problem)

    def _add_pages(self) -> None:
        """Add each page with its name in menu and head, in the order of their numbers."""
        self.pages.add(self.tr("&Live"), self.live)
        self.pages.add(self.tr("S&essions"), self.sessions)
        self.pages.add(self.tr("&Recordings"), self.recordings)

    def _dress(self) -> None:
        sheet = style_sheet(self.palette())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _connect(self) -> None:
        self.live.control.phase_changed.connect(self.on_phase)
        self.notices.settings_requested.connect(self.on_settings)
        self.notices.log_requested.connect(self.on_log)
        self.notices.retention.deleted.connect(self.sessions.refresh)
        self.backups.said.connect(partial(self.problem_notice.say, Tone.GOOD))
        self.backups.problem.connect(self.on_problem)
        self.backups.restored.connect(self.on_restored)
        self.closing.waiting.connect(self.on_waiting)
        self.closing.staying.connect(self.on_staying)
        self.closing.ready.connect(self.on_quit)
        self.pages.problem.connect(self.on_problem)
        self.pages.open_session.connect(self.on_open_session)
        self.pages.head.page_chosen.connect(self.show_page)
        self.pages.head.settings_requested.connect(self.on_settings)
        self.pages.head.show_page(LIVE)
        self.live.mini.use_actions(session_actions(self))
        self.live.mini.opened.connect(self.showMinimized)
        self.live.mini.closed.connect(self.on_mini_closed)
        self.live.unanswered.connect(self.gate.ask)
        self.live.before.unanswered.connect(self.gate.ask)
        self.gate.asking.connect(self.on_asking)
        self.gate.opened.connect(self.on_first_start_answered)
        self.gate.demo_requested.connect(self.on_demo)
        self.gate.notice_requested.connect(self.on_notice)
        self._settings_flow.saved.connect(self.on_settings_saved)
        self._settings_flow.problem.connect(self.on_problem)
        self._settings_flow.notice_requested.connect(self.on_notice)
        self.gate.quit_requested.connect(self.on_quit)
        self.gate.ask()

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Classroom Monitor"))
        self.setWindowIcon(window_icon(colours_for(self.palette())))
        principle = Caption(
            self.tr(
                "Shows the group, not people. An expression is not an emotion."
                " No pictures are kept."
            )
        )
        principle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        principle.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 6)
        self.live.status.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX // 2)
        column.addWidget(self.pages.head)
        column.addWidget(self.notices)
        column.addWidget(self.pages, 1)
        column.addWidget(self.live.status)
        column.addWidget(principle)
        self.gate = FirstStartGate(self._services, whole)
        self.setCentralWidget(self.gate)
