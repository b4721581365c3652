"""Where the window stood last, as a text among the settings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget


def place_of(window: QWidget) -> str:
    """Return a window's size and place, and whether it fills the screen, as Qt writes them."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def put_back(window: QWidget, place: str) -> None:
    """Put a window where place_of found one.

    Qt moves it onto a screen that is still there; a text that is none of Qt's changes nothing.
    """
    window.restoreGeometry(QByteArray.fromBase64(place.encode()))
