"""Enlarges a data set's faces once and keeps them on disk, so that the next run only reads them.

The cache holds pictures made from the user's own training pictures, in the folder the user names:
a folder a model, and in it blocks of some hundred faces. A block appears when it is complete, so
that a killed run goes on with the next block.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.arrays import read_arrays
from classroom_monitor.trainer.enlargers import CubicEnlarger, Enlarger, open_enlarger
from classroom_monitor.trainer.listener import TrainingListener

logger = logging.getLogger(__name__)

BLOCK_FACES = 256
"""Faces a block: about a second of work, which is what a killed run loses."""

_SUFFIX = ".npz"


def enlarged(
    images: UInt8Array, model_path: Path | str, cache_dir: Path, listener: TrainingListener
) -> UInt8Array:
    """Return (n, side * scale, side * scale) uint8 for (n, side, side) uint8 grey faces.

    model_path is a file that open_enlarger knows, or "bicubic_x4", which is too quick to be worth
    keeping. Raises DataProblem for a wrong model, or where the disk is full or can't be written.
    """
    enlarger = open_enlarger(model_path)
    if isinstance(enlarger, CubicEnlarger):
        return np.stack([enlarger.enlarge(image) for image in images])
    cache = EnlargedFaces(cache_dir, enlarger)
    return cache.take(images, listener)


class EnlargedFaces:
    """The faces that one model has enlarged, in a folder."""

    def __init__(self, cache_dir: Path, enlarger: Enlarger) -> None:
        self._enlarger = enlarger
        self._folder = cache_dir / f"{enlarger.name}-{enlarger.digest[:32]}"

    def take(self, images: UInt8Array, listener: TrainingListener) -> UInt8Array:
        """Return the (n, side, side) faces enlarged, and keep those that were not there yet."""
        side_px = images.shape[1] * self._enlarger.scale
        faces = np.empty((len(images), side_px, side_px), np.uint8)
        wanted: dict[bytes, list[int]] = {}
        for row, image in enumerate(images):
            wanted.setdefault(_key(image), []).append(row)
        for key, face in self._kept(side_px):
            faces[wanted.pop(key, [])] = face
        if wanted:
            self._make(images, wanted, faces, listener)
        return faces

    def _kept(self, side_px: int) -> Iterator[tuple[bytes, UInt8Array]]:
        """Go through what is there; a damaged block counts as not there."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            try:
                arrays = read_arrays(path)
                keys, faces = arrays["keys"], arrays["faces"]
            except (DataProblem, KeyError) as error:
                logger.warning("%s is made again: %s", path, error)
                continue
            if faces.shape == (len(keys), side_px, side_px):
                yield from zip((key.tobytes() for key in keys), faces, strict=True)

    def _make(
        self,
        images: UInt8Array,
        wanted: dict[bytes, list[int]],
        faces: UInt8Array,
        listener: TrainingListener,
    ) -> None:
        self._require_space(len(wanted) * faces[0].nbytes)
        listener.on_notice(
            f"enlarging {len(wanted)} faces to {faces.shape[1]} px with {self._enlarger.name}: "
            f"{len(wanted) * faces[0].nbytes / 1e6:.0f} MB in {self._folder}"
        )
        keys = list(wanted)
        for start in range(0, len(keys), BLOCK_FACES):
            block = keys[start : start + BLOCK_FACES]
            made = np.stack([self._enlarger.enlarge(images[wanted[key][0]]) for key in block])
            for key, face in zip(block, made, strict=True):
                faces[wanted[key]] = face
            self._keep(block, made)

    def _keep(self, keys: list[bytes], faces: UInt8Array) -> None:
        """Write a block under a name that says what is in it; it appears when it is complete."""
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:32]
        part = self._folder / f"{name}.part"
        table = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
        try:
            with part.open("wb") as handle:
                np.savez(handle, allow_pickle=False, keys=table, faces=faces)
            part.replace(part.with_suffix(_SUFFIX))
        except OSError as error:
            raise self._unwritable(error) from error

    def _require_space(self, needed_bytes: int) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            free_bytes = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise self._unwritable(error) from error
        if free_bytes < needed_bytes:
            raise DataProblem(
                f"The enlarged faces need {needed_bytes / 1e6:.0f} MB in {self._folder}, where "
                f"{free_bytes / 1e6:.0f} MB are free: make room, or take fewer faces"
            )

    def _unwritable(self, error: OSError) -> DataProblem:
        return DataProblem(
            f"The enlarged faces can't be kept in {self._folder}: {error.strerror}; make room "
            "there, or name another folder"
        )


def _key(image: UInt8Array) -> bytes:
    """Return the SHA-256 of a picture's size and greys."""
    return hashlib.sha256(str(image.shape).encode() + image.tobytes()).digest()
