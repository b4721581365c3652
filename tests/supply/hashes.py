"""The SHA-256 of every wheel of a release, as requirements that pip installs: written and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import click

from tests.supply.packages import PROGRAM, RELEASED_EXTRAS, ROOT, Package
from tests.supply.systems import PYTHONS, SYSTEMS

HASHES = ROOT / "hashes"
EVERYWHERE = frozenset(system.markers["sys_platform"] for system in SYSTEMS)

_HEAD = "# Made from constraints.txt by 'python -m tests.supply'; SECURITY.md says how to use it."
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)( ; ([^\\]+))? \\$")
_PLATFORM = re.compile(r'sys_platform == "(\w+)"')
_HASH = re.compile(r"^    --hash=sha256:([0-9a-f]{64})( \\)?$")

SystemWheels = Mapping[tuple[str, str], Mapping[str, Package]]
"""{(sys_platform, Python): {canonical name: wheel}}."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package of a release: the sys_platforms that need it, and its wheels' SHA-256."""

    version: str
    platforms: frozenset[str]
    sha256s: frozenset[str]


def pin_wheels(wheels: SystemWheels) -> dict[str, Pinned]:
    """Return {canonical name: pinned}. Raises ClickException where Pythons need other packages."""
    pinned: dict[str, Pinned] = {}
    for (platform, python), found in wheels.items():
        if set(found) != set(wheels[platform, PYTHONS[0]]):
            raise click.ClickException(f"Python {python} on {platform} needs other packages")
        for name, wheel in found.items():
            known = pinned.get(name, Pinned(wheel.version, frozenset(), frozenset()))
            pinned[name] = Pinned(
                wheel.version, known.platforms | {platform}, known.sha256s | {wheel.sha256}
            )
    return pinned


def hashes_text(pinned: Mapping[str, Pinned]) -> str:
    """Return the content of a file: each package with its version, below it its wheels' hashes."""
    lines = [_HEAD]
    for name, package in sorted(pinned.items()):
        hashes = [f"    --hash=sha256:{one}" for one in sorted(package.sha256s)]
        lines.append(" \\\n".join([f"{name}=={package.version}{_marker(package)}", *hashes]))
    return "\n".join(lines) + "\n"


def parse_hashes(text: str) -> dict[str, Pinned]:
    """Return {canonical name: pinned}. Raises ValueError for any line that is no pin or hash."""
    pinned: dict[str, Pinned] = {}
    name, more = "", False
    for line in text.splitlines():
        pin, one = _PIN.match(line), _HASH.match(line)
        if pin and not more:
            name, more = pin[1], True
            platforms = frozenset(_PLATFORM.findall(pin[4] or "")) or EVERYWHERE
            pinned[name] = Pinned(pin[2], platforms, frozenset())
        elif one and more:
            pinned[name] = replace(pinned[name], sha256s=pinned[name].sha256s | {one[1]})
            more = bool(one[2])
        elif more or not line.startswith("#"):
            raise ValueError(f"neither a pin nor a hash: {line}")
    return pinned


def hash_files(pinned: Mapping[str, Pinned], users: Mapping[str, list[str]]) -> dict[str, str]:
    """Return {file name: content}: the program's packages, and what each extra needs besides."""
    return {
        f"{user}.txt": hashes_text(
            {name: package for name, package in pinned.items() if user in users[name]}
        )
        for user in (PROGRAM, *RELEASED_EXTRAS)
    }


def _marker(package: Pinned) -> str:
    if package.platforms == EVERYWHERE:
        return ""
    names = (f'sys_platform == "{name}"' for name in sorted(package.platforms))
    return f" ; {' or '.join(names)}"
