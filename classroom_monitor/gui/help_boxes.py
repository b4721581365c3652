"""What the Help menu shows."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.actions import DIGITS, Menu
from classroom_monitor.gui.theme import MARGIN_PX

_WIDTH_PX = 680
_BUTTONS_PX = 72
_SCREEN_PART = 0.9

Rows = list[tuple[str, str]]
"""Keys, and what they do."""


def show_keys(parent: QWidget, menus: tuple[Menu, ...]) -> None:
    """List the keys, without blocking what runs."""
    session, *others = menus
    left = _part(_plain(session.text), _keys(session)) + _part(_tr("Small window"), _small())
    left += "".join(_part(_plain(menu.text), _keys(menu)) for menu in others)
    right = _part(_tr("A stored timeline"), _timeline())
    right += _part(_tr("Sessions"), _list()) + _part(_tr("Recordings"), _recordings())
    table = "<table cellpadding='2'>{0}</table>"
    cell = "<td style='padding-right: 28px'>{0}</td>"
    sides = "".join(cell.format(table.format(side)) for side in (left, right))
    HelpBox(_tr("Keys"), f"<table><tr>{sides}</tr></table>", parent).open()


def show_about(parent: QWidget) -> None:
    """Say what the program is and is not, without blocking what runs."""
    text = _tr(
        "<p>Shows how a room as a whole looks, second by second.</p>"
        "<p>It shows the group, not people. An expression is not an emotion: a frown may be"
        " concentration. Faces are followed in memory only; no pictures are kept.</p>"
    )
    HelpBox(_tr("About Classroom Monitor"), text, parent).open()


def _keys(menu: Menu) -> Rows:
    """Return the keys of a menu with what they do; the nine markers are one line."""
    rows: Rows = []
    for command in menu.commands():
        if command.keys == DIGITS[0]:
            rows.append((f"{DIGITS[0]} … {DIGITS[-1]}", _tr("Set the marker with that number")))
        elif command.keys and command.keys not in DIGITS:
            rows.append((_native(command.keys), command.name))
    return rows


def _small() -> Rows:
    return [(_native("Esc"), _tr("Back to the large window"))]


def _timeline() -> Rows:
    return [
        (_native("Tab"), _tr("Select the next marker, segment or left out stretch")),
        ("← →", _tr("Pan; move what is selected, with Shift ten times as far")),
        (_native("Shift+Right"), _tr("Select a range")),
        (_native("Ctrl+Right"), _tr("Move the cursor that reads values")),
        (_native("PgDown"), _tr("Pan by a page")),
        ("+ -", _tr("Zoom")),
        (_native("Home"), _tr("Show everything")),
        (_native("Return"), _tr("Edit what is selected")),
        (_native("Del"), _tr("Remove what is selected")),
        (_native("Esc"), _tr("Select nothing")),
        (_standard(QKeySequence.StandardKey.Undo), _tr("Undo")),
        (_standard(QKeySequence.StandardKey.Redo), _tr("Redo")),
        (_native("Alt+Left"), _tr("Back to the list")),
    ]


def _list() -> Rows:
    return [
        (_native("Return"), _tr("Open")),
        (_native("F2"), _tr("Rename")),
        (_native("Del"), _tr("Delete; it can be undone")),
        (_standard(QKeySequence.StandardKey.Find), _tr("Search")),
    ]


def _recordings() -> Rows:
    return [
        (_native("Ctrl+O"), _tr("Add recordings")),
        (_native("Space"), _tr("Pause or go on")),
        (_native("Return"), _tr("Open a finished one")),
        (_native("Del"), _tr("Take it out")),
    ]


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _standard(key: QKeySequence.StandardKey) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _plain(text: str) -> str:
    return text.replace("&", "")


def _part(title: str, rows: Rows) -> str:
    head = f"<tr><th colspan='2' align='left'>{html.escape(title)}</th></tr>"
    return head + "".join(
        f"<tr><td><b>{html.escape(keys)}</b>&nbsp;&nbsp;</td><td>{html.escape(what)}</td></tr>"
        for keys, what in rows
    )


class HelpBox(QDialog):
    """A text that scrolls where the screen is too small for it."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.text = QLabel(text)
        self.text.setMargin(MARGIN_PX)
        self.text.setWordWrap(True)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setWidget(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
        wanted = QSize(_WIDTH_PX, self.text.heightForWidth(_WIDTH_PX) + _BUTTONS_PX)
        self.resize(wanted.boundedTo(self.screen().availableSize() * _SCREEN_PART))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Help", text)
