"""The model bundles there are: those that come with the program, and those the user added.

A bundle is called by its folder's name. A folder anywhere else is a bundle too, called by its path.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from classroom_monitor.contracts import MOODS
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.bundle_json import is_plain_name

Origin = Literal["shipped", "added", "folder", "missing"]

RESERVED_NAME = "default"
"""Stands for the bundle that the program uses when nobody chose one."""

_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class BundlePlace:
    """Where a bundle is, and what it is called. Whether it is one shows when it is loaded."""

    name: str
    folder: Path
    origin: Origin

    @property
    def reference(self) -> str:
        """What finds this bundle again: its name, or its path outside the library."""
        return str(self.folder) if self.origin in ("folder", "missing") else self.name


@dataclass(frozen=True, slots=True)
class BundleState:
    """A bundle as verifying it left it: loaded, or None and a line that says what is wrong."""

    place: BundlePlace
    bundle: Bundle | None
    problem: str

    @property
    def for_sessions(self) -> bool:
        """Whether sessions can use it: it is sound and gives the three moods."""
        return self.bundle is not None and self.bundle.classes == MOODS


def bundle_state(place: BundlePlace) -> BundleState:
    """Verify a bundle: bundle.json and the SHA-256 of every file. Reads every file."""
    try:
        return BundleState(place, load_bundle(place.folder), "")
    except BundleProblem as problem:
        return BundleState(place, None, str(problem))


class BundleLibrary:
    """Two folders of bundles: the program's, which stays as it is, and the user's."""

    def __init__(self, shipped_dir: Path, added_dir: Path) -> None:
        """Take both folders; the user's need not exist."""
        self._shipped_dir = shipped_dir
        self._added_dir = added_dir

    def places(self) -> Sequence[BundlePlace]:
        """Return where bundles are, the program's first, each by name. Raises BundleProblem.

        A name that both folders have means the program's bundle; the other one is left to its path.
        """
        shipped = [BundlePlace(path.name, path, "shipped") for path in _folders(self._shipped_dir)]
        taken = {_key(place.name) for place in shipped}
        added = [
            BundlePlace(path.name, path, "folder" if _key(path.name) in taken else "added")
            for path in _folders(self._added_dir)
        ]
        return (*shipped, *added)

    def find(self, reference: str) -> BundlePlace:
        """Return the bundle of this name, or else in this folder. Raises BundleProblem.

        A name of the library goes before a folder of the same name: ./NAME means the folder.
        """
        places = self.places()
        for place in places:
            if place.name == reference and place.origin != "folder":
                return place
        folder = Path(os.path.abspath(reference))  # noqa: PTH100 - keeps links
        for place in places:
            if place.folder == folder:
                return place
        if _is_folder(folder):
            return BundlePlace(folder.name, folder, "folder")
        raise BundleProblem(
            f"there is no model bundle '{reference}', by name or as a folder: "
            "'classroom-monitor models' lists those there are"
        )

    def require_free(self, name: str) -> None:
        """Raise BundleProblem unless a bundle may be added under this name."""
        if not is_plain_name(name) or name.endswith(".") or _key(name) == RESERVED_NAME:
            raise BundleProblem(
                f"a bundle cannot be called '{name}': give it a name of letters, digits, '.', '_' "
                "and '-' with --name"
            )
        for place in self.places():
            if _key(place.name) == _key(name):
                raise BundleProblem(
                    f"there is a model bundle '{place.name}' in {place.folder} already: give the "
                    "new one another name with --name, or remove the old one first"
                )

    def add(self, bundle: Bundle, name: str) -> BundlePlace:
        """Copy what bundle.json names, verify the copy and put it in its place in one step.

        Raises BundleProblem where the name is taken or the folder cannot be written; then nothing
        has changed.
        """
        self.require_free(name)
        folder = self._added_dir / name
        try:
            self._added_dir.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(
                prefix=_UNFINISHED, dir=self._added_dir, ignore_cleanup_errors=True
            ) as unfinished:
                copy = Path(unfinished) / name
                _copy_bundle(bundle, copy)
                load_bundle(copy)
                copy.rename(folder)  # fails where another process has made this bundle meanwhile
        except OSError as error:
            raise BundleProblem(
                f"cannot add the model bundle as {folder} ({error.strerror}): check the folder's "
                "permissions and space, or set 'models_dir' in the settings to another folder"
            ) from error
        return BundlePlace(name, folder, "added")

    def find_added(self, name: str) -> BundlePlace:
        """Return a bundle that the user added. Raises BundleProblem for any other."""
        for place in self.places():
            if place.name == name and place.origin == "added":
                return place
        raise BundleProblem(
            f"the model bundle '{name}' is none that you added, so it cannot be removed: "
            "'classroom-monitor models' lists those there are"
        )

    def remove(self, place: BundlePlace) -> None:
        """Delete a bundle that find_added gave. Raises BundleProblem."""
        try:
            self._delete(place.folder)
        except OSError as error:
            raise BundleProblem(
                f"cannot remove {place.folder} ({error.strerror}): check the folder's permissions"
            ) from error

    def _delete(self, folder: Path) -> None:
        """Delete a folder so that nobody sees half of it; of a link, only the link."""
        if folder.is_symlink():
            folder.unlink()
            return
        leaving = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=self._added_dir))
        try:
            folder.rename(leaving / folder.name)
        except OSError:
            leaving.rmdir()
            raise
        shutil.rmtree(leaving)


def _copy_bundle(bundle: Bundle, folder: Path) -> None:
    folder.mkdir()
    shutil.copyfile(bundle.folder / "bundle.json", folder / "bundle.json")
    for file in bundle.files:
        (folder / file.name).write_bytes(bundle.read_file(file.role))


def _folders(parent: Path) -> list[Path]:
    """Return the folders in a folder by name, none where it doesn't exist. Raises BundleProblem."""
    try:
        with contextlib.suppress(FileNotFoundError):
            return sorted(
                path for path in parent.iterdir() if path.is_dir() and not path.name.startswith(".")
            )
    except OSError as error:
        raise BundleProblem(
            f"cannot list the model bundles in {parent} ({error.strerror}): check its permissions"
        ) from error
    return []


def _key(name: str) -> str:
    """Return what tells names apart on every system; some ignore case."""
    return name.casefold()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False
