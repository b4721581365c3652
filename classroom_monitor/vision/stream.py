"""Network cameras as cameras: RTSP, and MJPEG or video over HTTP."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from classroom_monitor.contracts import Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.steady_clock import steady_s
from classroom_monitor.vision.knock import knock
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.video_source import ArrivalStamps, VideoSource

SCHEMES = ("rtsp", "rtsps", "http", "https")

_OPTIONS = "OPENCV_FFMPEG_CAPTURE_OPTIONS"
_OPTIONS_FOR_STREAMS = "rtsp_flags;prefer_tcp|fpsprobesize;0"
"""What OpenCV asks by itself, and no look at 20 frames for a rate that nobody needs: an
RTSP camera of 25 pictures a second gives its first after 0.06 s instead of 0.86 s, one of 5 after
0.4 s instead of 4.2 s. OpenCV reads them from the environment; whoever sets them is obeyed."""


@dataclass(frozen=True, slots=True)
class StreamTimeouts:
    """How long FFmpeg waits for a network camera, in seconds, before it gives up by itself.

    Longer than capture's own patience (live/capture_records.py), so that the user hears of a
    stall before the connection is dropped.
    """

    open_s: float = 8.0
    read_s: float = 5.0


DEFAULT_TIMEOUTS = StreamTimeouts()


class StreamCamera:
    """A stream at an address. captured_at_s is the monotonic clock when a picture arrived."""

    is_live = True
    duration_s = None

    def __init__(
        self,
        address: str,
        timeouts: StreamTimeouts = DEFAULT_TIMEOUTS,
        clock: Callable[[], float] = steady_s,
    ) -> None:
        """Take an address of one of SCHEMES. Raises CameraProblem for any other."""
        self._address = address
        self._name = shown_address(address)
        self._timeouts = timeouts
        self._source = VideoSource(self._name)
        self._frames = ArrivalStamps(self._source, clock)

    @property
    def name(self) -> str:
        """The address without user name, password and query, which often holds both."""
        return self._name

    def open(self) -> None:
        """Connect. Raises CameraProblem when nobody answers, or with something else."""
        os.environ.setdefault(_OPTIONS, _OPTIONS_FOR_STREAMS)
        options = (
            *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(1000 * self._timeouts.open_s)),
            *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(1000 * self._timeouts.read_s)),
        )
        if not self._answers() or not self._source.open(self._address, cv2.CAP_FFMPEG, options):
            raise CameraProblem(
                f"{self._name} gives no video: check the address, user name and password, and"
                " that the camera is on and reachable"
            )
        if self._is_file():
            self._source.close()
            raise CameraProblem(
                f"{self._name} is a recording, not a live stream: download it and open the file"
            )
        self._frames.restart()

    def read(self) -> Frame:
        """Return the next frame. Raises CameraProblem when the stream ends or goes silent."""
        return self._frames.read(
            f"{self._name} has stopped sending: check the camera and the network"
        )

    def close(self) -> None:
        """Disconnect; harmless when it isn't open."""
        self._source.close()

    def _answers(self) -> bool:
        try:
            knock(self._address, self._timeouts.open_s)
        except OSError:
            return False
        return True

    def _is_file(self) -> bool:
        # Over HTTP a file of known length comes as fast as the network goes. Over RTSP it comes
        # in real time, as from a camera.
        is_http = self._name.startswith("http")
        return is_http and self._source.get(cv2.CAP_PROP_FRAME_COUNT) > 0


def is_address(source: str) -> bool:
    """Tell whether a source is an address (scheme://...) rather than a device or a file."""
    return "://" in source


def shown_address(address: str) -> str:
    """Return an address as it may be shown and stored: scheme, host, port and path.

    Raises CameraProblem, which names no more of it either, where it isn't one.
    """
    try:
        parts = urlsplit(address)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as error:
        raise CameraProblem(
            "The stream's address cannot be read: write it as rtsp://host:port/path"
        ) from error
    if parts.scheme.lower() not in SCHEMES or not parts.hostname:
        raise CameraProblem(
            f"A stream's address begins with {', '.join(SCHEMES)} and names a host,"
            f" as rtsp://host:554/path does; this one begins with {parts.scheme}://"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme.lower()}://{host}{port}{parts.path}"
