"""The choice of what a session is exported as, each format with what it is good for."""

from __future__ import annotations

from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from classroom_monitor.contracts import ExportFormat
from classroom_monitor.gui.theme import SPACING_PX, Caption

_FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
_CAPTION_INDENT_PX = 24


class FormatChoice(QWidget):
    """A button for each format, the PDF chosen first."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names: dict[ExportFormat, tuple[str, str]] = {
            "pdf": (self.tr("&PDF"), self.tr("a report of one page, to print or to hand on")),
            "html": (self.tr("&HTML"), self.tr("the same page, for a browser")),
            "xlsx": (self.tr("E&xcel"), self.tr("a workbook: report, segments, every second")),
            "csv": (self.tr("&CSV"), self.tr("every second as a table, with a description beside")),
        }
        self.buttons: dict[ExportFormat, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING_PX // 3)
        for file_format, (name, use) in names.items():
            button = QRadioButton(name)
            button.setAccessibleDescription(use)
            caption = Caption(use)
            caption.setIndent(_CAPTION_INDENT_PX)
            self.buttons[file_format] = button
            self._group.addButton(button)
            column.addWidget(button)
            column.addWidget(caption)
        self.buttons["pdf"].setChecked(True)
        self._group.buttonClicked.connect(self.changed)

    @property
    def chosen(self) -> ExportFormat:
        """The format that is chosen."""
        return next(kind for kind in _FORMATS if self.buttons[kind].isChecked())

    def choose(self, file_format: ExportFormat) -> None:
        """Choose a format."""
        self.buttons[file_format].click()
