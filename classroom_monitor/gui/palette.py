"""Every colour of the window, in one place, for light and dark palettes.

The moods use the blue, vermillion/orange and grey of the palette by Okabe and Ito (Color Universal
Design, 2008), which people with the common kinds of colour blindness can tell apart; each mood has
a symbol and a place (negative below, positive above) besides, so that no meaning hangs on colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor, QPalette

MOOD_SYMBOLS = ("▼", "■", "▲")
"""One symbol per class of MOODS, in that order."""


class Tone(Enum):
    """What a message or a state is about, from calm to serious."""

    INFO = "info"
    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Colours:
    """The window's colours beyond Qt's own palette; moods in the order of MOODS."""

    moods: tuple[QColor, QColor, QColor]
    mood_texts: tuple[QColor, QColor, QColor]
    coverage: QColor
    unused: QColor
    surface: QColor
    border: QColor
    ink: QColor
    faint: QColor
    hatch: QColor
    gap: QColor
    marker: QColor
    segments: tuple[QColor, QColor]
    excluded: QColor
    selection: QColor
    curves: tuple[QColor, ...]
    tones: dict[Tone, QColor]


def is_dark(palette: QPalette) -> bool:
    """Whether the palette writes light text on a dark window."""
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def colours_for(palette: QPalette) -> Colours:
    """Return the colours that go with a light or dark Qt palette."""
    return _dark() if is_dark(palette) else _light()


def _light() -> Colours:
    return Colours(
        moods=(QColor("#D55E00"), QColor("#C3C8CF"), QColor("#0072B2")),
        mood_texts=(QColor("#B04A00"), QColor("#5A626C"), QColor("#00609A")),
        coverage=QColor("#6B7A8C"),
        unused=QColor("#D5DAE0"),
        surface=QColor("#FFFFFF"),
        border=QColor("#DDE1E6"),
        ink=QColor("#1E2329"),
        faint=QColor("#5C6672"),
        hatch=QColor("#AAB2BC"),
        gap=QColor("#F1F2F4"),
        marker=QColor("#7A3E8E"),
        segments=(QColor("#DCE8E4"), QColor("#E9E4D6")),
        excluded=QColor("#7C8590"),
        selection=QColor("#1B6AC9"),
        curves=tuple(
            QColor(name)
            for name in ("#0072B2", "#D55E00", "#30A060", "#A0447F", "#6B5B00", "#1E2329")
        ),
        tones={
            Tone.INFO: QColor("#2F6FA8"),
            Tone.GOOD: QColor("#007A5A"),
            Tone.WARNING: QColor("#8F5B00"),
            Tone.ERROR: QColor("#B3261E"),
        },
    )


def _dark() -> Colours:
    return Colours(
        moods=(QColor("#E69F00"), QColor("#6E7681"), QColor("#56B4E9")),
        mood_texts=(QColor("#F0B23A"), QColor("#B4BBC4"), QColor("#7CC6F0")),
        coverage=QColor("#93A3B5"),
        unused=QColor("#444B55"),
        surface=QColor("#23272D"),
        border=QColor("#3A4048"),
        ink=QColor("#ECEFF2"),
        faint=QColor("#A3ACB7"),
        hatch=QColor("#5F6873"),
        gap=QColor("#1B1E23"),
        marker=QColor("#D9A0EA"),
        segments=(QColor("#2E4741"), QColor("#4A4431")),
        excluded=QColor("#8A94A0"),
        selection=QColor("#7DB7F5"),
        curves=tuple(
            QColor(name)
            for name in ("#56B4E9", "#E69F00", "#35D880", "#E59AC6", "#F0E442", "#ECEFF2")
        ),
        tones={
            Tone.INFO: QColor("#6FB1E6"),
            Tone.GOOD: QColor("#4CC9A0"),
            Tone.WARNING: QColor("#F0B23A"),
            Tone.ERROR: QColor("#FF8A80"),
        },
    )
