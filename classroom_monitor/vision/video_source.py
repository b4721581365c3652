"""The one place that calls cv2.VideoCapture, and what every camera does with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from classroom_monitor.contracts import Frame, UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2


class VideoSource:
    """A cv2.VideoCapture that says what is wrong and gives (height, width, 3) uint8 BGR.

    Used by one thread. Calls block for as long as the driver likes.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._capture: cv2.VideoCapture | None = None

    def open(self, source: int | str, backend: int, options: Sequence[int] = ()) -> bool:
        """Open a device index, a path or an address; False where OpenCV cannot.

        options are pairs of a cv2.CAP_PROP number and its value, given to the backend at once.
        """
        self.close()
        try:
            capture = cv2.VideoCapture(source, backend, list(options))
        except cv2.error:
            return False
        if not capture.isOpened():
            capture.release()
            return False
        self._capture = capture
        return True

    def grab(self) -> bool:
        """Take the next picture from the driver; False where there is none."""
        try:
            return self._opened().grab()
        except cv2.error:
            return False

    def retrieve_bgr(self) -> UInt8Array:
        """Return the grabbed picture. Raises CameraProblem where it cannot be decoded."""
        try:
            good, image = self._opened().retrieve()
            if good and image is not None and image.size:
                return as_bgr(image)
        except (cv2.error, ValueError) as error:
            raise CameraProblem(self._undecodable()) from error
        raise CameraProblem(self._undecodable())

    def get(self, prop: int) -> float:
        """Return a cv2.CAP_PROP value; 0 where the driver has none."""
        return self._opened().get(prop)

    def set(self, prop: int, value: float) -> bool:
        """Ask the driver for a cv2.CAP_PROP value; False where it refuses."""
        return self._opened().set(prop, value)

    def close(self) -> None:
        """Release the driver; harmless when it isn't open."""
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _opened(self) -> cv2.VideoCapture:
        if self._capture is None:
            raise CameraProblem(f"{self._name} is not open: open it before reading from it")
        return self._capture

    def _undecodable(self) -> str:
        return f"{self._name} sends pictures that cannot be decoded: set it to H.264 or MJPEG"


class ArrivalStamps:
    """Reads a live source, and stamps each picture with the clock when it arrived."""

    def __init__(self, source: VideoSource, clock: Callable[[], float]) -> None:
        self._source = source
        self._clock = clock
        self._began_s: float | None = None
        self._next_index = 0

    def restart(self) -> None:
        """Begin again at index 0 and at 0 seconds with the next picture."""
        self._began_s = None
        self._next_index = 0

    def read(self, when_gone: str) -> Frame:
        """Return the next frame. Raises CameraProblem, with the given line if none comes."""
        if not self._source.grab():
            raise CameraProblem(when_gone)
        arrived_s = self._clock()  # before the time that decoding takes
        image_bgr = self._source.retrieve_bgr()
        if self._began_s is None:
            self._began_s = arrived_s
        self._next_index += 1
        return Frame(self._next_index - 1, arrived_s - self._began_s, image_bgr)


def as_bgr(image: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> UInt8Array:
    """Return a driver's picture as (height, width, 3) uint8 BGR.

    Takes (h, w) or (h, w, 1) grey, (h, w, 3) BGR and (h, w, 4) BGRA, uint8 or, scaled down,
    uint16. Raises ValueError for anything else.
    """
    if image.dtype == np.uint16:
        image = image // 257
    elif image.dtype != np.uint8:
        raise ValueError(f"no pixel type for a picture: {image.dtype}")
    picture = image.astype(np.uint8, copy=False)
    channels = 1 if picture.ndim == 2 else picture.shape[-1]
    if picture.ndim not in (2, 3) or channels not in (1, 3, 4):
        raise ValueError(f"no shape for a picture: {picture.shape}")
    if channels == 1:
        return np.repeat(picture.reshape(*picture.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(picture[:, :, :3])
