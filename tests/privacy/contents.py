"""Looks into files for pictures, whatever they are called and however they are packed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array

_HEADS = {
    b"\xff\xd8\xff": "a JPEG",
    b"\x89PNG\r\n\x1a\n": "a PNG",
    b"WEBPVP8": "a WebP",
    b"GIF89a": "a GIF",
    b"/Subtype /Image": "a picture in a PDF",
    b"/Subtype/Image": "a picture in a PDF",
    b"data:image": "a picture in a page",
    b"<image": "a picture in a drawing",
    b"<img": "a picture in a page",
    b"\x93NUMPY": "an array",
}
_RUN_BYTES = 48
_RUNS = 400


def pixel_runs(pictures: Sequence[UInt8Array]) -> list[bytes]:
    """Return stretches of raw pixels, colour and grey, that are found by no accident."""
    random = np.random.default_rng(4)
    runs = []
    for picture in pictures:
        grey = picture.mean(axis=2).astype(np.uint8)
        for table in (picture.reshape(len(picture), -1), grey):
            rows = random.integers(0, table.shape[0], _RUNS)
            columns = random.integers(0, table.shape[1] - _RUN_BYTES, _RUNS)
            for row, column in zip(rows, columns, strict=True):
                run = table[row, column : column + _RUN_BYTES]
                if len(np.unique(run)) > _RUN_BYTES // 4:
                    runs.append(run.tobytes())
    return runs


def pictures_in(path: Path, runs: Sequence[bytes] = ()) -> list[str]:
    """Return what looks like a picture in a file, () for none."""
    found = []
    for name, data in _parts(path):
        found += [f"{name}: {what}" for head, what in _HEADS.items() if head in data]
        if any(run in data for run in runs):
            found.append(f"{name}: pixels of the camera")
    return found


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a file's bytes, and those of what is packed in it."""
    data = path.read_bytes()
    yield path.name, data
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}/{name}", archive.read(name)
    if data.startswith(b"%PDF"):
        for number, part in enumerate(data.split(b"stream\n")[1:]):
            unpacked = zlib.decompressobj()
            try:
                yield f"{path.name}, stream {number}", unpacked.decompress(part)
            except zlib.error:  # not a packed one
                continue
