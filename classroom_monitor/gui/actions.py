"""The menus and shortcuts, all in one place so that the help can list them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Commands:
    """What the menus can ask for."""

    show_live: Callable[[], None]
    show_sessions: Callable[[], None]
    start_stop: Callable[[], None]
    mark: Callable[[], None]
    mark_digit: Callable[[str], None]
    type_marker: Callable[[], None]
    refresh: Callable[[], None]
    export: Callable[[], None]
    settings: Callable[[], None]
    shortcuts: Callable[[], None]
    about: Callable[[], None]
    quit: Callable[[], None]


def build_menus(window: QMainWindow, commands: Commands) -> None:
    """Give the window its menu bar; every entry shows its shortcut."""
    bar = window.menuBar()
    session = bar.addMenu(_tr("&Session"))
    _add(session, _tr("&Start or stop"), ("F5",), commands.start_stop)
    _add(session, _tr("Set a &marker"), ("M",), commands.mark)
    _add(session, _tr("Type a marker &text"), ("Shift+M",), commands.type_marker)
    digits = session.addMenu(_tr("Set a &numbered marker"))
    for digit in DIGITS:
        name = _tr("Marker {0}").format(digit)
        _add(digits, name, (digit,), partial(commands.mark_digit, digit))
    session.addSeparator()
    _add(session, _tr("&Export CSV…"), ("Ctrl+E",), commands.export)
    session.addSeparator()
    _add(session, _tr("Se&ttings…"), ("Ctrl+,",), commands.settings)
    _add(session, _tr("&Quit"), ("Ctrl+Q",), commands.quit)
    view = bar.addMenu(_tr("&View"))
    _add(view, _tr("&Live"), ("Ctrl+1",), commands.show_live)
    _add(view, _tr("S&essions"), ("Ctrl+2",), commands.show_sessions)
    _add(view, _tr("&Refresh cameras or sessions"), ("Ctrl+R",), commands.refresh)
    helps = bar.addMenu(_tr("&Help"))
    _add(helps, _tr("&Keys…"), ("F1",), commands.shortcuts)
    _add(helps, _tr("&About…"), (), commands.about)


def _add(menu: QMenu, text: str, keys: tuple[str, ...], run: Callable[[], None]) -> None:
    action = QAction(text, menu)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked=False: run())
    menu.addAction(action)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
