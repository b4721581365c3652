"""The camera's picture with a plain box around every face."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_monitor.contracts import Frame, Track, UInt8Array
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for

_HALO = QColor(0, 0, 0, 130)
_USED = QColor(255, 255, 255, 235)
_UNUSED = QColor(255, 255, 255, 150)


class PictureView(QWidget):
    """Shows the newest frame as large as fits; never keeps more than that one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Frame | None = None
        self._tracks: tuple[Track, ...] = ()
        self._moods = False
        self._hint = ""
        self.setMinimumSize(280, 158)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture with a box around every face"))

    def sizeHint(self) -> QSize:
        """As small as is useful; the layout gives what there is beyond that."""
        return self.minimumSize()

    @property
    def frame(self) -> Frame | None:
        """The frame that is shown."""
        return self._frame

    def show_frame(self, frame: Frame, tracks: Sequence[Track], *, moods: bool) -> None:
        """Show a frame with its faces, each with its own mood only where the user asked for it."""
        self._frame, self._tracks, self._moods = frame, tuple(tracks), moods
        self.update()

    def show_hint(self, hint: str) -> None:
        """Show a line of text instead of a picture, which is forgotten."""
        self._frame, self._tracks, self._hint = None, (), hint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and its boxes, or the hint."""
        painter = QPainter(self)
        if self._frame is None:
            painter.setPen(colours_for(self.palette()).faint)
            inside = self.rect().adjusted(24, 24, -24, -24)
            wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, int(wrapped), self._hint)
            return
        image = image_of(self._frame.image_bgr)
        place = self._place(image.width(), image.height())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for track in self._tracks:
            self._paint_track(painter, track, place, place.width() / image.width())

    def _place(self, width_px: int, height_px: int) -> QRectF:
        scale = min(self.width() / width_px, self.height() / height_px)
        width, height = width_px * scale, height_px * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint_track(self, painter: QPainter, track: Track, place: QRectF, scale: float) -> None:
        box = track.box
        corner = QPointF(place.x() + box.x * scale, place.y() + box.y * scale)
        outline = QRectF(corner.x(), corner.y(), box.w * scale, box.h * scale)
        colour, symbol = self._look(track)
        style = Qt.PenStyle.SolidLine if track.used else Qt.PenStyle.DashLine
        painter.setPen(QPen(_HALO, 4 if track.used else 3))
        painter.drawRoundedRect(outline, 3, 3)
        painter.setPen(QPen(colour, 2 if track.used else 1.2, style))
        painter.drawRoundedRect(outline, 3, 3)
        if symbol:
            painter.drawText(outline.adjusted(0, -18, 30, 0).topLeft() + QPointF(0, 14), symbol)

    def _look(self, track: Track) -> tuple[QColor, str]:
        """Return a box's colour and, only where single moods are shown, its symbol."""
        if not track.used:
            return _UNUSED, ""
        if not self._moods or track.probabilities is None:
            return _USED, ""
        mood = int(np.argmax(track.probabilities))
        return colours_for(self.palette()).moods[mood], MOOD_SYMBOLS[mood]


def image_of(image_bgr: UInt8Array) -> QImage:
    """Wrap a (height, width, 3) uint8 picture, without a copy where its rows are contiguous."""
    rows = image_bgr
    if rows.strides[1:] != (3, 1) or rows.strides[0] < 0:
        rows = np.ascontiguousarray(rows)
    height, width = rows.shape[:2]
    return QImage(rows.data, width, height, rows.strides[0], QImage.Format.Format_BGR888)
