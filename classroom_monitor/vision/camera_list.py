"""The cameras of this machine, by name."""

from __future__ import annotations

import sys

from classroom_monitor.contracts import CameraInfo
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2

_BACKENDS = {
    "linux": cv2.CAP_V4L2,
    "darwin": cv2.CAP_AVFOUNDATION,
    # Media Foundation takes seconds to open many cameras and lists no virtual ones
    # (https://github.com/opencv/opencv/issues/17687).
    "win32": cv2.CAP_DSHOW,
}


def device_backend() -> int:
    """Return the cv2.CAP number by which this system's cameras are listed and opened."""
    return _BACKENDS.get(sys.platform, cv2.CAP_ANY)


def list_cameras() -> list[CameraInfo]:
    """Return the cameras that can take pictures, by index; asks the system, opens no camera."""
    # Imported when used: on macOS it loads a system framework.
    from cv2_enumerate_cameras import enumerate_cameras

    found = enumerate_cameras(device_backend())
    return sorted(
        (CameraInfo(camera.index, camera.name) for camera in found), key=lambda info: info.index
    )


def find_camera(name: str, cameras: list[CameraInfo]) -> CameraInfo:
    """Return the camera of this name, or the only one whose name has this part, in any case.

    Raises CameraProblem where there is none or more than one.
    """
    wanted = name.casefold()
    exact = [camera for camera in cameras if camera.name.casefold() == wanted]
    matches = exact or [camera for camera in cameras if wanted in camera.name.casefold()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise CameraProblem(
            f"More than one camera is called '{name}': {_listed(matches)}; use the number instead"
        )
    if not cameras:
        raise CameraProblem(
            f"There is no camera '{name}', and no other, on this machine: plug one in, or name a"
            " recording or a stream's address"
        )
    raise CameraProblem(
        f"There is no camera '{name}' on this machine: plug it in, or use one of {_listed(cameras)}"
    )


class CameraMemory:
    """Knows a camera that was chosen by its number again under another one.

    A camera that is plugged in again often gets another number. Not thread safe: each use is an
    opening of the same source, one after the other.
    """

    def __init__(self) -> None:
        self._name: str | None = None

    def index_of(self, number: int, cameras: list[CameraInfo]) -> int:
        """Return the index that the camera first seen under this number has now, if it is known.

        Cameras of the same name cannot be told apart: they keep their numbers.
        """
        names = {camera.index: camera.name for camera in cameras}
        if self._name is None:
            self._name = names.get(number)
        if self._name is None or names.get(number) == self._name:
            return number
        namesakes = [index for index, name in names.items() if name == self._name]
        return namesakes[0] if len(namesakes) == 1 else number


def _listed(cameras: list[CameraInfo]) -> str:
    return ", ".join(f"{camera.index} ({camera.name})" for camera in cameras)
