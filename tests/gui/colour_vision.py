"""Contrast and colour distance as people see them, colour-blind people among them.

Contrast is WCAG 2.2's relative luminance; colour blindness is simulated after Machado, Oliveira and
Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009), at full
severity; distances are CIE 1976 L*a*b* (D65), where 2 to 3 is just noticeable.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Vector = NDArray[np.float64]

VISIONS: dict[str, Vector] = {
    "full": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""What each kind of vision makes of linear red, green and blue."""

_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE_D65 = np.array([0.95047, 1.0, 1.08883])


def contrast(first: QColor, second: QColor) -> float:
    """Return WCAG's contrast ratio, from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def distance(first: QColor, second: QColor, vision: str) -> float:
    """Return how far apart two colours look to somebody with one of VISIONS."""
    matrix = VISIONS[vision]
    return float(np.linalg.norm(_lab(matrix @ _linear(first)) - _lab(matrix @ _linear(second))))


def _luminance(colour: QColor) -> float:
    return float(_XYZ[1] @ _linear(colour))


def _linear(colour: QColor) -> Vector:
    values = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def _lab(linear: Vector) -> Vector:
    ratios = _XYZ @ np.clip(linear, 0, 1) / _WHITE_D65
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
