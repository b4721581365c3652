"""The lecture room of the demo: a drawn room, three rows of students, and the frames of both."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.demo_face import FaceMaker
from classroom_monitor.vision.demo_students import (
    FACE_WIDTH_PX,
    Sprite,
    Student,
    draw_appearances,
)
from classroom_monitor.vision.opencv import cv2

WIDTH_PX, HEIGHT_PX = 1280, 720
_SEED = 20

_WALL_BGR = (196, 210, 218)
_BOARD_BGR = (66, 84, 52)
_CHALK_BGR = (225, 235, 232)
_FRAME_BGR = (70, 110, 150)
_DESK_BGR = (88, 132, 172)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of seats: where its heads and its desk are, and how large a face is, in pixels."""

    seats_x: tuple[int, ...]
    face_y: int
    face_width_px: int
    desk_top: int
    desk_bottom: int


# Back to front: faces of 78 to 130 px, the sizes that both finder modes see at once.
_ROWS = (
    Row((190, 415, 640, 865, 1090), 238, 78, 304, 346),
    Row((150, 475, 805, 1130), 390, 98, 482, 526),
    Row((310, 640, 970), 560, 130, 682, 720),
)
STUDENTS = sum(len(row.seats_x) for row in _ROWS)

_FACE_MIDDLE_PX = (180, 180)  # of the canvas of a student


@dataclass(frozen=True, slots=True)
class _Seat:
    """A student in a place, and how the head moves there."""

    student: Student
    x: int
    y: int
    scale: float
    period_s: float
    phase: float


class Room:
    """Draws the room for given moods. Pictures of students are kept between frames."""

    def __init__(self) -> None:
        """Prepare the room. Raises CameraProblem where the portrait is missing."""
        rng = np.random.default_rng(_SEED)
        faces, appearances = FaceMaker(), iter(draw_appearances(STUDENTS, rng))
        self._empty = _draw_empty_room(rng)
        self._rows = [
            (row, [_take_seat(row, x, Student(next(appearances), faces, row.face_width_px, x), rng)
                   for x in row.seats_x])
            for row in _ROWS
        ]  # fmt: skip

    def frame(self, t_s: float, levels: Sequence[float]) -> UInt8Array:
        """Return the room at a time, (720, 1280, 3) uint8, BGR.

        levels holds each student's expression, from -1 (frown) over 0 to 1 (smile).
        """
        picture = self._empty.copy()
        remaining = iter(levels)
        for row, seats in self._rows:
            for seat in seats:
                _draw_student(picture, seat, t_s, next(remaining))
            desk = slice(row.desk_top, row.desk_bottom)
            picture[desk] = self._empty[desk]
        return picture


def _take_seat(row: Row, x: int, student: Student, rng: np.random.Generator) -> _Seat:
    return _Seat(
        student=student,
        x=x + int(rng.integers(-14, 15)),
        y=row.face_y + int(rng.integers(-5, 6)),
        scale=row.face_width_px / FACE_WIDTH_PX,
        period_s=rng.uniform(3.5, 7.0),
        phase=rng.uniform(0, 2 * math.pi),
    )


def _draw_student(picture: UInt8Array, seat: _Seat, t_s: float, level: float) -> None:
    """Lay a student over the picture, swaying about the seat and nodding a little."""
    sprite = seat.student.sprite(level)
    swing = math.sin(2 * math.pi * t_s / seat.period_s + seat.phase)
    nod = math.sin(2 * math.pi * t_s / (seat.period_s * 0.37) + 2 * seat.phase)
    height_px, width_px = sprite.alpha.shape
    hips = (width_px / 2, float(height_px))
    turn = cv2.getRotationMatrix2D(hips, 2.2 * swing, 1.0)
    left = seat.x - _FACE_MIDDLE_PX[0] * seat.scale + 4 * seat.scale * swing
    top = seat.y - _FACE_MIDDLE_PX[1] * seat.scale + 3 * seat.scale * nod
    whole_left, whole_top = math.floor(left), math.floor(top)
    turn[0, 2] += left - whole_left
    turn[1, 2] += top - whole_top
    size = (width_px + 1, height_px + 1)
    moved = Sprite(
        np.asarray(cv2.warpAffine(sprite.colour_bgr, turn, size), np.uint8),
        np.asarray(cv2.warpAffine(sprite.alpha, turn, size), np.uint8),
    )
    _lay_over(picture, moved, whole_left, whole_top)


