"""How the window writes durations, percentages and dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

NO_VALUE = "\N{EN DASH}"
"""What stands where a number is not known."""


def duration(seconds: float) -> str:
    """Return seconds as m:ss, or h:mm:ss from an hour on."""
    whole = int(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def percents(shares: Sequence[float]) -> list[str]:
    """Return shares that sum to 1 as whole percentages that sum to 100 (largest remainders)."""
    whole = [int(100 * share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: whole[i] - 100 * shares[i])
    for i in by_rest[: max(0, 100 - sum(whole))]:
        whole[i] += 1
    return [f"{number}%" for number in whole]


def percent(share: float) -> str:
    """Return a fraction as a whole percentage."""
    return f"{round(100 * share)}%"


def date_and_time(moment: datetime) -> str:
    """Return a stored moment in this machine's time zone, in the form that sorts and is plain."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
