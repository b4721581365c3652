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


def keys_text() -> str:
    """Return the keys as a table in rich text."""
    rows = (
        ("F5", _tr("start or stop the session")),
        ("M", _tr("marker at this moment, with the text typed ahead")),
        ("1 … 9", _tr("marker with that number")),
        ("Shift+M", _tr("go to the marker's text")),
        ("Ctrl+1, Ctrl+2", _tr("Live page, Sessions page")),
        ("Ctrl+R", _tr("list cameras or sessions again")),
        ("Ctrl+E", _tr("export the opened session")),
        ("← → + - Home", _tr("on a stored timeline: pan, zoom, show everything")),
        ("Ctrl+Q", _tr("save a running session and quit")),
    )
    cells = "".join(
        f"<tr><td><b>{key}</b>&nbsp;&nbsp;</td><td>{what}</td></tr>" for key, what in rows
    )
    return f"<table cellpadding='4'>{cells}</table>"


def _add(menu: QMenu, text: str, keys: tuple[str, ...], run: Callable[[], None]) -> None:
    action = QAction(text, menu)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked=False: run())
    menu.addAction(action)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
