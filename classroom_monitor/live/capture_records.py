"""What capture is told and what it tells: its settings and its status."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_monitor.contracts import CaptureState
from classroom_monitor.errors import CameraProblem


@dataclass(frozen=True, slots=True)
class CaptureSettings:
    """How long capture waits for a source before it acts; seconds on the monotonic clock.

    open_timeout_s bounds the time from opening a source to its first frame, stall_timeout_s the
    time between two frames after that. A live source that exceeds either is opened again, after
    a pause that grows from backoff_min_s to backoff_max_s with each failure in a row. Drivers
    can hang for good: once max_readers threads of a source exist, hung ones included, capture
    waits for one of them to return before it tries again.

    Where overlap_s is set, a source that doesn't answer again within it is opened once more while
    the earlier openings go on, and whichever gives a picture first is heard: a camera that was
    switched off never answers old connections, and one that opens slowly needs its time.
    """

    open_timeout_s: float = 10.0
    stall_timeout_s: float = 2.0
    backoff_min_s: float = 0.5
    backoff_max_s: float = 1.0
    max_readers: int = 4
    overlap_s: float | None = None


DEVICE_SETTINGS = CaptureSettings()

STREAM_SETTINGS = CaptureSettings(
    stall_timeout_s=1.0, backoff_min_s=0.25, max_readers=10, overlap_s=1.0
)
"""A pause of the network costs no more than another connection, since both are listened to.

Chosen so that a picture is there within two seconds of a camera's return (tests/faults/outages.py).
As many readers as openings can overlap until FFmpeg gives the first up (vision/stream.py).
"""


@dataclass(frozen=True, slots=True)
class CaptureStatus:
    """How the source is doing right now.

    source is what the user calls it, "" until it is known. message is a line for the user, ""
    while all is well. fps is the rate of captured frames over the last seconds. lost estimates
    the frames that a live source made and capture did not get: what fits into gaps between
    frames at the median interval, outages included. skipped counts frames that a newer one
    replaced before analysis. fault is set where capture has given up for good; otherwise it
    recovers by itself.
    """

    state: CaptureState
    source: str
    message: str
    fps: float
    lost: int
    skipped: int
    fault: CameraProblem | None
