"""Backups through the window: a passphrase typed twice, work in a thread, the outcome said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.passphrase_dialog import PassphraseDialog
from classroom_monitor.sessions.store_copy import Restored
from tests.fakes.services import FakeServices, stored_session

WORDS = "four words are enough"


def passphrase_dialog(qtbot: QtBot, window: MainWindow) -> PassphraseDialog:
    """Return the question once it is there."""
    dialog = window.findChild(PassphraseDialog)
    assert isinstance(dialog, PassphraseDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def choose_file(window: MainWindow, path: Path) -> None:
    """Answer the question for a file."""
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.close()


def test_a_new_passphrase_is_typed_twice_and_not_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.backups.back_up()
    dialog = passphrase_dialog(qtbot, window)
    assert {field.echoMode() for field in (dialog.words, dialog.again)} == {
        QLineEdit.EchoMode.Password
    }
    for first, second, fits in (
        ("short", "short", False),
        (WORDS, "", False),
        (WORDS, WORDS + " ", False),
        (WORDS, WORDS, True),
    ):
        dialog.words.setText(first)
        dialog.again.setText(second)
        assert dialog.ok.isEnabled() == fits
    assert "no way back" in dialog.said.text()
    dialog.close()


def test_a_backup_is_written_and_said(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path
) -> None:
    services.stored = {1: stored_session(1)}
    window.backups.back_up()
    dialog = passphrase_dialog(qtbot, window)
    dialog.words.setText(WORDS)
    dialog.again.setText(WORDS)
    dialog.accept()
    choose_file(window, tmp_path / "mine.cmbackup")
    qtbot.waitUntil(lambda: "sessions: 1." in window.problem_notice.message)
    assert services.backups == [(tmp_path / "mine.cmbackup", WORDS)]


def test_sessions_come_back_and_are_listed(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path
) -> None:
    services.restored = Restored(2, 1)
    window.backups.restore()
    choose_file(window, tmp_path / "mine.cmbackup")
    dialog = passphrase_dialog(qtbot, window)
    assert not dialog.again.isVisible()
    dialog.words.setText("short")
    with qtbot.waitSignal(window.backups.restored):
        dialog.accept()
    assert window.problem_notice.message.endswith("back: 2, already there: 1.")
    assert services.backups == [(tmp_path / "mine.cmbackup", "short")]


@pytest.mark.parametrize("way", ["back_up_to", "restore_from"])
def test_what_goes_wrong_is_said(
    qtbot: QtBot, window: MainWindow, services: FakeServices, tmp_path: Path, way: str
) -> None:
    services.store_problem = StoreProblem("the fake passphrase is wrong")
    if way == "back_up_to":
        window.backups.back_up_to(WORDS, tmp_path / "b")
    else:
        window.backups.restore_from(tmp_path / "b", WORDS)
    qtbot.waitUntil(lambda: window.problem_notice.message == "the fake passphrase is wrong")


def test_a_missing_package_is_said_before_anything_is_typed(
    window: MainWindow, services: FakeServices
) -> None:
    services.encryption_problem = EnvironmentProblem("encryption needs a package")
    for begin in (window.backups.back_up, window.backups.restore):
        begin()
        assert window.problem_notice.message == "encryption needs a package"
        window.problem_notice.clear()
    assert window.findChild(PassphraseDialog) is None
    assert window.findChild(QFileDialog) is None
