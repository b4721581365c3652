"""Times that are typed: 1:02:03, 12:30 or seconds."""

from __future__ import annotations

import math

from classroom_monitor.gui.formats import duration


def seconds_from(text: str) -> float | None:
    """Return the seconds that a typed time stands for, or None where it is none.

    Hours, minutes and seconds stand apart by colons; a number alone is seconds. Only the first
    part may be 60 or more, only the last one may have a fraction.
    """
    parts = text.strip().replace(",", ".").split(":")
    if not 1 <= len(parts) <= 3 or not all(part.strip().isdigit() for part in parts[:-1]):
        return None
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return None
    if not all(math.isfinite(value) and value >= 0 for value in values):
        return None
    if any(value >= 60 for value in values[1:]):
        return None
    seconds = 0.0
    for value in values:
        seconds = 60 * seconds + value
    return seconds


def retimed(text: str, before_s: float, end_s: float) -> float | None:
    """Return the time typed over before_s, within [0, end_s]; None if there is nothing to change.

    A time is shown in whole seconds: one that was only looked at keeps its fraction.
    """
    if text.strip() == duration(before_s):
        return None
    typed_s = seconds_from(text)
    return None if typed_s is None else min(max(0.0, typed_s), end_s)
