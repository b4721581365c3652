"""The export dialog: formats, one file or a folder, failures that can be mended."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui import export_target
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.export_dialog import ExportDialog
from tests.fakes.services import FakeServices, stored_session

LEFT = Qt.MouseButton.LeftButton
Opener = Callable[[int], ExportDialog]


@pytest.fixture
def services() -> FakeServices:
    """Three stored sessions."""
    services = FakeServices()
    services.stored = {n: stored_session(n, f"Week {n}") for n in (1, 2, 3)}
    return services


@pytest.fixture
def open_for(
    qtbot: QtBot, services: FakeServices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Opener:
    """Opens the dialog for so many sessions; documents are in tmp_path."""
    monkeypatch.setattr(export_target, "documents_folder", lambda: str(tmp_path))
    background = Background()

    def opened(sessions: int) -> ExportDialog:
        infos = [services.stored[n].info for n in range(1, sessions + 1)]
        dialog = ExportDialog(services, background, infos)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return opened


def test_one_session_goes_to_a_file_named_after_it(
    qtbot: QtBot, open_for: Opener, services: FakeServices, tmp_path: Path
) -> None:
    dialog = open_for(1)
    expected = tmp_path / "2026-03-03_0915_Week-1.pdf"
    with qtbot.waitSignal(dialog.exported) as told:
        QTest.mouseClick(dialog.export_button, LEFT)
    assert services.exported == [((1,), expected, "pdf")]
    assert told.args == [(expected,)]
    assert not dialog.isVisible()


def test_the_file_ends_as_the_format_wants_it_and_keeps_what_was_typed(
    qtbot: QtBot, open_for: Opener, services: FakeServices, tmp_path: Path
) -> None:
    dialog = open_for(1)
    dialog.target.selectAll()
    QTest.keyClicks(dialog.target, str(tmp_path / "mine.pdf"))
    dialog.formats.choose("xlsx")
    with qtbot.waitSignal(dialog.exported):
        QTest.keyClick(dialog.target, Qt.Key.Key_Return)
    assert services.exported == [((1,), tmp_path / "mine.xlsx", "xlsx")]


def test_several_sessions_go_to_a_folder_and_can_be_left_out(
    qtbot: QtBot, open_for: Opener, services: FakeServices, tmp_path: Path
) -> None:
    dialog = open_for(3)
    assert "one over them all" in dialog.where.note.text()
    dialog.formats.choose("csv")
    assert "a file of its own" in dialog.where.note.text()
    dialog.sessions.item(1).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(dialog.exported):
        QTest.mouseClick(dialog.export_button, LEFT)
    assert services.exported == [((1, 3), tmp_path, "csv")]


def test_the_last_ticked_session_goes_to_a_file_and_none_cannot_be_exported(
    open_for: Opener, tmp_path: Path
) -> None:
    dialog = open_for(2)
    dialog.sessions.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.target.text() == str(tmp_path / "2026-03-04_0915_Week-2.pdf")
    dialog.sessions.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.export_button.isEnabled()


def test_a_file_that_would_be_replaced_is_said(open_for: Opener, tmp_path: Path) -> None:
    dialog = open_for(1)
    assert dialog.where.note.text() == ""
    (tmp_path / "old.pdf").touch()
    dialog.target.setText(str(tmp_path / "old.pdf"))
    assert "replaced" in dialog.where.note.text()


def test_a_failure_is_said_and_another_target_can_be_chosen(
    qtbot: QtBot, open_for: Opener, services: FakeServices, tmp_path: Path
) -> None:
    dialog = open_for(1)
    services.export_problem = EnvironmentProblem("the disk is full: choose another place")
    QTest.mouseClick(dialog.export_button, LEFT)
    qtbot.waitUntil(lambda: dialog.news.message == "the disk is full: choose another place")
    assert dialog.isVisible()
    services.export_problem = None
    with qtbot.waitSignal(dialog.exported):
        QTest.mouseClick(dialog.export_button, LEFT)
    assert len(services.exported) == 1


def test_the_window_goes_on_while_files_are_written(
    qtbot: QtBot, open_for: Opener, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on = threading.Event()
    export = services.export

    def slow(*arguments: object) -> object:
        assert threading.current_thread() is not threading.main_thread()
        may_go_on.wait()
        return export(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "export", slow)
    dialog = open_for(1)
    QTest.mouseClick(dialog.export_button, LEFT)
    assert not dialog.export_button.isEnabled()
    with qtbot.waitSignal(dialog.exported):
        may_go_on.set()


def test_the_folder_that_was_browsed_to_is_kept_for_other_choices(
    qtbot: QtBot, open_for: Opener, tmp_path: Path
) -> None:
    dialog = open_for(2)
    (tmp_path / "reports").mkdir()
    QTest.mouseClick(dialog.where.browse_button, LEFT)
    browser = dialog.findChild(QFileDialog)
    assert isinstance(browser, QFileDialog)
    browser.setDirectory(str(tmp_path / "reports"))
    browser.accept()
    assert dialog.target.text() == str(tmp_path / "reports")
    dialog.sessions.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.target.text().startswith(str(tmp_path / "reports" / "2026"))
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is None)
