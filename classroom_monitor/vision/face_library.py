"""The face model that the user adds: kept with its SHA-256, verified whenever it is read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.yunet_trial import try_yunet

NAME = "yunet"
"""What the added model is called, and its folder."""

SIZES_BYTES = range(1_000, 20_000_001)
"""Sizes that are looked into at all: YuNet's files have 100 to 350 kB."""

UNKNOWN_LICENCE = "unknown: check it yourself"

_MODEL_FILE = "yunet.onnx"
_RECORD_FILE = "face_model.json"
_UNFINISHED = ".unfinished-"
_WAY_OUT = (
    "'classroom-monitor models remove yunet' removes it, and 'models add' adds it again from its "
    "file"
)


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A published file, told by its SHA-256."""

    version: str
    licence: str
    source: str


_ZOO = "OpenCV Zoo, https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet"
_MIT = "MIT, Copyright (c) 2020 Shiqi Yu"
KNOWN_MODELS = {
    "ebafce4e3c118d6554634be5c27ab333b4c047a9a8c3faf1d7cf93101c22f0f0": KnownModel(
        "2026may", _MIT, _ZOO
    ),
    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4": KnownModel(
        "2023mar", _MIT, _ZOO
    ),
}
"""The OpenCV Zoo's float32 files, the same weights twice, by SHA-256."""


@dataclass(frozen=True, slots=True)
class FaceModelRecord:
    """What is kept beside an added model: its file's name when it was added, and what it is."""

    file: str
    sha256: str
    size_bytes: int
    version: str
    licence: str
    source: str


def describe_file(path: Path) -> tuple[FaceModelRecord, bytes]:
    """Read a model file that the user names, and say what it is, by its SHA-256.

    Raises BundleProblem where it can't be read or is far from a face model's size.
    """
    try:
        size_bytes = path.stat().st_size
        content = path.read_bytes() if size_bytes in SIZES_BYTES else b""
    except OSError as error:
        raise BundleProblem(
            f"cannot read the face model {path} ({error.strerror}): name a YuNet file, .onnx"
        ) from error
    if not content:
        raise BundleProblem(
            f"{path} is no YuNet model: it has {size_bytes} bytes, where YuNet's files have 100 to "
            "350 kB; get the file from the OpenCV Zoo again"
        )
    sha256 = hashlib.sha256(content).hexdigest()
    known = KNOWN_MODELS.get(sha256, KnownModel("", UNKNOWN_LICENCE, "unknown"))
    record = FaceModelRecord(
        path.name, sha256, len(content), known.version, known.licence, known.source
    )
    return record, content


class FaceModelLibrary:
    """A folder with the face model that the user added, if there is one."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which need not exist."""
        self._place = folder / NAME

    @property
    def place(self) -> Path:
        """The folder of the added model."""
        return self._place

    @property
    def has_model(self) -> bool:
        """Whether a model was added, be it sound or not."""
        return os.path.lexists(self._place)

    def add(self, source: Path) -> FaceModelRecord:
        """Try a model file in a process of its own, and keep a copy of it with its SHA-256.

        Raises BundleProblem for a file that is no YuNet model, where there is a model already, or
        where the folder can't be written; then nothing has changed.
        """
        if self.has_model:
            raise BundleProblem(
                f"there is a YuNet face model in {self._place} already: remove it first with "
                "'classroom-monitor models remove yunet'"
            )
        record, content = describe_file(source)
        parent = self._place.parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                prefix=_UNFINISHED, dir=parent, ignore_cleanup_errors=True
            ) as unfinished:
                copy = Path(unfinished) / NAME
                copy.mkdir()
                _write(copy / _MODEL_FILE, content)
                _write(copy / _RECORD_FILE, json.dumps(asdict(record), indent=2).encode())
                try_yunet(copy / _MODEL_FILE, source.name)
                copy.rename(self._place)
        except OSError as error:
            raise BundleProblem(
                f"cannot add the face model to {self._place} ({error.strerror}): check the "
                "folder's permissions and space, or set 'face_models_dir' to another folder"
            ) from error
        return record

    def record(self) -> FaceModelRecord:
        """Return what the added model is. Raises BundleProblem where there is none or no record."""
        if not self.has_model:
            raise BundleProblem(
                "the YuNet face model isn't there: get its .onnx file from the OpenCV Zoo and add "
                "it with 'classroom-monitor models add FILE'"
            )
        path = self._place / _RECORD_FILE
        try:
            return _checked(json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BundleProblem(f"{path} is missing or damaged: {_WAY_OUT}") from error

    def read(self) -> bytes:
        """Return the added model's content, its SHA-256 verified. Raises BundleProblem."""
        record = self.record()
        path = self._place / _MODEL_FILE
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BundleProblem(
                f"face model {path} can't be read ({error.strerror}): {_WAY_OUT}"
            ) from error
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise BundleProblem(
                f"face model {path} is damaged or was changed (its SHA-256 isn't the recorded "
                f"one): {_WAY_OUT}"
            )
        return content

    def check(self) -> FaceModelRecord:
        """Verify the added model and try it as add does. Raises BundleProblem."""
        self.read()
        try_yunet(self._place / _MODEL_FILE, _MODEL_FILE)
        return self.record()

    def remove(self) -> None:
        """Delete the added model so that nobody sees half of it. Raises BundleProblem."""
        if not self.has_model:
            raise BundleProblem("no YuNet face model was added, so none can be removed")
        try:
            if self._place.is_symlink():
                self._place.unlink()
                return
            leaving = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._place.parent))
            try:
                self._place.rename(leaving / NAME)
            finally:
                shutil.rmtree(leaving, ignore_errors=True)
        except OSError as error:
            raise BundleProblem(
                f"cannot remove {self._place} ({error.strerror}): check the folder's permissions"
            ) from error


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _checked(raw: Any) -> FaceModelRecord:
    """Return a record from JSON. Raises KeyError or TypeError for one that isn't one."""
    values = {field.name: raw[field.name] for field in fields(FaceModelRecord)}
    for name, value in values.items():
        if not isinstance(value, int if name == "size_bytes" else str):
            raise TypeError(name)
    return FaceModelRecord(**values)
