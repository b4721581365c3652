"""Pictures and face archives from disk, checked where they enter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.files import ARCHIVE_ERRORS
from classroom_monitor.vision.opencv import MAX_PIXELS, cv2

MAX_FILE_BYTES = 1 << 30
"""MAX_PIXELS of 16 bits, uncompressed, take 600 MB."""


def read_picture(path: Path) -> UInt8Array:
    """Return a picture file as (height, width, 3) uint8 BGR.

    Raises DataProblem for a file that is missing, unreadable, too large or no picture.
    """
    content = np.frombuffer(_content(path), np.uint8)
    try:
        image = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
    except cv2.error as error:
        raise DataProblem(f"cannot decode {path}: it is damaged or too large") from error
    if image is None:
        raise DataProblem(f"{path} is not a picture that can be decoded: use a JPEG or PNG file")
    if image.shape[0] * image.shape[1] > MAX_PIXELS:
        raise DataProblem(f"{path} has more than {MAX_PIXELS:,} pixels: make it smaller")
    return np.asarray(image, np.uint8)


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no end
            raise DataProblem(f"{path} is not a file: name a JPEG or PNG file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise DataProblem(f"{path} is larger than {MAX_FILE_BYTES >> 30} GiB: make it smaller")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataProblem(
            f"cannot read the picture {path} ({reason}): check the name and the permissions"
        ) from error


def read_face_archive(path: Path) -> UInt8Array:
    """Return the `images` of an .npz archive, (n, height, width[, 3]) uint8, grey or RGB.

    Other keys are ignored, and nothing is unpickled. Raises DataProblem where the file is missing
    or damaged, or its images are of another shape or type.
    """
    try:
        images = _archived_images(path)
    except OSError as error:
        raise DataProblem(
            f"cannot read the archive {path} ({error.strerror or error}): check the name"
        ) from error
    except ARCHIVE_ERRORS as error:
        raise DataProblem(
            f"{path} is not an .npz archive of face pictures: save one with numpy.savez"
        ) from error
    except MemoryError as error:
        raise DataProblem(f"{path} holds more than fits into memory: make it smaller") from error
    if images is None:
        raise DataProblem(f"{path} holds no array named 'images': save the faces under that name")
    grey, colour = images.ndim == 3, images.ndim == 4 and images.shape[3] == 3
    if images.dtype != np.uint8 or not (grey or colour) or 0 in images.shape[1:]:
        raise DataProblem(
            f"{path}: 'images' is {images.dtype} {images.shape}, but must be uint8 of shape "
            "(n, height, width) or (n, height, width, 3)"
        )
    return np.asarray(images[..., ::-1] if colour else images, np.uint8)


def _archived_images(path: Path) -> NDArray[Any] | None:
    if path.exists() and not path.is_file():
        raise DataProblem(f"{path} is not a file: name an .npz archive")
    with np.load(path, allow_pickle=False) as archive:
        images = archive.get("images")
    return images if isinstance(images, np.ndarray) else None
