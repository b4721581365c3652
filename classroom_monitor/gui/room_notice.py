"""Shows the notice for the room, prints it, and saves it as PDF or HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.file_question import FileQuestion, ask_for_file
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.room_notice_files import notice_document, write_html, write_pdf
from classroom_monitor.gui.room_notice_text import NoticeFacts, notice_facts, notice_html
from classroom_monitor.gui.theme import SPACING_PX
from classroom_monitor.settings import Settings

_COMFORTABLE_SIZE = QSize(720, 560)
_SCREEN_PART = 0.9
_WALL_LINES = 24
"""How many lines of text are as high as the screen: the notice has a dozen, and a title."""

_LONGEST_CONTACT = 200


class RoomNotice(QDialog):
    """The notice as it will be printed, with a contact that is not kept anywhere."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._background = Background(self)
        self.setWindowTitle(self.tr("Notice for the room"))
        self.news = Banner()
        self.contact = QLineEdit(maxLength=_LONGEST_CONTACT)
        self.contact.setPlaceholderText(self.tr("who answers questions; empty: a line to write on"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("The notice"))
        self.wall = QPushButton(self.tr("&Show large"))
        self.wall.setToolTip(self.tr("On the whole screen, for a projector; Esc ends it"))
        self.print = QPushButton(self.tr("&Print…"))
        self.pdf = QPushButton(self.tr("Save as P&DF…"))
        self.html = QPushButton(self.tr("Save as &HTML…"))
        self._lay_out()
        self._connect()
        self.on_contact()
        self.resize(_COMFORTABLE_SIZE.boundedTo(self.screen().availableSize() * _SCREEN_PART))

    @property
    def facts(self) -> NoticeFacts:
        """What the notice says now."""
        return notice_facts(self._settings, self.contact.text())

    def on_contact(self) -> None:
        """Write the contact into the notice."""
        self.text.setHtml(notice_html(self.facts))

    def on_wall(self) -> None:
        """Show the notice on the whole screen."""
        wall = WallNotice(notice_html(self.facts), self)
        wall.showFullScreen()

    def on_print(self) -> None:
        """Ask for a printer, without blocking what runs."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        # The dialog doesn't own the printer: the slot keeps it for as long as the dialog is there.
        dialog.accepted.connect(lambda: notice_document(self.facts).print_(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def on_pdf(self) -> None:
        """Ask where the PDF goes."""
        ask_for_file(self, self._question("pdf", "PDF"), self.save_pdf)

    def on_html(self) -> None:
        """Ask where the HTML goes."""
        ask_for_file(self, self._question("html", "HTML"), self.save_html)

    def save_pdf(self, path: Path) -> None:
        """Write the PDF in a thread, and say so."""
        self._write(write_pdf, path)

    def save_html(self, path: Path) -> None:
        """Write the HTML in a thread, and say so."""
        self._write(write_html, path)

    def _write(self, write: Callable[[NoticeFacts, Path], None], path: Path) -> None:
        said = self.tr("Written: {0}").format(path)
        job = self._background.run(
            "write notice",
            partial(write, self.facts, path),
            lambda _none: self.news.say(Tone.GOOD, said),
            lambda problem: self.news.say(Tone.ERROR, str(problem)),
        )
        self.finished.connect(job.cancel)

    def _question(self, ending: str, kind: str) -> FileQuestion:
        name = self.tr("Notice for the room")
        return FileQuestion(name, f"{name}.{ending}", ending, kind, writes=True)

    def _connect(self) -> None:
        self.contact.textChanged.connect(self.on_contact)
        self.wall.clicked.connect(self.on_wall)
        self.print.clicked.connect(self.on_print)
        self.pdf.clicked.connect(self.on_pdf)
        self.html.clicked.connect(self.on_html)

    def _lay_out(self) -> None:
        asked = QLabel(self.tr("&Contact"))
        asked.setBuddy(self.contact)
        top = QHBoxLayout()
        top.addWidget(asked)
        top.addWidget(self.contact, 1)
        close = QPushButton(self.tr("C&lose"))
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        for button in (self.wall, self.print, self.pdf, self.html):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.news)
        column.addLayout(top)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)


class WallNotice(QTextBrowser):
    """The notice in large letters on the whole screen; Esc, Enter or Space end it."""

    def __init__(self, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(parent.windowTitle())
        font = self.font()
        font.setPixelSize(round(self.screen().size().height() / _WALL_LINES))
        self.setFont(font)
        self.setHtml(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End on the keys that end things; scroll on the others."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.close()
            return
        super().keyPressEvent(event)
