"""The clock of sessions: it never jumps, and it goes on while the machine sleeps."""

from __future__ import annotations

import sys
import time


def steady_s() -> float:
    """Return seconds since some moment, sleep of the machine included.

    A laptop that was closed for half an hour of a lecture leaves a gap of half an hour. Python's
    monotonic clock stands still meanwhile on Linux and macOS, and goes on on Windows
    (https://docs.python.org/3/library/time.html#time.monotonic).
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
