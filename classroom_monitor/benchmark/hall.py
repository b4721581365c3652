"""A drawn lecture hall with any number of faces, up to eighty: what the benchmark looks at.

The students are the demo's, so that faces are found and scored as anywhere else. Faces are 30 px
wide in the back row and 58 px in the front one, whatever their number: fewer students leave seats
empty and change nothing else. Pictures are drawn beforehand and kept in memory only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.demo_face import FaceMaker
from classroom_monitor.vision.demo_students import (
    Sprite,
    Student,
    draw_appearances,
)
from classroom_monitor.vision.opencv import cv2

WIDTH_PX, HEIGHT_PX = 1280, 720
ROWS, SEATS_A_ROW = 8, 10
MOST_FACES = ROWS * SEATS_A_ROW
LOOP_FRAMES = 20
"""Pictures before the movement repeats itself; 55 MB."""

_SEED = 4
_LOOKS = 12  # different students; their likes sit far from each other
_LEVELS = (-1.0, 0.0, 1.0)
_DRAWN_FACE_PX = 64.0
_FACE_MIDDLE = (0.5, 180 / 420)  # of a student's picture
_SWAY_PX = 1.5
_NOISE = 2.5  # standard deviation in grey levels, as a laptop's camera has it indoors
_WALL_TOP_BGR, _WALL_BOTTOM_BGR = (196, 210, 218), (120, 140, 158)


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a face's middle is, how wide the face is, and who sits there."""

    x: float
    y: float
    face_px: float
    look: int
    phase: float


def draw_hall(faces: int, frames: int = LOOP_FRAMES) -> list[UInt8Array]:
    """Return a loop of pictures, (720, 1280, 3) uint8 BGR, of a hall with so many students.

    Heads sway by a pixel or two, each in its own time, and every picture has its own noise. The
    same numbers give the same pictures. Raises ValueError for more than MOST_FACES and
    CameraProblem where the demo's portrait is missing.
    """
    if not 0 <= faces <= MOST_FACES:
        raise ValueError(f"{faces} faces: the hall has {MOST_FACES} seats")
    rng = np.random.default_rng(_SEED)
    seats = sorted(_seats(rng)[:faces], key=lambda seat: seat.y)
    sprites = _draw_students(rng) if faces else []
    empty = _draw_empty_hall()
    noise = _Noise(rng)
    loop = []
    for index in range(frames):
        picture = empty.copy()
        for seat in seats:
            _draw(picture, seat, sprites[seat.look], 2 * math.pi * index / frames)
        loop.append(noise.laid_over(picture))
    return loop


class _Noise:
    """Noise that is made once, and laid over each picture from another place on."""

    _MARGIN_PX = 64

    def __init__(self, rng: np.random.Generator) -> None:
        shape = (HEIGHT_PX + self._MARGIN_PX, WIDTH_PX + self._MARGIN_PX, 3)
        noise = np.rint(_NOISE * rng.standard_normal(shape, np.float32))
        self._brighter = np.maximum(noise, 0).astype(np.uint8)
        self._darker = np.maximum(-noise, 0).astype(np.uint8)
        self._rng = rng

    def laid_over(self, picture: UInt8Array) -> UInt8Array:
        """Return a picture with noise on it."""
        top, left = (int(start) for start in self._rng.integers(self._MARGIN_PX, size=2))
        part = (slice(top, top + HEIGHT_PX), slice(left, left + WIDTH_PX))
        brighter = cv2.add(picture, self._brighter[part])
        return np.asarray(cv2.subtract(brighter, self._darker[part]), np.uint8)


def _seats(rng: np.random.Generator) -> list[_Seat]:
    """All seats in the order in which they are taken, front and back mixed."""
    seats = []
    spacing = WIDTH_PX / SEATS_A_ROW
    for row in range(ROWS):
        for place in range(SEATS_A_ROW):
            x = spacing * (place + (0.25 if row % 2 else 0.75)) + rng.uniform(-8, 8)
            number = row * SEATS_A_ROW + place
            seats.append(
                _Seat(
                    x=x,
                    y=110 + 77 * row + rng.uniform(-4, 4),
                    face_px=30 + 4 * row,
                    look=number * 7 % _LOOKS,
                    phase=rng.uniform(0, 2 * math.pi),
                )
            )
    return [seats[number] for number in rng.permutation(len(seats))]


def _draw_students(rng: np.random.Generator) -> list[Sprite]:
    """A picture of each student, a third of them with each expression."""
    faces = FaceMaker()
    appearances = draw_appearances(_LOOKS, rng)
    return [
        Student(appearance, faces, _DRAWN_FACE_PX, number).sprite(_LEVELS[number % len(_LEVELS)])
        for number, appearance in enumerate(appearances)
    ]


def _draw(picture: UInt8Array, seat: _Seat, sprite: Sprite, time_rad: float) -> None:
    """Lay a student over the picture, moved and shrunk in one step."""
    scale = seat.face_px / _DRAWN_FACE_PX
    height, width = sprite.alpha.shape
    shown = (math.ceil(width * scale) + 2, math.ceil(height * scale) + 2)
    left = seat.x - _FACE_MIDDLE[0] * width * scale + _SWAY_PX * math.sin(time_rad + seat.phase)
    top = seat.y - _FACE_MIDDLE[1] * height * scale
    whole_left, whole_top = math.floor(left), math.floor(top)
    move = np.array([[scale, 0, left - whole_left], [0, scale, top - whole_top]])
    colour = cv2.warpAffine(sprite.colour_bgr, move, shown, flags=cv2.INTER_LINEAR)
    alpha = cv2.warpAffine(sprite.alpha, move, shown, flags=cv2.INTER_LINEAR)
    x0, y0 = max(whole_left, 0), max(whole_top, 0)
    x1, y1 = min(whole_left + shown[0], WIDTH_PX), min(whole_top + shown[1], HEIGHT_PX)
    rows, columns = slice(y0 - whole_top, y1 - whole_top), slice(x0 - whole_left, x1 - whole_left)
    under = picture[y0:y1, x0:x1]
    through = cv2.cvtColor(cv2.bitwise_not(alpha[rows, columns]), cv2.COLOR_GRAY2BGR)
    cv2.add(cv2.multiply(under, through, scale=1 / 255), colour[rows, columns], dst=under)


def _draw_empty_hall() -> UInt8Array:
    """A wall that darkens downwards, a board, and a bench in front of every row."""
    shade = np.linspace(0, 1, HEIGHT_PX, dtype=np.float32)[:, None, None]
    top, bottom = (np.array(bgr, np.float32) for bgr in (_WALL_TOP_BGR, _WALL_BOTTOM_BGR))
    hall = np.repeat((1 - shade) * top + shade * bottom, WIDTH_PX, axis=1).astype(np.uint8)
    cv2.rectangle(hall, (420, 8), (860, 60), (66, 84, 52), -1)
    for row in range(ROWS):
        bench_y = 150 + 77 * row
        cv2.rectangle(hall, (0, bench_y), (WIDTH_PX, bench_y + 10), (88, 132, 172), -1)
    return hall
