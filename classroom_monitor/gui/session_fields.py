"""Fields that a session and the settings both have, and how a field stands under its name."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from classroom_monitor.contracts import Resolution
from classroom_monitor.gui.theme import Caption

_LEAST_HEIGHT_PX = 28


def mode_field() -> QComboBox:
    """Return a choice of "room" and "near", as the data of its entries."""
    field = QComboBox()
    field.setAccessibleName(_tr("Mode"))
    field.addItem(_tr("Room"), "room")
    field.addItem(_tr("Near"), "near")
    field.setToolTip(
        _tr("Room: also finds small faces in the back rows. Near: a few large faces, fast.")
    )
    return field


def resolution_field() -> QComboBox:
    """Return a choice of what is asked of a camera, as the data of its entries."""
    field = QComboBox()
    field.setAccessibleName(_tr("Resolution"))
    names = {
        "auto": _tr("Automatic"),
        "1920x1080": "1080p (1920x1080)",
        "3840x2160": "4K (3840x2160)",
    }
    for resolution in get_args(Resolution):
        field.addItem(names.get(resolution, resolution), resolution)
    field.setToolTip(
        _tr(
            "What a camera is asked for; it gives the nearest that it has. Automatic asks for"
            " 1080p. Recordings and streams have a resolution of their own."
        )
    )
    return field


def group_minimum_field() -> QSpinBox:
    """Return a number from 1 on that says what it protects, and what it does not."""
    field = QSpinBox(minimum=1, maximum=1000)
    field.setSuffix(_tr(" faces"))
    field.setAccessibleName(_tr("Group minimum: fewest used faces for a mix"))
    protects = _tr(
        "A second with fewer used faces than this has no mix, only counts: on screen, in the store"
        " and in exports. With 1 or 2 you see the expressions of single people."
    )
    does_not = _tr(
        "It does not protect against comparing: when one person comes, goes or is lost between two"
        " neighbouring seconds that both have a mix, the difference between the two can give away"
        " that person's part."
    )
    field.setToolTip(f"<p>{protects}</p><p>{does_not}</p>")
    return field


def add_field(
    row: QHBoxLayout, name: str, field: QWidget, stretch: int, beside: QWidget | None = None
) -> None:
    """Add a field, with a button beside it, under its name, whose mnemonic leads to the field."""
    caption = Caption(name)
    caption.setBuddy(field)
    line = QHBoxLayout()
    line.setSpacing(4)
    line.addWidget(field, 1)
    if beside is not None:
        line.addWidget(beside)
    for widget in (field, beside):
        if widget is not None:
            widget.setMinimumHeight(_LEAST_HEIGHT_PX)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(caption)
    column.addLayout(line)
    row.addLayout(column, stretch)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SessionFields", text)
