"""How tests drive the live page: by its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from classroom_monitor.gui.main_window import MainWindow
from tests.fakes.services import FakeServices, FakeSession

LEFT = Qt.MouseButton.LeftButton


def start(qtbot: QtBot, window: MainWindow, services: FakeServices) -> FakeSession:
    """Press Start and wait for the first snapshot to be drawn."""
    QTest.mouseClick(window.live.setup.start, LEFT)
    session = services.started[-1]
    qtbot.waitUntil(lambda: session.snapshots > 0)
    return session


def stop(qtbot: QtBot, window: MainWindow) -> None:
    """Press Stop and wait until the session is saved."""
    with qtbot.waitSignal(window.live.control.saved):
        QTest.mouseClick(window.live.controls.stop, LEFT)


def marked(session: FakeSession) -> list[str]:
    """Return the texts of the markers set so far."""
    return [marker.text for marker in session.now.markers]
