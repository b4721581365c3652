"""The students of the demo: one portrait made into many by hair, clothes, light and proportions.

A student's pictures are made when first needed and kept in memory only: one for each of a few
steps between a full frown and a full smile.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classroom_monitor.contracts import Float32Array, UInt8Array
from classroom_monitor.vision.demo_face import FaceMaker
from classroom_monitor.vision.demo_hair import (
    HairStyle,
    before_mask,
    hair_styles,
    mask_of,
    strands,
)
from classroom_monitor.vision.demo_paint import Colour
from classroom_monitor.vision.opencv import cv2

STEPS = 3
"""Pictures between a relaxed face and a full expression, counting the full one."""

CANVAS_SHAPE = (420, 360)
FACE_WIDTH_PX = 190
"""The width of the face on the canvas, roughly as a face finder boxes it."""

_HEAD_LEFT_PX, _HEAD_TOP_PX = 40, 10
_CHEEKS = (slice(175, 200), slice(80, 200))  # of the head window

# Outlines on the canvas, measured by hand on the portrait.
_FACE = (
    *((71, 140), (68, 155), (75, 185), (85, 212), (94, 221), (103, 218), (108, 235), (119, 256)),
    *((135, 270), (158, 277), (183, 279), (213, 275), (238, 263), (247, 245), (252, 229)),
    *((258, 216), (266, 213), (276, 198), (284, 165), (284, 147), (279, 134), (272, 125)),
    *((265, 110), (248, 96), (223, 87), (178, 82), (133, 87), (108, 97), (89, 115), (76, 130)),
)
_NECK = ((128, 255), (232, 255), (236, 300), (250, 330), (179, 356), (110, 330), (124, 300))
_CLOTHES = (
    *((0, 420), (6, 380), (32, 348), (80, 330), (122, 310), (140, 322), (179, 352), (218, 322)),
    *((236, 310), (278, 330), (326, 348), (352, 380), (360, 420)),
)
_NECK_SHADE_PX, _NECK_SHADES = (278, 315), (0.5, 0.82)  # the shadow of the chin
_JAW_TOP_PX, _JAW_BOTTOM_PX = 190, 285

_HAIR_COLOURS: tuple[Colour, ...] = (
    *((28, 32, 40), (38, 52, 74), (50, 80, 125), (96, 150, 190), (40, 60, 120), (60, 62, 66)),
)
_CLOTHES_COLOURS: tuple[Colour, ...] = (
    *((120, 70, 40), (60, 60, 150), (70, 110, 70), (150, 130, 60), (90, 90, 95), (60, 120, 170)),
    *((110, 60, 100), (170, 160, 150)),
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """What sets one student apart. Factors are near 1; roll is in degrees."""

    hair: HairStyle
    hair_bgr: Colour
    clothes_bgr: Colour
    skin_gains_bgr: tuple[float, float, float]
    brightness: float
    width_factor: float
    jaw_factor: float
    roll_deg: float
    mirrored: bool
    strength: float


@dataclass(frozen=True, slots=True)
class Sprite:
    """A picture to lay over the room: colour (h, w, 3) times alpha, and alpha (h, w), uint8."""

    colour_bgr: UInt8Array
    alpha: UInt8Array


def draw_appearances(count: int, rng: np.random.Generator) -> list[Appearance]:
    """Make up different students, the same ones for the same generator."""
    styles = hair_styles()
    return [_draw_appearance(index, styles[index % len(styles)], rng) for index in range(count)]


def _draw_appearance(index: int, hair: HairStyle, rng: np.random.Generator) -> Appearance:
    tone = rng.uniform(0.72, 1.0)  # darker skin loses blue and green before red
    return Appearance(
        hair=hair,
        hair_bgr=_HAIR_COLOURS[int(rng.integers(len(_HAIR_COLOURS)))],
        clothes_bgr=_CLOTHES_COLOURS[index % len(_CLOTHES_COLOURS)],
        skin_gains_bgr=(tone**1.5, tone**1.15, tone**0.8),
        brightness=rng.uniform(0.94, 1.08),
        width_factor=rng.uniform(0.93, 1.06),
        jaw_factor=rng.uniform(0.94, 1.05),
        roll_deg=rng.uniform(-4.0, 4.0),
        mirrored=bool(index % 2),
        strength=rng.uniform(0.95, 1.1),
    )


class Student:
    """One student's sprites at a given size."""

    def __init__(self, look: Appearance, faces: FaceMaker, face_width_px: float, seed: int) -> None:
        self._look = look
        self._faces = faces
        scale = face_width_px / FACE_WIDTH_PX
        self._size_px = (round(CANVAS_SHAPE[1] * scale), round(CANVAS_SHAPE[0] * scale))
        self._rng = np.random.default_rng(seed)
        self._hair = strands(look.hair_bgr, CANVAS_SHAPE, 0.09, self._rng)
        self._before = before_mask(look.hair, CANVAS_SHAPE)
        self._body = self._draw_body()
        self._sprites: dict[int, Sprite] = {}

    def sprite(self, level: float) -> Sprite:
        """Return the picture for a level from -1 (frown) over 0 to 1 (smile)."""
        step = round(level * STEPS)
        if step not in self._sprites:
            self._sprites[step] = self._draw(step / STEPS)
        return self._sprites[step]

    def _skin(self, level: float) -> Float32Array:
        look = self._look
        brow_bgr = (look.hair_bgr[0] // 2, look.hair_bgr[1] // 2, look.hair_bgr[2] // 2)
        head_bgr = self._faces.head(level * look.strength, brow_bgr)
        return head_bgr * np.array(look.skin_gains_bgr, np.float32)

    def _draw_body(self) -> Float32Array:
        """Draw what no expression changes: hair behind the head, neck and clothes."""
        canvas = np.zeros((*CANVAS_SHAPE, 4), np.float32)
        for outline in self._look.hair.behind:
            _lay(canvas, self._hair * np.float32(0.75), mask_of(outline, CANVAS_SHAPE))
        chin_bgr = self._skin(0)[_CHEEKS].mean(axis=(0, 1))
        rows = np.arange(CANVAS_SHAPE[0], dtype=np.float32)[:, None, None]
        under_chin = np.interp(rows, _NECK_SHADE_PX, _NECK_SHADES).astype(np.float32)
        neck = np.broadcast_to(under_chin * chin_bgr, (*CANVAS_SHAPE, 3))
        _lay(canvas, neck, mask_of(_NECK, CANVAS_SHAPE))
        cloth = strands(self._look.clothes_bgr, CANVAS_SHAPE, 0.025, self._rng)
        _lay(canvas, cloth, mask_of(_CLOTHES, CANVAS_SHAPE))
        return canvas

    def _draw(self, level: float) -> Sprite:
        canvas = self._body.copy()
        _lay(canvas, _on_canvas(self._skin(level)), mask_of(_FACE, CANVAS_SHAPE))
        _lay(canvas, self._hair, self._before)
        canvas[..., :3] *= self._look.brightness
        bent = cv2.remap(np.clip(canvas, 0, 255), *_proportions(self._look), cv2.INTER_LINEAR)
        small = cv2.resize(bent, self._size_px, interpolation=cv2.INTER_AREA)
        picture = np.round(small[:, ::-1] if self._look.mirrored else small).astype(np.uint8)
        colour_bgr, alpha = picture[..., :3], picture[..., 3]
        return Sprite(np.ascontiguousarray(colour_bgr), np.ascontiguousarray(alpha))


def _on_canvas(head_bgr: Float32Array) -> Float32Array:
    placed = np.zeros((*CANVAS_SHAPE, 3), np.float32)
    height_px, width_px = head_bgr.shape[:2]
    rows = slice(_HEAD_TOP_PX, _HEAD_TOP_PX + height_px)
    placed[rows, _HEAD_LEFT_PX : _HEAD_LEFT_PX + width_px] = head_bgr
    return placed


def _lay(canvas: Float32Array, colour_bgr: Float32Array, mask: Float32Array) -> None:
    """Lay a colour over a canvas of premultiplied colour and alpha where the mask says."""
    cover = mask[..., None]
    canvas *= 1 - cover
    canvas[..., :3] += cover * colour_bgr
    canvas[..., 3:] += cover * 255


def _proportions(look: Appearance) -> tuple[Float32Array, Float32Array]:
    """Return where each canvas pixel comes from once width, jaw and roll are right."""
    columns, rows = np.meshgrid(
        np.arange(CANVAS_SHAPE[1], dtype=np.float32), np.arange(CANVAS_SHAPE[0], dtype=np.float32)
    )
    middle_x, middle_y = CANVAS_SHAPE[1] / 2, float(_JAW_BOTTOM_PX)
    head_part = np.clip((330 - rows) / 60, 0, 1)  # shoulders stay level
    roll_rad = np.deg2rad(look.roll_deg) * head_part
    x, y = columns - middle_x, rows - middle_y
    turned_x = x * np.cos(roll_rad) + y * np.sin(roll_rad)
    turned_y = y * np.cos(roll_rad) - x * np.sin(roll_rad)
    down_face = np.clip((turned_y + middle_y - _JAW_TOP_PX) / (_JAW_BOTTOM_PX - _JAW_TOP_PX), 0, 1)
    widening = 1 + ((look.width_factor - 1) + (look.jaw_factor - 1) * down_face) * head_part
    map_x = (turned_x / widening + middle_x).astype(np.float32)
    return map_x, (turned_y + middle_y).astype(np.float32)
