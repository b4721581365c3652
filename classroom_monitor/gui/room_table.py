"""The figures of a room check, a row for each part of the room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from classroom_monitor.contracts import RoomPart, RoomReport
from classroom_monitor.gui.formats import NO_VALUE, percent
from classroom_monitor.gui.room_words import part_name

_PARTS = 9
_ROW_PX = 24
_SLACK_PX = 6


class RoomTable(QTableWidget):
    """Nine rows, from the back to the front; numbers only, what to do stands in the advice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_PARTS, 5, parent)
        self.setAccessibleName(self.tr("Measured in each part of the room"))
        self.setHorizontalHeaderLabels(
            [
                self.tr("Part"),
                self.tr("Usable"),
                self.tr("Size"),
                self.tr("Light"),
                self.tr("Sharpness"),
            ]
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for row in range(_PARTS):
            for column in range(5):
                self.setItem(row, column, self._empty(column))
        self._explain()

    def sizeHint(self) -> QSize:
        """All rows, so that nobody has to scroll where there is room."""
        height = self.horizontalHeader().sizeHint().height() + _PARTS * _ROW_PX
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth() + _SLACK_PX)

    def clear_figures(self) -> None:
        """Show nothing."""
        for row in range(_PARTS):
            for column in range(self.columnCount()):
                self._write(row, column, "")

    def show_report(self, report: RoomReport) -> None:
        """Show the newest figures."""
        for row, part in enumerate(report.parts):
            for column, text in enumerate(self._texts(part)):
                self._write(row, column, text)

    def _write(self, row: int, column: int, text: str) -> None:
        item = self.item(row, column)
        if item is not None and item.text() != text:
            item.setText(text)

    def _texts(self, part: RoomPart) -> tuple[str, ...]:
        if part.size_px is None or part.light is None or part.sharpness is None:
            light = self.tr("room {0}").format(percent(part.picture_light))
            return part_name(part), NO_VALUE, NO_VALUE, light, NO_VALUE
        usable = self.tr("{0} of {1}").format(part.usable, part.seen)
        size = self.tr("{0} px").format(f"{part.size_px:.0f}")
        sharpness = f"{part.sharpness:.2f}"
        light = percent(part.light)
        return part_name(part), usable, size, light, sharpness

    def _empty(self, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setTextAlignment(_alignment(column))
        return item

    def _explain(self) -> None:
        texts = (
            self.tr("Left and right as in the picture; the back is its upper part."),
            self.tr("Faces large and sharp enough to be used, of those found."),
            self.tr("The middle of the faces' longer sides, in pixels of the picture."),
            self.tr("How bright faces are, 100% is white; without faces that part of the room."),
            self.tr("Fine detail of the faces against their contrast; blurred faces have little."),
        )
        for column, text in enumerate(texts):
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setToolTip(text)
                item.setTextAlignment(_alignment(column))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
