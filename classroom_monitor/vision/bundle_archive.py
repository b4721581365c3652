"""Takes a model bundle out of a zip archive: nothing but the files that its bundle.json names.

An archive comes from elsewhere, so its list of members is judged before anything is written: no
member may lie outside the archive's folder, be a link or be encrypted, and none is unpacked beyond
the size that bundle.json gives it.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import describe_bundle
from classroom_monitor.vision.bundle_json import MAX_JSON_BYTES

MAX_MEMBERS = 10_000
MAX_BUNDLE_BYTES = 2**32
"""Far above any network that scores a room's faces in time, far below what fills a disk."""

_BUNDLE_JSON = "bundle.json"
_ENCRYPTED = 0x1
_WAY_OUT = "get the archive again, or add the unpacked folder"


@contextlib.contextmanager
def bundle_folder(source: Path) -> Iterator[Path]:
    """Give a bundle's folder: source itself, or for a zip archive one that is gone afterwards.

    Raises BundleProblem.
    """
    try:
        is_folder = source.is_dir()
    except OSError:
        is_folder = False  # opening it as an archive says why
    if is_folder:
        yield source
        return
    with unpacked_bundle(source) as folder:
        yield folder


@contextlib.contextmanager
def unpacked_bundle(archive: Path) -> Iterator[Path]:
    """Give the folder of an archive's bundle, which is gone afterwards.

    bundle.json lies at the archive's top or in a folder there. Raises BundleProblem, with the
    archive's path in place of the folder's, for an archive that cannot be unpacked safely and for
    what the body finds wrong with the bundle.
    """
    with tempfile.TemporaryDirectory(prefix="classroom-monitor-") as parent:
        folder = Path(parent) / archive.stem
        try:
            folder.mkdir()
            _unpack(archive, folder)
            yield folder
        except BundleProblem as problem:
            raise BundleProblem(str(problem).replace(str(folder), str(archive))) from problem


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(archive) as opened:
            members = _bundle_members(archive, opened.infolist())
            description = members.get(_BUNDLE_JSON)
            if description is None:
                raise BundleProblem(
                    f"{archive} holds no model bundle (no bundle.json at its top or in a folder "
                    "there): name the archive of a folder made by 'classroom-monitor train'"
                )
            _unpack_member(opened, description, folder / _BUNDLE_JSON, MAX_JSON_BYTES)
            _unpack_files(opened, members, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BundleProblem(
            f"{archive} is no zip archive that can be read ({error}): {_WAY_OUT}"
        ) from error
    except OSError as error:
        raise BundleProblem(
            f"{archive} cannot be unpacked ({error.strerror or error}): check the file, and that "
            f"{folder.parent.parent} has space for it"
        ) from error


def _bundle_members(archive: Path, infos: list[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    """Return the members beside bundle.json by name. Raises BundleProblem for unsafe ones."""
    if len(infos) > MAX_MEMBERS:
        raise BundleProblem(f"{archive} has over {MAX_MEMBERS} members: {_WAY_OUT}")
    members: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for info in infos:
        path = PurePosixPath(info.filename)
        if fault := _fault(info):
            raise BundleProblem(f"{archive} is refused: '{path}' {fault}; {_WAY_OUT}")
        if not info.is_dir() and members.setdefault(path, info) is not info:
            raise BundleProblem(f"{archive} is refused: '{path}' is in it twice; {_WAY_OUT}")
    tops = [path.parent for path in members if path.name == _BUNDLE_JSON and len(path.parts) <= 2]
    if len(tops) > 1:
        raise BundleProblem(f"{archive} holds more than one bundle: pack each on its own")
    return {path.name: info for path, info in members.items() if [path.parent] == tops}


def _fault(info: zipfile.ZipInfo) -> str:
    """Return why a member cannot be trusted, or ""."""
    path = PurePosixPath(info.filename)
    mode = info.external_attr >> 16
    if path.is_absolute() or ".." in path.parts or any(sign in info.filename for sign in "\\:\0"):
        return "leads out of the archive"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or another special file"
    return "is encrypted" if info.flag_bits & _ENCRYPTED else ""


def _unpack_files(
    opened: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], folder: Path
) -> None:
    """Unpack the files that bundle.json names, each of the size it says. Raises BundleProblem."""
    bundle = describe_bundle(folder)
    if sum(file.size_bytes for file in bundle.files) > MAX_BUNDLE_BYTES:
        raise BundleProblem(
            f"the bundle in {folder} would take over {MAX_BUNDLE_BYTES >> 30} GiB: train a smaller "
            "network"
        )
    for file in bundle.files:
        info = members.get(file.name)
        if info is None:
            raise BundleProblem(f"{folder} lacks {file.name}, which bundle.json names: {_WAY_OUT}")
        _unpack_member(opened, info, folder / file.name, file.size_bytes)


def _unpack_member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, limit_bytes: int
) -> None:
    """Write one member of at most limit_bytes; zipfile reads no more than the size in its list."""
    if info.file_size > limit_bytes:
        raise BundleProblem(
            f"{path} would unpack to {info.file_size} bytes where at most {limit_bytes} are meant: "
            f"{_WAY_OUT}"
        )
    with opened.open(info) as source, path.open("xb") as target:
        shutil.copyfileobj(source, target)
