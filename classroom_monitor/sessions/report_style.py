"""How reports look: the window's light colours, and how times and shares are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

MOOD_COLOURS = ("#D55E00", "#C3C8CF", "#0072B2")
"""One fill per class of MOODS: the palette by Okabe and Ito (Color Universal Design, 2008)."""

MOOD_TEXT_COLOURS = ("#B04A00", "#5A626C", "#00609A")
"""The same, dark enough for text on white."""

MOOD_SYMBOLS = ("▼", "■", "▲")
MOOD_NAMES = ("Negative", "Neutral", "Positive")

PAPER = "#FFFFFF"
INK = "#1E2329"
FAINT = "#5C6672"
GRID = "#DDE1E6"
GAP = "#F1F2F4"
HATCH = "#AAB2BC"
EXCLUDED = "#7C8590"
COVERAGE = "#6B7A8C"
UNUSED = "#D5DAE0"
MARKER = "#7A3E8E"
CHANGE = "#1E2329"
SEGMENTS = ("#DCE8E4", "#E9E4D6")

NO_VALUE = "\N{EN DASH}"


def time_label(seconds: float) -> str:
    """Return seconds as m:ss, or h:mm:ss from an hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def day(moment: datetime) -> str:
    """Return a date as "2 March 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def percents(shares: Sequence[float]) -> list[str]:
    """Return shares that sum to 1 as whole percentages that sum to 100 (largest remainders)."""
    whole = [int(100 * share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: whole[i] - 100 * shares[i])
    for i in by_rest[: max(0, 100 - sum(whole))]:
        whole[i] += 1
    return [f"{number}%" for number in whole]


def percent(share: float | None) -> str:
    """Return a fraction as a whole percentage, or a dash where there is none."""
    return NO_VALUE if share is None else f"{round(100 * share)}%"


def span(low: float, high: float) -> str:
    """Return bounds as percentages."""
    return f"{round(100 * low)}\N{EN DASH}{round(100 * high)}%"


def count(value: float | None) -> str:
    """Return a median number of faces, or a dash where there is none."""
    return NO_VALUE if value is None else f"{value:g}"
