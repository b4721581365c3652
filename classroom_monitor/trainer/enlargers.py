"""Enlarges small faces with a super-resolution network, and with cubic curves as the control.

The networks are files for OpenCV's dnn_superres: EDSR (Lim et al. 2017), ESPCN (Shi et al. 2016),
FSRCNN (Dong et al. 2016) and LapSRN (Lai et al. 2017).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem, EnvironmentProblem
from classroom_monitor.vision.opencv import cv2

KINDS = ("edsr", "espcn", "fsrcnn", "lapsrn")
CONTROL = "bicubic"

_MODEL_NAME = re.compile(rf"({'|'.join(KINDS)}).*x([2-8])", re.IGNORECASE)
_CONTROL_NAME = re.compile(rf"{CONTROL}_x([2-8])")
_TRIAL_PX = 12


class Enlarger(Protocol):
    """Makes pictures a whole number of times larger. Not thread safe."""

    @property
    def name(self) -> str:
        """What enlarges how often, for example "fsrcnn_x4"."""

    @property
    def digest(self) -> str:
        """What decides the result beside the picture: the model file's SHA-256 in hexadecimal."""

    @property
    def scale(self) -> int:
        """How many times larger a picture becomes."""

    def enlarge(self, image: UInt8Array) -> UInt8Array:
        """Return (h * scale, w * scale) uint8 for an (h, w) uint8 grey picture."""


@dataclass(frozen=True, slots=True)
class CubicEnlarger:
    """Cubic resampling, as crops are resampled anyway: what a network must be better than."""

    scale: int

    @property
    def name(self) -> str:
        """The name that open_enlarger takes for it."""
        return f"{CONTROL}_x{self.scale}"

    @property
    def digest(self) -> str:
        """There is no model: its name says everything."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def enlarge(self, image: UInt8Array) -> UInt8Array:
        """Return (h * scale, w * scale) uint8 for an (h, w) uint8 grey picture."""
        size = (image.shape[1] * self.scale, image.shape[0] * self.scale)
        return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), np.uint8)


class NetworkEnlarger:
    """A super-resolution network on OpenCV's own engine."""

    def __init__(self, path: Path, kind: str, scale: int) -> None:
        """Read the model and try it out. Raises DataProblem where it isn't what it is called."""
        self.name = f"{kind}_x{scale}"
        self.scale = scale
        self.digest = hashlib.sha256(_read(path)).hexdigest()
        self._wants_colours = kind == "edsr"  # the others enlarge the luminance only
        self._network = _new_network()
        try:
            self._network.readModel(str(path))
            self._network.setModel(kind, scale)
            trial = self.enlarge(np.zeros((_TRIAL_PX, _TRIAL_PX), np.uint8))
        except cv2.error as error:
            raise _wrong_model(path, kind, scale) from error
        if trial.shape != (_TRIAL_PX * scale, _TRIAL_PX * scale):
            raise _wrong_model(path, kind, scale)

    def enlarge(self, image: UInt8Array) -> UInt8Array:
        """Return (h * scale, w * scale) uint8 for an (h, w) uint8 grey picture."""
        if not self._wants_colours:
            return np.asarray(self._network.upsample(image), np.uint8)
        coloured = self._network.upsample(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR))
        return np.asarray(cv2.cvtColor(coloured, cv2.COLOR_BGR2GRAY), np.uint8)


def open_enlarger(model: Path | str, kind: str = "", scale: int = 0) -> Enlarger:
    """Open a model file, or the control under a name like "bicubic_x4".

    A file's kind (one of KINDS) and scale are read from its name, like FSRCNN_x4.pb, unless they
    are given. Raises DataProblem where the file is missing, or isn't such a model, and
    EnvironmentProblem where this OpenCV has no super-resolution.
    """
    path = Path(model)
    control = _CONTROL_NAME.fullmatch(path.name)
    if control and not path.is_file():
        return CubicEnlarger(int(control[1]))
    named = _MODEL_NAME.search(path.name)
    kind, scale = (
        kind or (named[1].lower() if named else ""),
        scale or int(named[2] if named else 0),
    )
    if not path.is_file():
        raise DataProblem(
            f"There is no super-resolution model {path}: name a file such as FSRCNN_x4.pb, or "
            f"{CONTROL}_x4 for cubic resampling"
        )
    if kind not in KINDS or not scale:
        raise DataProblem(
            f"The name of the super-resolution model {path} doesn't tell what it is: call it "
            "EDSR_x4.pb, ESPCN_x4.pb, FSRCNN_x4.pb or LapSRN_x4.pb, with its own scale"
        )
    return NetworkEnlarger(path, kind, scale)


def _new_network() -> Any:
    create = getattr(getattr(cv2, "dnn_superres", None), "DnnSuperResImpl_create", None)
    if create is None:
        raise EnvironmentProblem(
            f"OpenCV {cv2.__version__} has no super-resolution: install opencv-contrib-python 4.14"
        )
    return create()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataProblem(
            f"The super-resolution model {path} can't be read: {error.strerror}"
        ) from error


def _wrong_model(path: Path, kind: str, scale: int) -> DataProblem:
    return DataProblem(
        f"{path} is no {kind.upper()} model that enlarges {scale} times, or is damaged: get the "
        "file again, and let its name say what it is, like FSRCNN_x4.pb"
    )
