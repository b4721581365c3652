"""The head of an opened session: the way back, its name, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.gui.elided_label import ElidedLabel
from classroom_monitor.gui.formats import date_and_time
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.theme import SPACING_PX, set_text_size

_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class SessionHead(QWidget):
    """One row: back, title above facts, undo and redo, export, and a menu of the rest."""

    back_requested = Signal()
    export_requested = Signal()
    delete_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, history: QUndoStack, page: QWidget) -> None:
        """Take the history that undo and redo go through, and the page where their keys hold."""
        super().__init__()
        self.back = QPushButton(self.tr("\N{LEFTWARDS ARROW} &All sessions"))
        self.back.setToolTip(self.tr("Back to the list (Alt+←)"))
        self.title, self.facts = ElidedLabel(), ElidedLabel()
        set_text_size(self.title, 1.35, bold=True)
        self.facts.setObjectName("caption")
        set_text_size(self.facts, 0.9)
        self.recording = QLabel(self.tr("● being recorded"))
        self.recording.setProperty("tone", Tone.ERROR.value)
        self.recording.setToolTip(self.tr("It is read again every few seconds."))
        self.undo = self._button(history.createUndoAction(page, self.tr("Undo")), "↶")
        self.redo = self._button(history.createRedoAction(page, self.tr("Redo")), "↷")
        self.undo.defaultAction().setShortcuts(QKeySequence.StandardKey.Undo)
        self.redo.defaultAction().setShortcuts(QKeySequence.StandardKey.Redo)
        for button in (self.undo, self.redo):
            button.defaultAction().setShortcutContext(_HERE)
            page.addAction(button.defaultAction())
        self.export = QPushButton(self.tr("&Export…"))
        self.export.setToolTip(self.tr("Write the session as table or report (Ctrl+E)"))
        self.more = QPushButton(self.tr("&More"))
        self.more.setMenu(self._menu())
        self.back.clicked.connect(self.back_requested)
        self.export.clicked.connect(self.export_requested)
        self._lay_out()

    def show_info(self, info: SessionInfo) -> None:
        """Name the session."""
        self.title.show_line(info.title or info.source)
        parts = [
            info.course,
            date_and_time(info.started_at),
            info.source,
            self.tr("shares of at least {0} faces").format(info.group_minimum),
        ]
        if info.counts_only:
            parts[-1] = self.tr("counts only: no moods were computed")
        running = info.state is SessionState.RUNNING
        self.recording.setVisible(running)
        self._delete.setEnabled(not running)
        self.facts.show_line("  ·  ".join(part for part in parts if part))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("&Copy the timeline as a picture"), self.copy_requested.emit)
        menu.addAction(self.tr("&Save the timeline as a picture…"), self.save_requested.emit)
        menu.addSeparator()
        self._delete = menu.addAction(self.tr("&Delete the session"), self.delete_requested.emit)
        return menu

    def _button(self, action: QAction, symbol: str) -> QToolButton:
        button = _SymbolButton(symbol)
        button.setDefaultAction(action)
        return button

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING_PX)
        row.addWidget(self.back)
        row.addLayout(names, 1)
        for widget in (self.recording, self.undo, self.redo, self.export, self.more):
            row.addWidget(widget)


class _SymbolButton(QToolButton):
    """Shows a symbol; its action's text, which says what is undone, is its tooltip and name."""

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self._symbol = symbol

    def event(self, event: QEvent) -> bool:
        """Keep the symbol whenever the action's text would become the button's."""
        done = super().event(event)
        if event.type() == QEvent.Type.ActionChanged:
            self._dress()
        return done

    def setDefaultAction(self, action: QAction) -> None:
        """Take the action, but not its text."""
        super().setDefaultAction(action)
        self._dress()

    def _dress(self) -> None:
        self.setText(self._symbol)
        text = self.defaultAction().text()
        self.setToolTip(text)
        self.setAccessibleName(text)
