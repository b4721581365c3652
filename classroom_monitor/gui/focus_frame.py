"""The frame around a widget that paints itself, while keys are for it."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from classroom_monitor.gui.palette import colours_for

FRAME_PX = 2
"""Margin that a layout leaves free for the frame."""


def paint_focus(widget: QWidget) -> None:
    """Paint the frame from within a widget's paintEvent, if it has the focus."""
    if widget.hasFocus():
        painter = QPainter(widget)
        painter.setPen(QPen(colours_for(widget.palette()).selection, 1))
        painter.drawRect(widget.rect().adjusted(0, 0, -1, -1))
