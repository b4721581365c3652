"""The thread around a camera's blocking calls, made so that it can be left behind."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from classroom_monitor.contracts import Camera, EndOfRecording, Frame
from classroom_monitor.errors import CameraProblem

logger = logging.getLogger(__name__)


class ReaderOwner(Protocol):
    """Who a reader reports to; every call comes from the reader's thread."""

    def on_calling(self, reader: CaptureReader) -> None:
        """The reader is about to make a call that may never return."""

    def on_frame(self, reader: CaptureReader, frame: Frame) -> bool:
        """A frame was read. Returns False where the reader is to close and go."""

    def on_finished(self, reader: CaptureReader) -> None:
        """The reader has closed its camera and its thread is ending."""


class CaptureReader:
    """One opening of a source: a daemon thread that opens, reads and closes its own camera.

    Nothing can interrupt a driver's call, so a reader is never stopped from outside: it is told
    to go when it next delivers a frame, and closes its camera itself whenever its call returns.
    The attributes are written by this thread, except where the owner says otherwise, and
    read by the owner; one that finished has ended, or met a problem or a bug.
    """

    def __init__(self, camera_factory: Callable[[], Camera], owner: ReaderOwner) -> None:
        self._camera_factory = camera_factory
        self._owner = owner
        self._thread = threading.Thread(target=self._run, name="capture-reader", daemon=True)
        self.source = ""
        self.is_live = True  # until the camera says otherwise, it may still come
        self.ended = False
        self.problem: CameraProblem | None = None
        self.bug: Exception | None = None
        self.finished = False  # kept by the owner
        self.frames = 0  # kept by the owner
        self.calling_since_s: float | None = None  # kept by the owner

    def start(self) -> None:
        """Start the thread; once."""
        self._thread.start()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread to end; False where it is still in the driver."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._read_frames()
        except EndOfRecording:
            self.ended = True
        except CameraProblem as problem:
            self.problem = problem
        except Exception as error:  # the thread's outer edge: the owner tells the user
            self.bug = error
            logger.exception("Capture from %s failed", self.source or "the source")
        finally:
            self._owner.on_finished(self)

    def _read_frames(self) -> None:
        self._owner.on_calling(self)
        camera = self._camera_factory()
        self.source, self.is_live = camera.name, camera.is_live
        try:
            camera.open()
            while self._owner.on_frame(self, camera.read()):
                self._owner.on_calling(self)
        finally:
            camera.close()
