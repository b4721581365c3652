"""The window's pages and dialogs in the states that tests look at."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.export_dialog import ExportDialog
from classroom_monitor.gui.log_window import LogWindow
from classroom_monitor.gui.main_window import LIVE, RECORDINGS, SESSIONS, MainWindow
from classroom_monitor.gui.mini_view import MiniView
from classroom_monitor.gui.passphrase_dialog import PassphraseDialog
from classroom_monitor.gui.room_notice import RoomNotice
from classroom_monitor.gui.settings_dialog import SettingsDialog
from tests.fakes.services import FakeServices, stored_session
from tests.gui.driving import start
from tests.gui.reviews import show_stored

TABS = 5
"""Segments, markers, exclusions, changes, details of a session in review."""

Scene = Callable[[QtBot, MainWindow, FakeServices], QWidget]
"""Brings the window into a state and returns the part of it to look at."""


def live_idle(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The live page before a session."""
    window.show_page(LIVE)
    return window.gate


def live_running(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The live page during a session."""
    window.show_page(LIVE)
    start(qtbot, window, services)
    return window.gate


def session_list(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The list of sessions."""
    services.stored = {1: stored_session(1), 2: stored_session(2)}
    window.show_page(SESSIONS)
    qtbot.waitUntil(lambda: window.sessions.table.sessions.rowCount() == 2)
    return window.gate


def session_opened(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """A session in review."""
    session_list(qtbot, window, services)
    show_stored(window.sessions, stored_session(1))
    return window.gate


def tab_opened(tab: int) -> Scene:
    """Return the scene of a session in review with one of its tables."""

    def opened(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
        root = session_opened(qtbot, window, services)
        tabs = window.sessions.view.tabs
        assert tab < tabs.count()
        tabs.setCurrentIndex(tab)
        return root

    return opened


def compared(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """Two sessions beside each other."""
    session_list(qtbot, window, services)
    window.sessions.table.selectAll()
    window.sessions.list.actions_row.compare.click()
    qtbot.waitUntil(lambda: window.sessions.compare.comparison is not None)
    return window.gate


def exporting(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The question of what to export and where."""
    session_opened(qtbot, window, services)
    window.on_export()
    return shown(qtbot, window, ExportDialog)


def room_checked(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """A room check under way."""
    window.live.setup.check.click()
    qtbot.waitUntil(lambda: bool(services.checked) and services.checked[-1].snapshots > 0)
    return window.gate


def small(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The small view beside the slides."""
    live_running(qtbot, window, services)
    window.on_small_view()
    (view,) = (view for view in QApplication.topLevelWidgets() if isinstance(view, MiniView))
    qtbot.waitUntil(view.isVisible)
    return view


def recordings(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The queue of recordings."""
    window.show_page(RECORDINGS)
    return window.gate


def settings(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The settings."""
    window.on_settings()
    return shown(qtbot, window, SettingsDialog)


def notice(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The notice for the room."""
    window.on_notice()
    return shown(qtbot, window, RoomNotice)


def backing_up(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The question for a new passphrase."""
    window.backups.back_up()
    return shown(qtbot, window, PassphraseDialog)


def log(qtbot: QtBot, window: MainWindow, services: FakeServices) -> QWidget:
    """The log."""
    window.on_log()
    return shown(qtbot, window, LogWindow)


def shown(qtbot: QtBot, window: MainWindow, kind: type[QWidget]) -> QWidget:
    """Return a dialog once it is there."""
    dialog = window.findChild(kind)
    assert isinstance(dialog, QWidget)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


SCENES = (
    live_idle,
    live_running,
    room_checked,
    small,
    session_list,
    *(tab_opened(tab) for tab in range(TABS)),
    compared,
    exporting,
    recordings,
    settings,
    notice,
    backing_up,
    log,
)


def close(root: QWidget, window: MainWindow) -> None:
    """Close a scene's dialog."""
    if root.window() is not window:
        root.close()
