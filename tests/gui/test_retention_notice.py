"""Old sessions are asked about before they go for the first time, and never go unseen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import StoreProblem
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.retention_notice import RetentionNotice
from classroom_monitor.keeping import Overdue
from tests.fakes.services import FakeServices, stored_session


@pytest.fixture(autouse=True)
def two_old_sessions(services: FakeServices) -> None:
    """Two of three sessions are too old."""
    services.stored = {number: stored_session(number) for number in (1, 2, 3)}
    services.overdue = overdue(services, must_ask=True)


@pytest.fixture
def notice(qtbot: QtBot, window: MainWindow) -> RetentionNotice:
    """The window's notice, once it has looked."""
    shown = window.notices.retention
    qtbot.waitUntil(lambda: bool(shown.message))
    return shown


def overdue(services: FakeServices, must_ask: bool) -> Overdue:
    return Overdue(tuple(services.stored[number].info for number in (1, 2)), must_ask)


def question(qtbot: QtBot, window: MainWindow) -> QMessageBox:
    """Return the question once it is there."""
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    qtbot.waitUntil(box.isVisible)
    return box


def press(box: QMessageBox, name: str) -> None:
    (button,) = (each for each in box.findChildren(QPushButton) if name in each.text())
    button.click()


def test_nothing_goes_before_somebody_agrees(
    qtbot: QtBot, window: MainWindow, services: FakeServices, notice: RetentionNotice
) -> None:
    assert notice.message.endswith("say: 2.")
    notice.on_action()
    box = question(qtbot, window)
    assert "-: 2" in box.informativeText()
    assert "2026-03-03" in box.informativeText()
    press(box, "Keep")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None)
    assert services.purged == []
    assert len(services.stored) == 3


def test_what_was_agreed_to_goes_and_is_said(
    qtbot: QtBot, window: MainWindow, services: FakeServices, notice: RetentionNotice
) -> None:
    notice.on_action()
    with qtbot.waitSignal(notice.deleted):
        press(question(qtbot, window), "Delete")
    assert services.purged == [1, 2]
    assert notice.message.endswith(": 2.")
    qtbot.waitUntil(lambda: window.sessions.table.sessions.rowCount() == 1)


def test_later_on_it_is_only_said(
    qtbot: QtBot, window: MainWindow, services: FakeServices, notice: RetentionNotice
) -> None:
    services.overdue = overdue(services, must_ask=False)
    with qtbot.waitSignal(notice.deleted):
        window.on_settings_saved()
    assert services.purged == [1, 2]
    assert notice.message.endswith(": 2.")
    assert window.findChild(QMessageBox) is None


def test_sessions_that_cannot_be_deleted_are_said(
    qtbot: QtBot, window: MainWindow, services: FakeServices, notice: RetentionNotice
) -> None:
    services.store_problem = StoreProblem("session 2 is being recorded; stop it")
    services.overdue = overdue(services, must_ask=False)
    notice.check()
    qtbot.waitUntil(lambda: "being recorded" in window.problem_notice.message)
    assert len(services.stored) == 3


def test_once_nothing_is_too_old_nothing_is_said(
    qtbot: QtBot, services: FakeServices, notice: RetentionNotice
) -> None:
    services.overdue = Overdue()
    notice.check()
    qtbot.waitUntil(lambda: not notice.message)
