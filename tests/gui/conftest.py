"""Offscreen Qt, a window over fake services, and a watch for what it leaves behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported anywhere

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.sessions_page import SessionsPage
from tests.fakes.services import FakeServices

QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


@pytest.fixture
def services() -> FakeServices:
    """A program behind the window that a test scripts."""
    return FakeServices()


@pytest.fixture
def earlier_threads() -> set[threading.Thread]:
    """The threads before a test; other tests may have left some, such as tqdm's monitor."""
    return set(threading.enumerate())


@pytest.fixture
def window(
    qtbot: QtBot, services: FakeServices, earlier_threads: set[threading.Thread]
) -> Iterator[MainWindow]:
    """The window, shown; afterwards it must close, and leave no widget and no thread."""
    shown = MainWindow(services)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    for session in services.started:
        session.may_stop.set()
    services.cameras_may_answer.set()
    services.models_may_answer.set()
    for gate in services.load_gates.values():
        gate.set()
    shown.close()
    qtbot.waitUntil(lambda: not shown.isVisible())
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if not isinstance(widget, QMenu)]
    assert left == []  # pyqtgraph keeps hidden menus of its own, without a parent


@pytest.fixture
def sessions_page(
    qtbot: QtBot, services: FakeServices, earlier_threads: set[threading.Thread]
) -> Iterator[SessionsPage]:
    """The sessions page alone, shown; afterwards it must leave no thread."""
    background = Background()
    page = SessionsPage(services, background)
    background.setParent(page)  # as in the window: neither outlives the other
    page.resize(1160, 640)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    for gate in services.load_gates.values():
        gate.set()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= earlier_threads)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
