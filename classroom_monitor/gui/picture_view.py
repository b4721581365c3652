"""The camera's picture with a plain box around every face."""

from __future__ import annotations

import enum
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from classroom_monitor.contracts import Frame, Track, UInt8Array
from classroom_monitor.gui.palette import MOOD_SYMBOLS, colours_for
from classroom_monitor.vision.opencv import cv2

_HALO = QColor(0, 0, 0, 130)
_USED = QColor(255, 255, 255, 235)
_UNUSED = QColor(255, 255, 255, 150)


class _Kind(enum.Enum):
    """What a box can look like."""

    UNUSED = "unused"
    USED = "used"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


_MOODS = (_Kind.NEGATIVE, _Kind.NEUTRAL, _Kind.POSITIVE)


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
        try:
            if self._frame is None:
                self._paint_hint(painter)
            else:
                self._paint_picture(painter, self._frame.image_bgr)
        finally:
            painter.end()  # left to the garbage collector it may outlive the window's buffer

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setPen(colours_for(self.palette()).faint)
        inside = self.rect().adjusted(24, 24, -24, -24)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(inside, int(wrapped), self._hint)

    def _paint_picture(self, painter: QPainter, image_bgr: UInt8Array) -> None:
        height_px, width_px = image_bgr.shape[:2]
        place = self._place(width_px, height_px)
        ratio = self.devicePixelRatioF()
        columns = max(1, round(ratio * place.width()))
        rows = max(1, round(ratio * place.height()))
        # By OpenCV, because Qt's painter takes three times as long to scale a picture.
        scaled_bgr = np.asarray(cv2.resize(image_bgr, (columns, rows)), np.uint8)
        format_bgr = QImage.Format.Format_BGR888
        image = QImage(scaled_bgr.data, columns, rows, scaled_bgr.strides[0], format_bgr)
        image.setDevicePixelRatio(ratio)
        painter.drawImage(place.topLeft(), image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_tracks(painter, place, place.width() / width_px)

    def _place(self, width_px: int, height_px: int) -> QRectF:
        scale = min(self.width() / width_px, self.height() / height_px)
        width, height = width_px * scale, height_px * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _paint_tracks(self, painter: QPainter, place: QRectF, scale: float) -> None:
        """Paint all boxes that look alike at once, which halves their cost."""
        outlines: dict[_Kind, list[QRectF]] = {}
        for track in self._tracks:
            box = track.box
            x, y = place.x() + box.x * scale, place.y() + box.y * scale
            outline = QRectF(x, y, box.w * scale, box.h * scale)
            outlines.setdefault(self._kind(track), []).append(outline)
        for kind, alike in outlines.items():
            colour, symbol = self._look(kind)
            used = kind is not _Kind.UNUSED
            style = Qt.PenStyle.SolidLine if used else Qt.PenStyle.DashLine
            for pen in (QPen(_HALO, 4 if used else 3), QPen(colour, 2 if used else 1.2, style)):
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawRects(alike)
            for outline in alike if symbol else ():
                painter.drawText(outline.topLeft() - QPointF(0, 4), symbol)

    def _kind(self, track: Track) -> _Kind:
        if not track.used:
            return _Kind.UNUSED
        if not self._moods or track.probabilities is None:
            return _Kind.USED
        return _MOODS[int(np.argmax(track.probabilities))]

    def _look(self, kind: _Kind) -> tuple[QColor, str]:
        """Return a box's colour and, only where single moods are shown, its symbol."""
        if kind in _MOODS:
            mood = _MOODS.index(kind)
            return colours_for(self.palette()).moods[mood], MOOD_SYMBOLS[mood]
        return (_UNUSED if kind is _Kind.UNUSED else _USED), ""
