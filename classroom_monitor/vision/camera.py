"""Where frames come from: what a user calls a source, and the camera for it."""

from __future__ import annotations

import re
from pathlib import Path

from classroom_monitor.contracts import Camera, Resolution
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.camera_list import CameraMemory
from classroom_monitor.vision.device import DEFAULT_SIZE, DeviceCamera, PictureSize
from classroom_monitor.vision.guarded_recording import GuardedRecording
from classroom_monitor.vision.stream import StreamCamera, is_address

_DEVICE_NODE = re.compile(r"/dev/video(\d+)")
_FILE_SUFFIX = re.compile(r"\.(?=\w*[a-zA-Z])\w{2,5}")  # not that of "USB 2.0 Camera"


def open_camera(
    source: str, resolution: Resolution = "auto", memory: CameraMemory | None = None
) -> Camera:
    """Return the camera for a source; it is still to be opened, which is when it is looked for.

    A number is a device of this machine, an address (rtsp://, rtsps://, http://, https://) a
    stream, whatever exists or has a folder or a file suffix in it a recording, and anything
    else (part of) a device's name. resolution is asked of a device, other sources have their own.
    memory is kept by whoever opens a source again and again. Raises CameraProblem for an empty
    source or an address of another kind.
    """
    source = source.strip()
    if not source:
        raise CameraProblem(
            "No source is given: name a camera's number or name, a recording or an address"
        )
    size = picture_size(resolution)
    if source.isdecimal():
        return DeviceCamera(int(source), size, memory=memory)
    if node := _DEVICE_NODE.fullmatch(source):
        return DeviceCamera(int(node[1]), size, memory=memory)
    if is_address(source):
        return StreamCamera(source)
    path = Path(source)
    if _FILE_SUFFIX.fullmatch(path.suffix) or len(path.parts) > 1 or _exists(path):
        return GuardedRecording(path)
    return DeviceCamera(source, size)


def picture_size(resolution: Resolution) -> PictureSize:
    """Return the size that a resolution stands for."""
    if resolution == "auto":
        return DEFAULT_SIZE
    width_px, height_px = resolution.split("x")
    return PictureSize(int(width_px), int(height_px))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no name that a file could have
        return False
