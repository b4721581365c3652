"""The camera's picture during a room check: a box around every face, and the room's parts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import RoomPart, RoomReport
from classroom_monitor.gui.picture_view import PictureView

_LINE = QColor(255, 255, 255, 120)
_PLATE = QColor(0, 0, 0, 150)
_WRITING = QColor(255, 255, 255)
_PADDING_PX = 4.0
_LEAST_HEIGHT_PX = 240


class RoomPicture(PictureView):
    """Draws onto the picture how large the faces of each part are, and how many can be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: RoomReport | None = None
        self.setMinimumHeight(_LEAST_HEIGHT_PX)
        self.setAccessibleName(self.tr("Picture with the room's nine parts"))

    def show_report(self, report: RoomReport | None) -> None:
        """Draw these parts from now on."""
        self._report = report
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture, and the parts over it."""
        super().paintEvent(event)
        frame, report = self.frame, self._report
        if frame is None or report is None:
            return
        height_px, width_px = frame.image_bgr.shape[:2]
        if (width_px, height_px) != (report.width_px, report.height_px):
            return
        painter = QPainter(self)
        try:
            place = self._place(width_px, height_px)
            for part in report.parts:
                self._paint_part(painter, part, place, place.width() / width_px)
        finally:
            painter.end()

    def _paint_part(self, painter: QPainter, part: RoomPart, place: QRectF, scale: float) -> None:
        left, top, across, down = (value * scale for value in part.area)
        area = QRectF(place.x() + left, place.y() + top, across, down)
        painter.setPen(QPen(_LINE, 1))
        painter.drawRect(area)
        if part.size_px is None:
            return
        text = self.tr("{0} px · {1} of {2}").format(f"{part.size_px:.0f}", part.usable, part.seen)
        metrics = QFontMetricsF(painter.font())
        width = metrics.horizontalAdvance(text) + 2 * _PADDING_PX
        if width > area.width():  # rather the size alone than one part's figures over another's
            text = self.tr("{0} px").format(f"{part.size_px:.0f}")
            width = metrics.horizontalAdvance(text) + 2 * _PADDING_PX
        plate = QRectF(area.left(), area.top(), width, metrics.height())
        painter.fillRect(plate, _PLATE)
        painter.setPen(_WRITING)
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), text)
