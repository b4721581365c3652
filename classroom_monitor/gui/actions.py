"""The menus and shortcuts: one record an entry, so that the help lists what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Command:
    """An entry of a menu: its text with a mnemonic, what it does, and its shortcut, if any."""

    text: str
    run: Callable[[], None]
    keys: str = ""

    @property
    def name(self) -> str:
        """The text without its mnemonic and its ellipsis."""
        return self.text.replace("&", "").rstrip("…")


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu or submenu; None among its entries is a line between them."""

    text: str
    entries: tuple[Command | Menu | None, ...]

    def commands(self) -> Iterator[Command]:
        """Yield every command of the menu and its submenus."""
        for entry in self.entries:
            if isinstance(entry, Menu):
                yield from entry.commands()
            elif entry is not None:
                yield entry


def build_menus(window: QMainWindow, menus: tuple[Menu, ...]) -> None:
    """Give the window its menu bar; every entry shows its shortcut."""
    for menu in menus:
        _fill(window.menuBar().addMenu(menu.text), menu)


def session_actions(window: QMainWindow) -> list[QAction]:
    """Return what the first menu and its submenus can do."""
    first = window.menuBar().actions()[0].menu()
    return [action for action in first.findChildren(QAction) if not action.shortcut().isEmpty()]


def _fill(shown: QMenu, menu: Menu) -> None:
    for entry in menu.entries:
        if entry is None:
            shown.addSeparator()
        elif isinstance(entry, Menu):
            _fill(shown.addMenu(entry.text), entry)
        else:
            _add(shown, entry)


def _add(shown: QMenu, command: Command) -> None:
    action = QAction(command.text, shown)
    if command.keys:
        action.setShortcut(QKeySequence(command.keys))
    action.triggered.connect(lambda _checked=False: command.run())
    shown.addAction(action)
