"""What the program needs: requirements, their pins, and the walk from the direct to all of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.markers import default_environment
from packaging.requirements import Requirement

from tests.supply.systems import PYTHONS, SYSTEMS, environment

PROGRAM = "program"
ROOT = Path(__file__).resolve().parents[2]
RELEASED_EXTRAS = ("train", "encryption", "desktop")
DEV_EXTRA = "dev"


@dataclass(frozen=True, slots=True)
class Package:
    """A package at its version; metadata has PEP 566's JSON names, sha256 is that of its wheel."""

    name: str
    version: str
    metadata: Mapping[str, Any]
    sha256: str = ""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """What the package asks for, each with its marker."""
        return tuple(Requirement(text) for text in self.metadata.get("requires_dist", ()))


LookUp = Callable[[list[Requirement]], Mapping[str, Package]]
"""Returns {canonical name: package} of those requirements that can be met."""


def canonical(name: str) -> str:
    """Return a package's name as the packaging standard writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins() -> dict[str, str]:
    """Return {canonical name: version} from constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonical(name): version for name, version in pins}


def direct_requirements(extras: Iterable[str] = ()) -> list[Requirement]:
    """Return what pyproject.toml asks for: the core and these extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [*project["dependencies"]]
    for extra in extras:
        texts += project["optional-dependencies"][extra]
    return [Requirement(text) for text in texts]


def closure(
    asked: Iterable[Requirement], markers: Mapping[str, str], look_up: LookUp
) -> dict[str, Package]:
    """Return {canonical name: package} of the requirements and of all that they need in turn.

    markers are the environment's, as PEP 508 names them.
    """
    found: dict[str, Package] = {}
    waiting = holding(asked, markers)
    walked: set[str] = set()
    while waiting:
        new = [one for one in waiting if canonical(one.name) not in found]
        found |= look_up(new) if new else {}
        walked |= {str(one) for one in waiting}
        deeper: list[Requirement] = []
        for one in waiting:
            if package := found.get(canonical(one.name)):
                deeper += holding(package.requirements, markers, one.extras)
        waiting = [one for one in deeper if str(one) not in walked]
    return found


def installed(asked: Iterable[Requirement]) -> dict[str, Package]:
    """Return the closure of requirements among the packages that are installed here."""
    markers = {name: str(value) for name, value in default_environment().items()}
    return closure(asked, markers, look_up_installed)


def read_users(released: Mapping[str, Package]) -> dict[str, list[str]]:
    """Return for each package who needs it: the program, or else the extras that do.

    released holds every package of a release, by canonical name.
    """

    def look_up(asked: list[Requirement]) -> dict[str, Package]:
        names = {canonical(one.name) for one in asked}
        return {name: released[name] for name in names if name in released}

    users: dict[str, list[str]] = {}
    for user, extras in [(PROGRAM, ()), *((extra, (extra,)) for extra in RELEASED_EXTRAS)]:
        asked = direct_requirements(extras)
        for system in SYSTEMS:
            for name in closure(asked, environment(system, PYTHONS[0]), look_up):
                known = users.setdefault(name, [])
                if PROGRAM not in known and user not in known:
                    known.append(user)
    return users


def look_up_installed(asked: list[Requirement]) -> dict[str, Package]:
    """Return those packages asked for that are installed here, by canonical name."""
    found = {}
    for name in {canonical(one.name) for one in asked}:
        try:
            metadata = distribution(name).metadata
        except PackageNotFoundError:
            continue
        found[name] = Package(metadata["Name"], metadata["Version"], metadata.json)
    return found


def holding(
    requirements: Iterable[Requirement], markers: Mapping[str, str], extras: Iterable[str] = ()
) -> list[Requirement]:
    """Return the requirements that hold where markers say so, for a package with these extras.

    markers are the environment's, as PEP 508 names them.
    """
    return [
        one
        for one in requirements
        if one.marker is None
        or any(one.marker.evaluate({**markers, "extra": extra}) for extra in ("", *extras))
    ]
