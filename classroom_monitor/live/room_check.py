"""A running room check: camera and faces only. Nothing is scored, nothing is stored."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from classroom_monitor.contracts import (
    Camera,
    CaptureState,
    Frame,
    RoomCheckSnapshot,
    RoomReport,
    Track,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.capture import CaptureSupervisor
from classroom_monitor.live.capture_records import DEVICE_SETTINGS, CaptureSettings, CaptureStatus
from classroom_monitor.live.parts import Follower
from classroom_monitor.live.slot import Slot, SlotClosed
from classroom_monitor.live.stage import StageThread

if TYPE_CHECKING:
    from classroom_monitor.vision.follower import Followed

REPORT_INTERVAL_S = 0.5
CAPTURE_STOP_S = 2.0


class Meter(Protocol):
    """Measures the faces that are followed. One thread makes and uses it."""

    def add(self, frame: Frame, followed: Followed) -> bool:
        """Take the next frame and its faces; False where it is left out."""

    def report(self) -> RoomReport | None:
        """Return what the last seconds say; None before the first frame."""


@dataclass(frozen=True, slots=True)
class RoomCheckParts:
    """Makers of a room check's parts; each is called in the thread that will own the part."""

    make_camera: Callable[[], Camera]
    make_follower: Callable[[], Follower]
    make_meter: Callable[[], Meter]
    capture: CaptureSettings = DEVICE_SETTINGS


class RoomCheck:
    """Shows a source and measures its faces until it is stopped, or a recording ends.

    The capture thread has the camera, one more the face models. The camera is opened once the
    models are loaded. Every method may be called from any thread.
    """

    def __init__(self, parts: RoomCheckParts) -> None:
        """Take the makers; nothing is opened yet."""
        self._parts = parts
        self._frames: Slot[Frame] = Slot()
        self._capture = CaptureSupervisor(parts.make_camera, self._frames, parts.capture)
        self._following = StageThread(
            "room-check", self._follow, self._stop_capture, "check the room again to go on"
        )
        self._stop_lock = threading.Lock()
        self._tracks: tuple[Track, ...] = ()
        self._report: RoomReport | None = None
        self._loaded = False
        self._stopping = False
        self._over = threading.Event()

    def start(self) -> None:
        """Start the threads; models and camera are opened in them."""
        self._following.start()

    def snapshot(self) -> RoomCheckSnapshot:
        """Return the newest state; cheap enough for every repaint."""
        capture = self._capture.status()
        fault = self._following.fault or capture.fault
        return RoomCheckSnapshot(
            running=not self._over.is_set(),
            frame=self._capture.latest_frame(),
            tracks=self._tracks,
            report=self._report,
            fault=fault,
            message=self._message(capture, fault),
        )

    def stop(self, timeout_s: float) -> bool:
        """End the check and free the camera; False if a thread had to be left behind.

        Harmless when repeated.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._stop_lock:
            self._stopping = True
            captured = self._capture.stop(min(CAPTURE_STOP_S, timeout_s / 2))
            return self._following.join(max(0.0, deadline_s - time.monotonic())) and captured

    def _message(self, capture: CaptureStatus, fault: EnvironmentProblem | None) -> str:
        if fault is not None:
            return str(fault)
        if self._over.is_set():
            return ""
        if not self._loaded:
            return "Loading the models"
        return "" if capture.state is CaptureState.RUNNING else capture.message

    def _follow(self) -> None:
        with closing(self._parts.make_follower()) as follower:
            meter = self._parts.make_meter()
            self._loaded = True
            if not self._stopping:
                self._capture.start()
            try:
                self._measure(follower, meter)
            except SlotClosed:
                return

    def _measure(self, follower: Follower, meter: Meter) -> None:
        reported_at_s = -REPORT_INTERVAL_S
        while True:
            frame = self._frames.take()
            if frame is None:
                continue
            followed = follower.follow(frame)
            self._tracks = tuple(
                Track(face.track_id, face.box, None, quality=usable, used=usable)
                for face, usable in zip(followed.faces, followed.usable, strict=True)
            )
            if meter.add(frame, followed) and _is_due(frame.captured_at_s, reported_at_s):
                self._report = meter.report()
                reported_at_s = frame.captured_at_s

    def _stop_capture(self) -> None:
        self._capture.stop(CAPTURE_STOP_S)
        self._over.set()


def _is_due(at_s: float, reported_at_s: float) -> bool:
    return not 0 <= at_s - reported_at_s < REPORT_INTERVAL_S
