"""What the program has logged and what was stated, to read, to copy, and to save without names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.file_question import FileQuestion, ask_for_file
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.theme import SPACING_PX, Caption

_COMFORTABLE_SIZE = QSize(860, 560)
_SCREEN_PART = 0.9
_FOLLOW_MS = 1000
_FILE_NAME = "classroom-monitor-diagnostics.txt"


class LogWindow(QDialog):
    """Follows the log while it is open; beside the window, which goes on."""

    def __init__(self, services: Services, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._shown: Sequence[str] = ()
        self.setWindowTitle(self.tr("Log"))
        self.news = Banner()
        self.log = _lines(self.tr("The log of this run"))
        self.statements = _lines(self.tr("Statements on record"))
        self.audit = _lines(self.tr("What was done with sessions"))
        self.tabs = QTabWidget()
        self.copy = QPushButton(self.tr("&Copy"))
        self.save = QPushButton(self.tr("&Save diagnostics…"))
        self.save.setToolTip(
            self.tr("Versions, this computer, settings and log, without names, texts or paths")
        )
        self._lay_out()
        self._timer = QTimer(self, interval=_FOLLOW_MS)
        self._timer.timeout.connect(self.on_follow)
        self.resize(_COMFORTABLE_SIZE.boundedTo(self.screen().availableSize() * _SCREEN_PART))

    def on_follow(self) -> None:
        """Show lines that have come since, and stay where the user reads."""
        lines = self._services.log_lines()
        if lines == self._shown:
            return
        bar = self.log.verticalScrollBar()
        at_end, place = bar.value() == bar.maximum(), bar.value()
        self._shown = lines
        self.log.setPlainText("\n".join(lines))
        bar.setValue(bar.maximum() if at_end else place)

    def on_statements(self, lines: Sequence[str]) -> None:
        """Show the statements on record."""
        self.statements.setPlainText("\n".join(lines) or self.tr("Nothing was stated so far."))

    def on_audit(self, lines: Sequence[str]) -> None:
        """Show what was done with sessions, and which rules changed."""
        self.audit.setPlainText("\n".join(lines) or self.tr("Nothing was done so far."))

    def on_problem(self, problem: Exception) -> None:
        """Say what could not be read or written."""
        self.news.say(Tone.ERROR, str(problem))

    def on_copy(self) -> None:
        """Copy the lines in view; they hold names and paths, as the screen does."""
        shown = self.tabs.currentWidget()
        assert isinstance(shown, QPlainTextEdit)
        QGuiApplication.clipboard().setText(shown.toPlainText())

    def on_save(self) -> None:
        """Ask where the diagnostics go."""
        question = FileQuestion(
            self.tr("Save diagnostics"), _FILE_NAME, "txt", self.tr("Text"), writes=True
        )
        ask_for_file(self, question, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the diagnostics in a thread, and say so."""
        said = self.tr("Written: {0}. It holds no names, texts or paths.").format(path)
        job = self._background.run(
            "save diagnostics",
            partial(self._services.save_diagnostics, path),
            lambda _none: self.news.say(Tone.GOOD, said),
            self.on_problem,
        )
        self.finished.connect(job.cancel)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to follow."""
        super().showEvent(event)
        self.on_follow()
        run, services = self._background.run, self._services
        for job in (
            run("read statements", services.statements, self.on_statements, self.on_problem),
            run("read audit log", services.audit_lines, self.on_audit, self.on_problem),
        ):
            self.finished.connect(job.cancel)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow no longer."""
        super().hideEvent(event)
        self._timer.stop()

    def _lay_out(self) -> None:
        self.tabs.addTab(self.log, self.tr("This run"))
        self.tabs.addTab(self.statements, self.tr("Statements"))
        self.tabs.addTab(self.audit, self.tr("What was done"))
        self.tabs.setAccessibleName(self.tr("Log and statements"))
        explained = Caption(
            self.tr(
                "Here messages are whole. The file that is kept, and saved diagnostics, hold no"
                " names, texts or paths."
            )
        )
        explained.setWordWrap(True)
        close = QPushButton(self.tr("C&lose"))
        close.clicked.connect(self.accept)
        self.copy.clicked.connect(self.on_copy)
        self.save.clicked.connect(self.on_save)
        row = QHBoxLayout()
        for button in (self.copy, self.save):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(SPACING_PX)
        column.addWidget(self.news)
        column.addWidget(self.tabs, 1)
        column.addWidget(explained)
        column.addLayout(row)


def _lines(name: str) -> QPlainTextEdit:
    view = QPlainTextEdit(readOnly=True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    view.setTabChangesFocus(True)
    view.setAccessibleName(name)
    return view
