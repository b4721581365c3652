"""How settings stand in their dialog: a field under its name, what it does, bounds and default."""

from __future__ import annotations

import dataclasses
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption
from classroom_monitor.settings import LIMITS, Settings

_DEFAULTS = dataclasses.asdict(Settings())
_PERCENT = 100
_LEAST_HEIGHT_PX = 28


class SettingsPart(Protocol):
    """A part of the settings, on a tab of its own."""

    def fill(self, settings: Settings) -> None:
        """Show these settings."""

    def apply(self, settings: Settings) -> Settings:
        """Return the settings with what this part shows."""


class SettingsForm(QFormLayout):
    """Rows of named fields, each with a line below that explains it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        self.setVerticalSpacing(SPACING_PX)
        self.setHorizontalSpacing(SPACING_PX)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, name: str, field: QWidget, explanation: str) -> QWidget:
        """Add a field with the line that explains it, which a screen reader reads, too.

        Returns what setRowVisible takes.
        """
        if name and not field.accessibleName():
            field.setAccessibleName(name.replace("&", ""))
        field.setAccessibleDescription(explanation)
        field.setMinimumHeight(_LEAST_HEIGHT_PX)
        line = Caption(explanation)
        line.setWordWrap(True)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        if isinstance(field, QPushButton):
            column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(field)
        column.addWidget(line)
        label = QLabel(name)
        label.setBuddy(field)
        self.addRow(label, both)
        return both

    def add_note(self, note: Caption) -> None:
        """Add a line that stands under the field before it."""
        note.setWordWrap(True)
        self.addRow("", note)


def scrolled(part: QWidget) -> QScrollArea:
    """Return a part that scrolls where the screen is small."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is focused in it is scrolled into sight
    area.setWidget(part)
    return area


def bounds_text(name: str, unit: str = "") -> str:
    """Return the bounds and the default of a number, as "1 to 120 s, default 15 s."."""
    least, most = LIMITS[name]
    return _tr("{0:g} to {1:g}{2}, default {3:g}{2}.").format(least, most, unit, _DEFAULTS[name])


def percent_text(name: str) -> str:
    """Return the bounds and the default of a share, in per cent."""
    least, most = LIMITS[name]
    values = (round(_PERCENT * value) for value in (least, most, _DEFAULTS[name]))
    return _tr("{0} to {1} %, default {2} %.").format(*values)


def switch_text(name: str) -> str:
    """Return what a switch is by default."""
    return _tr("Default: on.") if _DEFAULTS[name] else _tr("Default: off.")


def whole_number(name: str, suffix: str) -> QSpinBox:
    """Return a field for a whole number within its bounds."""
    least, most = LIMITS[name]
    field = QSpinBox(minimum=int(least), maximum=int(most))
    field.setSuffix(suffix)
    return field


def decimal_number(name: str, suffix: str) -> QDoubleSpinBox:
    """Return a field for a number with one decimal within its bounds."""
    least, most = LIMITS[name]
    field = QDoubleSpinBox(minimum=least, maximum=most, decimals=1, singleStep=0.5)
    field.setSuffix(suffix)
    return field


class PercentField(QSpinBox):
    """A share within its bounds, in whole per cent; a finer one stays until it is changed."""

    def __init__(self, name: str) -> None:
        least, most = LIMITS[name]
        super().__init__(minimum=round(_PERCENT * least), maximum=round(_PERCENT * most))
        self.setSuffix(" %")
        self._share = float(_DEFAULTS[name])

    @property
    def share(self) -> float:
        """The share, from 0 to 1."""
        if self.value() == round(_PERCENT * self._share):
            return self._share
        return self.value() / _PERCENT

    def show_share(self, share: float) -> None:
        """Show a share."""
        self._share = share
        self.setValue(round(_PERCENT * share))


def choice(entries: tuple[tuple[str, str], ...]) -> QComboBox:
    """Return a choice of (text, setting) entries."""
    field = QComboBox()
    for text, setting in entries:
        field.addItem(text, setting)
    return field


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsRows", text)
