"""The notice for the room says what is done here, on screen, on paper and in files."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.main_window import MainWindow
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_notice import RoomNotice, WallNotice
from classroom_monitor.gui.room_notice_files import write_html, write_pdf
from classroom_monitor.gui.room_notice_text import NoticeFacts, notice_html
from classroom_monitor.settings import Settings

MOODS = NoticeFacts(counts_only=False, group_minimum=7)
COUNTS = NoticeFacts(counts_only=True, group_minimum=7)


def test_it_says_what_sessions_here_do() -> None:
    with_moods, without = notice_html(MOODS), notice_html(COUNTS)
    for said in ("estimates", "at least 7 faces", "not an emotion", "No pictures"):
        assert said in with_moods
    assert "No pictures" in without
    assert "does not look at expressions" in without
    for silent in ("positive", "estimates"):
        assert silent not in without


def test_the_contact_is_text_and_no_markup() -> None:
    page = notice_html(NoticeFacts(True, 5, "<b>Dean</b> &\n Office"))
    assert "&lt;b&gt;Dean&lt;/b&gt; &amp; Office" in page
    assert "____" in notice_html(COUNTS)


def test_what_is_typed_is_in_the_notice(qtbot: QtBot) -> None:
    notice = RoomNotice(Settings(region="eu"))
    qtbot.addWidget(notice)
    assert "counts faces" in notice.text.toPlainText()
    QTest.keyClicks(notice.contact, "Room 12")
    assert "Room 12" in notice.text.toPlainText()


def test_files_are_written_and_said(qtbot: QtBot, tmp_path: Path) -> None:
    notice = RoomNotice(Settings(region="other"))
    qtbot.addWidget(notice)
    notice.save_html(tmp_path / "notice.html")
    qtbot.waitUntil(lambda: "notice.html" in notice.news.message)
    assert (tmp_path / "notice.html").read_text(encoding="utf-8") == notice_html(notice.facts)
    notice.save_pdf(tmp_path / "notice.pdf")
    qtbot.waitUntil(lambda: "notice.pdf" in notice.news.message)
    content = (tmp_path / "notice.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"%%EOF" in content[-32:]
    assert notice.news.property("tone") == Tone.GOOD.value


@pytest.mark.parametrize("write", [write_html, write_pdf])
def test_a_place_that_cannot_be_written_is_said(write: object, tmp_path: Path) -> None:
    assert callable(write)
    with pytest.raises(EnvironmentProblem, match="another place"):
        write(MOODS, tmp_path / "missing" / "notice")
    assert not (tmp_path / "missing").exists()


def test_a_failure_is_said_in_the_notice(qtbot: QtBot, tmp_path: Path) -> None:
    notice = RoomNotice(Settings())
    qtbot.addWidget(notice)
    notice.save_pdf(tmp_path / "missing" / "notice.pdf")
    qtbot.waitUntil(lambda: "another place" in notice.news.message)
    assert notice.news.property("tone") == Tone.ERROR.value


def test_it_is_shown_large_until_escape(qtbot: QtBot) -> None:
    notice = RoomNotice(Settings())
    qtbot.addWidget(notice)
    notice.show()
    notice.wall.click()
    wall = notice.findChild(WallNotice)
    assert wall is not None
    assert wall.isFullScreen()
    assert wall.font().pixelSize() == round(wall.screen().size().height() / 24)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: notice.findChild(WallNotice) is None)


def test_the_window_offers_it(window: MainWindow) -> None:
    window.on_notice()
    notice = window.findChild(RoomNotice)
    assert notice is not None
    assert notice.isVisible()
    notice.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own dialog opens")
def test_it_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    notice = RoomNotice(Settings(region="eu"))
    qtbot.addWidget(notice)
    notice.show()
    notice.print.click()
    dialog = notice.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.accepted.emit(dialog.printer())  # what the dialog itself asks before is Qt's
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()
