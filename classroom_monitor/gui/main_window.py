"""The window: two pages, what must always be said, and an orderly end."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.actions import Commands, build_menus
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.help_boxes import show_about, show_keys
from classroom_monitor.gui.icon import window_icon
from classroom_monitor.gui.live_control import STOP_TIMEOUT_S, Phase
from classroom_monitor.gui.live_page import LivePage
from classroom_monitor.gui.model_notice import ModelNotice
from classroom_monitor.gui.page_area import PageArea
from classroom_monitor.gui.page_head import PageHead
from classroom_monitor.gui.palette import Tone, colours_for
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.sessions_page import SessionsPage
from classroom_monitor.gui.settings_dialog import SettingsDialog
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption, style_sheet

logger = logging.getLogger(__name__)

LIVE, SESSIONS = 0, 1
_CLOSE_GRACE_S = 3.0
_COMFORTABLE_SIZE = QSize(1360, 880)
_SCREEN_PART = 0.94
"""Most of the screen that a new window takes, so that its frame fits as well."""


class MainWindow(QMainWindow):
    """Live and Sessions pages with banners above; closing it saves a running session."""

    first_shown = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown = False
        self._closing = False
        self._abandoned = False
        self.background = Background(self)
        self.live = LivePage(services, self.background)
        self.sessions = SessionsPage(services, self.background)
        self.areas = (
            PageArea(self.live, self.live.fit_width),
            PageArea(self.sessions, self.sessions.fit_width),
        )
        self.problem_notice = Banner()
        self.region_notice = Banner()
        self.model_notice, self.finder_notice = self._choice_notices()
        self._pages = QStackedWidget()
        self._head = PageHead(((self.tr("Live"), "Ctrl+1"), (self.tr("Sessions"), "Ctrl+2")))
        self.setWindowTitle(self.tr("Classroom Monitor"))
        self.setWindowIcon(window_icon(colours_for(self.palette())))
        self._lay_out()
        build_menus(self, self._commands())
        self._connect()
        self._show_region()
        self._dress()
        self.resize(_COMFORTABLE_SIZE.boundedTo(self.screen().availableSize() * _SCREEN_PART))

    @property
    def page(self) -> int:
        """LIVE or SESSIONS."""
        return self._pages.currentIndex()

    def show_page(self, page: int) -> None:
        """Show a page; the list of sessions is read anew whenever it comes up."""
        self._pages.setCurrentIndex(page)
        self._head.show_page(page)
        if page == SESSIONS:
            self.sessions.refresh()

    def on_problem(self, error: Exception) -> None:
        """Show a problem: its own line if the user can mend it, else where to look."""
        if isinstance(error, EnvironmentProblem):
            self.problem_notice.say(Tone.ERROR, str(error))
            return
        logger.error("unexpected problem", exc_info=error)
        self.problem_notice.say(
            Tone.ERROR,
            self.tr(
                "An error in the program: {0}. The log has the details; what runs goes on."
            ).format(f"{type(error).__name__}: {error}"),
        )

    def on_open_session(self, session_id: int) -> None:
        """Show a stored session."""
        self.show_page(SESSIONS)
        self.sessions.open(session_id)

    def on_refresh(self) -> None:
        """Refresh what the page in view lists."""
        if self.page == SESSIONS:
            self.sessions.refresh()
        elif self.live.control.phase is Phase.IDLE:
            self.live.refresh_cameras()

    def on_start_stop(self) -> None:
        """Start or stop where it can be seen."""
        self.show_page(LIVE)
        self.live.controls.on_start_stop()

    def on_export(self) -> None:
        """Export the opened session."""
        if self.page == SESSIONS:
            self.sessions.export()

    def on_type_marker(self) -> None:
        """Put the cursor where the next marker's text goes."""
        self.show_page(LIVE)
        self.live.controls.marker_text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def on_settings(self) -> None:
        """Edit the settings."""
        dialog = SettingsDialog(self._services.settings, self)
        listing = self.background.run(
            "list models", self._services.models, dialog.on_models, self.on_problem
        )
        looking = self.background.run(
            "list finders", self._services.finders, dialog.on_finders, self.on_problem
        )
        dialog.accepted.connect(partial(self.on_settings_chosen, dialog))
        dialog.finished.connect(listing.cancel)
        dialog.finished.connect(looking.cancel)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_settings_chosen(self, dialog: SettingsDialog) -> None:
        """Keep changed settings; a session that runs already goes on as it began."""
        try:
            self._services.save_settings(dialog.chosen())
        except EnvironmentProblem as problem:
            self.on_problem(problem)
            return
        if self.live.control.phase is Phase.IDLE:
            self.live.controls.fill(self._services.settings)
        self.live.show_settings()
        self._show_region()
        self._check_choices()

    def on_phase(self, phase: Phase) -> None:
        """Check the model that a session begins with; close once it is saved, if asked to."""
        if phase is Phase.RUNNING:
            self._check_choices()
        if self._closing and phase is Phase.IDLE:
            QTimer.singleShot(0, self, self.close)

    def on_close_timeout(self) -> None:
        """Close although the session's threads hang; each stored second is safe already."""
        if self.live.control.phase is not Phase.IDLE:
            logger.warning("the session did not end in time; closing without it")
        self._abandoned = True
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the list of cameras, once the window is there."""
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            self.live.refresh_cameras()
            self._check_choices()
            QTimer.singleShot(0, self, self.first_shown.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save a running session first, in a thread, while the window says so."""
        if self._abandoned or self.live.control.phase is Phase.IDLE:
            event.accept()
            return
        event.ignore()
        if self._closing:
            return
        self._closing = True
        self.problem_notice.say(Tone.INFO, self.tr("Saving the session, then closing…"))
        self._pages.setEnabled(False)
        self.menuBar().setEnabled(False)
        limit_ms = round(1000 * (STOP_TIMEOUT_S + _CLOSE_GRACE_S))
        QTimer.singleShot(limit_ms, self, self.on_close_timeout)
        self.live.control.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        sheet = style_sheet(self.palette())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _choice_notices(self) -> tuple[ModelNotice, ModelNotice]:
        model = self.tr("Sessions use the default model. The chosen one cannot be used: {0}")
        finder = self.tr("Sessions find faces with MediaPipe. What was chosen cannot be used: {0}")
        return (
            ModelNotice(self._services.check_model, model, self.background, self.on_settings),
            ModelNotice(self._services.check_finder, finder, self.background, self.on_settings),
        )

    def _check_choices(self) -> None:
        self.model_notice.refresh(self.on_problem)
        self.finder_notice.refresh(self.on_problem)

    def _show_region(self) -> None:
        if self._services.settings.region != "unset":
            self.region_notice.clear()
            return
        self.region_notice.say(
            Tone.WARNING,
            self.tr(
                "Say where you use this program: in the European Union it counts faces only,"
                " unless a lawful exception is on record."
            ),
            action=(self.tr("Settings…"), self.on_settings),
        )

    def _commands(self) -> Commands:
        controls = self.live.controls
        return Commands(
            show_live=partial(self.show_page, LIVE),
            show_sessions=partial(self.show_page, SESSIONS),
            start_stop=self.on_start_stop,
            mark=controls.on_mark,
            mark_digit=self.live.control.mark,
            type_marker=self.on_type_marker,
            refresh=self.on_refresh,
            export=self.on_export,
            settings=self.on_settings,
            shortcuts=partial(show_keys, self),
            about=partial(show_about, self),
            quit=self._quit,
        )

    def _quit(self) -> None:
        self.close()

    def _connect(self) -> None:
        self.live.problem.connect(self.on_problem)
        self.live.open_session.connect(self.on_open_session)
        self.live.control.phase_changed.connect(self.on_phase)
        self.sessions.problem.connect(self.on_problem)
        self._head.page_chosen.connect(self.show_page)
        self._head.settings_requested.connect(self.on_settings)

    def _lay_out(self) -> None:
        notices = QVBoxLayout()
        notices.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        notices.addWidget(self.problem_notice)
        notices.addWidget(self.region_notice)
        notices.addWidget(self.model_notice)
        notices.addWidget(self.finder_notice)
        for area in self.areas:
            self._pages.addWidget(area)
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
        column.addWidget(self._head)
        column.addLayout(notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self.live.status)
        column.addWidget(principle)
        self.setCentralWidget(whole)
