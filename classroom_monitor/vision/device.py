"""Cameras of this machine as cameras: by number or by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classroom_monitor.contracts import Frame
from classroom_monitor.errors import CameraProblem
from classroom_monitor.steady_clock import steady_s
from classroom_monitor.vision.camera_list import (
    CameraMemory,
    device_backend,
    find_camera,
    list_cameras,
)
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.video_source import ArrivalStamps, VideoSource


@dataclass(frozen=True, slots=True)
class PictureSize:
    """The size asked of a device in pixels; it gives the nearest that it has."""

    width_px: int = 1920
    height_px: int = 1080


DEFAULT_SIZE = PictureSize()  # faces in the back rows need every pixel


class DeviceCamera:
    """A camera of this machine. captured_at_s is the monotonic clock when a picture came.

    A camera is looked up at each opening, since its number may change when it is plugged in again.
    """

    is_live = True
    duration_s = None

    def __init__(
        self,
        device: int | str,
        size: PictureSize = DEFAULT_SIZE,
        clock: Callable[[], float] = steady_s,
        memory: CameraMemory | None = None,
    ) -> None:
        """Take a number of list_cameras, or a name or part of one.

        memory is shared by the cameras that are made for one source, one after the other.
        """
        self._memory = memory or CameraMemory()
        self._device = device
        self._size = size
        self._source = VideoSource(self.name)
        self._frames = ArrivalStamps(self._source, clock)

    @property
    def name(self) -> str:
        """The name by which the camera was chosen."""
        return self._device if isinstance(self._device, str) else f"camera {self._device}"

    def open(self) -> None:
        """Start the camera. Raises CameraProblem where it isn't there or cannot be had."""
        index = self._device
        if isinstance(index, str):
            index = find_camera(index, list_cameras()).index
        else:
            index = self._memory.index_of(index, list_cameras())
        if not self._source.open(index, device_backend()):
            raise CameraProblem(
                f"{self.name} cannot be opened: check that it is plugged in, that no other program"
                " uses it, and that the system's privacy settings allow it"
            )
        # Most cameras reach this size at a useful rate only as MJPEG, which must be asked first.
        self._source.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._source.set(cv2.CAP_PROP_FRAME_WIDTH, self._size.width_px)
        self._source.set(cv2.CAP_PROP_FRAME_HEIGHT, self._size.height_px)
        self._frames.restart()

    def read(self) -> Frame:
        """Return the next frame. Raises CameraProblem where the camera has gone."""
        return self._frames.read(f"{self.name} has stopped giving pictures: check its cable")

    def close(self) -> None:
        """Release the camera; harmless when it isn't open."""
        self._source.close()
