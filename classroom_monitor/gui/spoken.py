"""Tells people who use a screen reader what has changed in a widget that paints itself."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Keep text as the widget's description and have it read out; "" only takes it away."""
    widget.setAccessibleDescription(text)
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
