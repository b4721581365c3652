"""Cameras of drawn pictures: as a device delivers them, and as a recording that is decoded."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from classroom_monitor.contracts import EndOfRecording, Frame, UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.recording import RecordingCamera

RATE_HZ = 30.0


@dataclass(slots=True)
class CameraCost:
    """What a drawn camera itself did: frames given, those that it missed, its processor time."""

    frames: int = 0
    missed: int = 0
    cpu_s: float = 0.0


class LoopCamera:
    """Gives a loop of pictures at a fixed rate by the clock; implements contracts.Camera.

    As a device does, it goes on while nobody reads: a picture that isn't asked for in its time
    is gone, and counted as missed in cost. Pictures are handed out as they are, none is copied.
    """

    is_live = True
    duration_s = None

    def __init__(
        self,
        pictures_bgr: Sequence[UInt8Array],
        rate_hz: float = RATE_HZ,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the pictures, (height, width, 3) uint8 BGR each, and how many come a second."""
        self.cost = CameraCost()
        self._pictures_bgr = pictures_bgr
        self._rate_hz = rate_hz
        self._clock = clock
        self._sleep = sleep
        self._opened_s = 0.0
        self._next_tick = 0

    @property
    def name(self) -> str:
        """What the camera is called."""
        return "drawn hall"

    def open(self) -> None:
        """Start the clock of the pictures."""
        self._opened_s = self._clock()
        self._next_tick = 0

    def read(self) -> Frame:
        """Wait for the next picture and return it."""
        begun_s = time.thread_time()
        elapsed_s = self._clock() - self._opened_s
        current = int(elapsed_s * self._rate_hz)  # as of now this picture lies ready
        if current > self._next_tick:
            self.cost.missed += current - self._next_tick
            self._next_tick = current
        wait_s = self._next_tick / self._rate_hz - elapsed_s
        if wait_s > 0:
            self._sleep(wait_s)
        tick = self._next_tick
        self._next_tick += 1
        self.cost.frames += 1
        picture = self._pictures_bgr[tick % len(self._pictures_bgr)]
        frame = Frame(self.cost.frames - 1, tick / self._rate_hz, picture)
        self.cost.cpu_s += time.thread_time() - begun_s
        return frame

    def close(self) -> None:
        """Do nothing: the pictures belong to whoever drew them."""


class DressedRecording:
    """A recording that is really decoded, whose pictures are exchanged for drawn ones.

    Analysing it costs what analysing such a recording costs, and no face is ever on the disk: the
    file shows an empty hall. It is played over and over until duration_s. Implements
    contracts.Camera and live.decoder.PassingCamera.
    """

    is_live = False

    def __init__(
        self, path: Path, pictures_bgr: Sequence[UInt8Array], duration_s: float, rate_hz: float
    ) -> None:
        """Take the file, what is to be seen instead, the length, and the file's frame rate."""
        self._recording = RecordingCamera(path)
        self._pictures_bgr = pictures_bgr
        self._duration_s = duration_s
        self._rate_hz = rate_hz
        self._index = -1

    @property
    def name(self) -> str:
        """What the camera is called."""
        return "drawn hall"

    @property
    def duration_s(self) -> float | None:
        """Length of the recording in seconds."""
        return self._duration_s

    def open(self) -> None:
        """Open the recording. Raises CameraProblem."""
        self._recording.open()
        self._index = -1

    def read(self) -> Frame:
        """Decode the next frame and return another picture with its time."""
        self.advance()
        return self.current()

    def advance(self) -> float:
        """Decode the next frame and return its time. Raises EndOfRecording."""
        if (self._index + 1) / self._rate_hz >= self._duration_s:
            raise EndOfRecording
        try:
            self._recording.advance()
        except EndOfRecording:
            self._recording.close()
            self._recording.open()
            self._recording.advance()
        self._index += 1
        return self._index / self._rate_hz

    def current(self) -> Frame:
        """Make the decoded frame's picture, and return another one in its place."""
        self._recording.current()
        picture = self._pictures_bgr[self._index % len(self._pictures_bgr)]
        return Frame(self._index, self._index / self._rate_hz, picture)

    def close(self) -> None:
        """Close the recording."""
        self._recording.close()


def write_recording(path: Path, pictures_bgr: Sequence[UInt8Array], rate_hz: float) -> None:
    """Write a recording in MPEG-4, a frame for each picture; for pictures of nobody.

    Raises CameraProblem where OpenCV cannot write it.
    """
    height, width = pictures_bgr[0].shape[:2]
    codec = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(path), codec, rate_hz, (width, height))
    if not writer.isOpened():
        raise CameraProblem(f"a recording to measure decoding cannot be written to {path}")
    for picture in pictures_bgr:
        writer.write(picture)
    writer.release()