def _lay_over(picture: UInt8Array, sprite: Sprite, left: int, top: int) -> None:
    """Lay premultiplied colour over a part of the picture, cut off at the picture's edges."""
    height_px, width_px = sprite.alpha.shape
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + width_px, WIDTH_PX), min(top + height_px, HEIGHT_PX)
    rows, columns = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    under = picture[y0:y1, x0:x1]
    through = cv2.cvtColor(cv2.bitwise_not(sprite.alpha[rows, columns]), cv2.COLOR_GRAY2BGR)
    kept = cv2.multiply(under, through, scale=1 / 255)
    cv2.add(kept, sprite.colour_bgr[rows, columns], dst=under)


def _draw_empty_room(rng: np.random.Generator) -> UInt8Array:
    light = np.linspace(1.06, 0.82, HEIGHT_PX)[:, None, None]
    light = light * (0.9 + 0.1 * np.cos(np.linspace(-1.4, 1.4, WIDTH_PX)))[None, :, None]
    room = np.asarray(np.clip(light * np.array(_WALL_BGR), 0, 255), np.uint8)
    for x in (60, 1060):
        _draw_window(room, x)
    _draw_board(room)
    for row in _ROWS:
        _draw_desk(room, row, rng)
    return room


def _draw_window(room: UInt8Array, x: int) -> None:
    pane = room[28:132, x : x + 160]
    pane[:] = np.linspace((235, 205, 165), (240, 228, 210), pane.shape[0])[:, None]
    cv2.rectangle(room, (x, 28), (x + 160, 132), (150, 165, 172), 6)
    cv2.line(room, (x + 80, 28), (x + 80, 132), (150, 165, 172), 4)


def _draw_board(room: UInt8Array) -> None:
    cv2.rectangle(room, (340, 16), (940, 146), _BOARD_BGR, -1)
    cv2.rectangle(room, (340, 16), (940, 146), _FRAME_BGR, 7)
    _write(room, "Demo lecture", 84, 1.7, 3)
    _write(room, "built-in pictures, no camera", 124, 0.8, 2)


def _write(room: UInt8Array, text: str, baseline_y: int, scale: float, thickness_px: int) -> None:
    font = cv2.FONT_HERSHEY_SIMPLEX
    (width_px, _), _ = cv2.getTextSize(text, font, scale, thickness_px)
    place = ((WIDTH_PX - width_px) // 2, baseline_y)
    cv2.putText(room, text, place, font, scale, _CHALK_BGR, thickness_px, cv2.LINE_AA)


def _draw_desk(room: UInt8Array, row: Row, rng: np.random.Generator) -> None:
    """Draw a desk with its grain: a light top edge over a darker front."""
    height_px = row.desk_bottom - row.desk_top
    noise = rng.normal(0, 1, (height_px, WIDTH_PX)).astype(np.float32)
    grain = cv2.GaussianBlur(noise, (0, 0), sigmaX=40, sigmaY=1)
    tone = np.full((height_px, 1), 0.8, np.float32)
    tone[: height_px // 3] = 1.05
    shade = tone * (1 + 0.05 * grain / grain.std())
    desk = shade[..., None] * np.array(_DESK_BGR, np.float32)
    room[row.desk_top : row.desk_bottom] = np.clip(desk, 0, 255).astype(np.uint8)
    edge_y = row.desk_top + height_px // 3
    cv2.line(room, (0, edge_y), (WIDTH_PX, edge_y), (60, 92, 122), 2)
