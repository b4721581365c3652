"""What the Help menu shows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def show_keys(parent: QWidget) -> None:
    """List the keys, without blocking what runs."""
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
    _show(parent, _tr("Keys"), f"<table cellpadding='4'>{cells}</table>")


def show_about(parent: QWidget) -> None:
    """Say what the program is and is not, without blocking what runs."""
    text = _tr(
        "<p>Shows how a room as a whole looks, second by second.</p>"
        "<p>It shows the group, not people. An expression is not an emotion: a frown may be"
        " concentration. Faces are followed in memory only; no pictures are kept.</p>"
    )
    _show(parent, _tr("About Classroom Monitor"), text)


def _show(parent: QWidget, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, parent=parent)
    box.finished.connect(box.deleteLater)
    box.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Help", text)
