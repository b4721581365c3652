"""Model bundles: a folder of weights and a bundle.json that says what they are.

A bundle is data only. Everything in it is checked before it is used: the shape of bundle.json,
the SHA-256 and size of every file it names, and that no file lies outside the folder. Nothing in
a bundle is unpickled or run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle_json import Fields, read_bundle_json
from classroom_monitor.vision.crops import CropSpec

BUNDLE_FORMAT = 1
MAX_SIZE_PX = 1024
FITS: tuple[Literal["resize", "pad"], ...] = ("resize", "pad")


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A file of a bundle: its name in the folder, what it is for, and what it must hold."""

    name: str
    role: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on a face counts: its side in pixels, and its likeliest class's probability."""

    min_face_px: float
    min_certainty: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """A verified model bundle.

    outputs names the network's logits. groups holds, for each class, the indices of the outputs
    that make it up; an output may belong to no class. temperature divides the class logits.
    """

    folder: Path
    name: str
    version: str
    licence: str
    created: str
    recipe: Mapping[str, Any]
    data: Mapping[str, Any]
    classes: tuple[str, ...]
    outputs: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    crop: CropSpec
    temperature: float
    thresholds: Thresholds
    files: tuple[BundleFile, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The engines' files there are, for example "litert-int8"."""
        return tuple(file.role for file in self.files)

    def read_file(self, role: str) -> bytes:
        """Return the content of the file with this role, verified. Raises BundleProblem."""
        for file in self.files:
            if file.role == role:
                return _read_verified(self.folder, file)
        raise BundleProblem(
            f"model bundle {self.folder} has no weights for engine '{role}': "
            f"choose one of {', '.join(self.roles)}"
        )

    def require_moods(self) -> None:
        """Raise BundleProblem unless the classes are the three moods, in the program's order."""
        if self.classes != MOODS:
            raise BundleProblem(
                f"model bundle {self.folder} gives the classes {', '.join(self.classes)}, but a "
                f"session needs {', '.join(MOODS)}, in this order: choose another bundle, or use "
                "this one with 'evaluate' and 'classify' only"
            )


def load_bundle(folder: Path) -> Bundle:
    """Read and verify the bundle in a folder: bundle.json, then every file it names.

    Raises BundleProblem, naming the file and the way out, where anything is missing, damaged or
    not what bundle.json says.
    """
    bundle = describe_bundle(folder)
    for file in bundle.files:
        _read_verified(folder, file)
    return bundle


def describe_bundle(folder: Path) -> Bundle:
    """Read and check the bundle.json in a folder; the files that it names may not be there yet.

    Raises BundleProblem.
    """
    fields = read_bundle_json(folder)
    fields.require_format(BUNDLE_FORMAT)
    return _parse_bundle(folder, fields)


def _parse_bundle(folder: Path, fields: Fields) -> Bundle:
    classes = fields.names("classes")
    outputs = fields.names("outputs")
    return Bundle(
        folder=folder,
        name=fields.text("name"),
        version=fields.text("version"),
        licence=fields.text("licence"),
        created=fields.text("created"),
        recipe=fields.mapping("recipe"),
        data=fields.mapping("data"),
        classes=classes,
        outputs=outputs,
        groups=_parse_groups(fields.section("groups"), classes, outputs),
        crop=_parse_crop(fields.section("input"), fields.section("crop")),
        temperature=fields.number("temperature", 0.01, 100.0),
        thresholds=_parse_thresholds(fields.section("thresholds")),
        files=_parse_files(fields.section("files")),
    )


def _parse_groups(
    fields: Fields, classes: tuple[str, ...], outputs: tuple[str, ...]
) -> tuple[tuple[int, ...], ...]:
    if set(fields.keys()) != set(classes):
        raise fields.problem("must have one entry for each of the classes")
    groups = tuple(fields.names(name) for name in classes)
    members = [member for group in groups for member in group]
    if len(set(members)) != len(members) or not set(members) <= set(outputs):
        raise fields.problem("must refer to the outputs, to each at most once")
    return tuple(tuple(outputs.index(member) for member in group) for group in groups)


def _parse_crop(network_input: Fields, crop: Fields) -> CropSpec:
    channels = network_input.whole("channels", 1, 3)
    if channels == 2:
        raise network_input.problem("must have 1 or 3 channels")
    return CropSpec(
        size_px=network_input.whole("size_px", 8, MAX_SIZE_PX),
        channels=channels,
        scale=crop.number("scale", 0.5, 4.0),
        shift_up=crop.number("shift_up", -1.0, 1.0),
        fit=network_input.choice("fit", FITS, default=FITS[0]),
    )


def _parse_thresholds(fields: Fields) -> Thresholds:
    return Thresholds(
        min_face_px=fields.number("min_face_px", 0.0, 1000.0),
        min_certainty=fields.number("min_certainty", 0.0, 1.0),
    )


def _parse_files(fields: Fields) -> tuple[BundleFile, ...]:
    files = []
    for name in fields.keys():  # noqa: SIM118 - Fields is no mapping
        entry = fields.section(name)
        entry.require_plain_file_name(name)
        files.append(
            BundleFile(
                name=name,
                role=entry.text("role"),
                sha256=entry.text("sha256").lower(),
                size_bytes=entry.whole("bytes", 1, 2**31),
            )
        )
    if not files or len({file.role for file in files}) != len(files):
        raise fields.problem("must name at least one file, and no role twice")
    return tuple(files)


def _read_verified(folder: Path, file: BundleFile) -> bytes:
    path = folder / file.name
    way_out = "get the bundle again, or train one with 'classroom-monitor train'"
    if path.is_symlink() or not path.is_file():
        raise BundleProblem(f"model file {path} is missing or no plain file: {way_out}")
    try:
        size_bytes = path.stat().st_size
        content = path.read_bytes() if size_bytes == file.size_bytes else b""
    except OSError as error:
        raise BundleProblem(
            f"model file {path} can't be read ({error.strerror}): {way_out}"
        ) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise BundleProblem(
            f"model file {path} is damaged or was changed (size or SHA-256 differs from "
            f"bundle.json): {way_out}"
        )
    return content
