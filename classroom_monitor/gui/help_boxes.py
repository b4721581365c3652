"""What the Help menu shows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from classroom_monitor.gui.actions import DIGITS, Command, Menu


def show_keys(parent: QWidget, menus: tuple[Menu, ...]) -> None:
    """List the keys, without blocking what runs."""
    rows = [_headed(menu.text.replace("&", ""), _keys(menu)) for menu in menus]
    rows.append(_headed(_tr("A stored timeline"), _timeline_keys()))
    _show(parent, _tr("Keys"), f"<table cellpadding='3'>{''.join(rows)}</table>")


def show_about(parent: QWidget) -> None:
    """Say what the program is and is not, without blocking what runs."""
    text = _tr(
        "<p>Shows how a room as a whole looks, second by second.</p>"
        "<p>It shows the group, not people. An expression is not an emotion: a frown may be"
        " concentration. Faces are followed in memory only; no pictures are kept.</p>"
    )
    _show(parent, _tr("About Classroom Monitor"), text)


def _keys(menu: Menu) -> list[tuple[str, str]]:
    """Return the keys of a menu with what they do; the nine markers are one line."""
    rows = []
    for command in menu.commands():
        if command.keys == DIGITS[0]:
            rows.append((f"{DIGITS[0]} … {DIGITS[-1]}", _tr("set the marker with that number")))
        elif command.keys and not _is_digit(command):
            rows.append((command.keys, command.name))
    return rows


def _timeline_keys() -> list[tuple[str, str]]:
    return [
        ("← → + -", _tr("Pan, zoom")),
        ("Home", _tr("Show everything")),
    ]


def _is_digit(command: Command) -> bool:
    return command.keys in DIGITS


def _headed(title: str, rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<tr><td><b>{keys}</b>&nbsp;&nbsp;</td><td>{what}</td></tr>" for keys, what in rows
    )
    return f"<tr><th colspan='2' align='left'>{title}</th></tr>{cells}"


def _show(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=parent)
    box.finished.connect(box.deleteLater)
    box.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Help", text)
