"""Kinds whose files are decoded: pictures, archives of faces, recordings."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from classroom_monitor.contracts import EndOfRecording, UInt8Array
from classroom_monitor.errors import CameraProblem, DataProblem
from classroom_monitor.vision.guarded_pictures import PictureReader
from classroom_monitor.vision.guarded_recording import GuardedRecording
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.pictures import read_face_archive
from tests.fakes.videos import shape_picture
from tests.fuzz.kind import Place
from tests.fuzz.mutations import mutate

PICTURE_SUFFIXES = (
    *(".jpg", ".png", ".webp", ".tiff", ".bmp", ".pgm", ".ppm", ".jp2", ".gif", ".hdr", ".pfm"),
    *(".avif", ".ras", ".pbm", ".pxm"),
)
CODECS = (
    *((".mp4", "mp4v"), (".avi", "MJPG"), (".mkv", "mp4v"), (".webm", "VP80"), (".avi", "XVID")),
    *((".mkv", "FFV1"), (".flv", "FLV1"), (".avi", "HFYU"), (".mov", "mp4v"), (".mpg", "MPG2")),
    *((".mp4", "avc1"), (".mkv", "H264"), (".webm", "VP90"), (".wmv", "WMV2")),
)
MOST_FRAMES = 40
DIED = "decoder ended"


class Run:
    """Leaves a mark where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("code-was-run",)


class Pictures:
    """Pictures as `faces` and `classify` are given them."""

    def __init__(self) -> None:
        self._good = _encoded_pictures()
        self._reader = PictureReader(patience_s=20.0)

    def make(self, dice: random.Random, place: Place) -> Path:
        suffix = dice.choice(tuple(self._good))
        path = place.inputs / f"picture{suffix}"
        path.write_bytes(mutate(dice, self._good[suffix], tuple(self._good.values())))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        try:
            picture = self._reader.read(case)
        except DataProblem as problem:
            if "the decoder broke down" in str(problem):
                return DIED
            raise
        assert picture.ndim == 3
        return "read"

    def close(self) -> None:
        self._reader.close()


class Archives:
    """Archives of faces as `classify --npz` is given them, some with pickled code in them."""

    def __init__(self) -> None:
        faces = np.zeros((3, 48, 48), np.uint8)
        self._good = [npz(images=faces), npz(images=np.zeros((2, 9, 9, 3), np.uint8), row=faces)]
        code = np.array([Run()], dtype=object)
        self._good.append(npz(images=code))

    def make(self, dice: random.Random, place: Place) -> Path:
        path = place.inputs / "faces.npz"
        good = dice.choice(self._good)
        path.write_bytes(good if dice.random() < 0.1 else mutate(dice, good, self._good))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        assert read_face_archive(case).dtype == np.uint8
        return "read"

    def close(self) -> None:
        pass


class Videos:
    """Recordings as `analyze`, the window's pages and the room check are given them."""

    def __init__(self) -> None:
        self._good = _recordings()

    def make(self, dice: random.Random, place: Place) -> Path:
        suffix, good = dice.choice(self._good)
        path = place.inputs / f"lecture{suffix}"
        path.write_bytes(mutate(dice, good, [content for _, content in self._good]))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        with closing(GuardedRecording(case, patience_s=20.0)) as camera:
            try:
                camera.open()
                for _ in range(MOST_FRAMES):
                    assert camera.read().image_bgr.ndim == 3
            except EndOfRecording:
                return "read"
            except CameraProblem as problem:
                if "the decoder broke down" in str(problem):
                    return DIED
                raise
        return "read"

    def close(self) -> None:
        pass


def _encoded_pictures() -> Mapping[str, bytes]:
    """Return a small picture in each format that OpenCV can write here."""
    good: dict[str, bytes] = {}
    image: UInt8Array = shape_picture(3)
    for suffix in PICTURE_SUFFIXES:
        grey = suffix in (".pgm", ".pbm")
        picture: np.ndarray[Any, Any] = image[:, :, :1] if grey else image
        if suffix in (".hdr", ".pfm"):
            picture = picture.astype(np.float32)
        try:
            done, encoded = cv2.imencode(suffix, picture)
        except cv2.error:
            continue
        if done:
            good[suffix] = encoded.tobytes()
    return good


def npz(**arrays: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # by name, all of them arrays
    return file.getvalue()


def _recordings() -> list[tuple[str, bytes]]:
    """Return a short recording by each codec that OpenCV can write here."""
    good = []
    with TemporaryDirectory() as folder:
        for number, (suffix, codec) in enumerate(CODECS):
            path = Path(folder) / f"{number}{suffix}"
            writer = cv2.VideoWriter(
                str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), 10.0, (64, 48)
            )
            if not writer.isOpened():
                continue
            for index in range(12):
                writer.write(shape_picture(index))
            writer.release()
            if path.exists() and path.stat().st_size:
                good.append((suffix, path.read_bytes()))
    return good
