"""Which wheels each system installs, with their SHA-256 and metadata: asked of pip."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from packaging.requirements import Requirement

from tests.supply.packages import (
    RELEASED_EXTRAS,
    Package,
    canonical,
    closure,
    direct_requirements,
    holding,
    read_pins,
)
from tests.supply.systems import System, environment


def find_wheels(system: System, python: str) -> dict[str, Package]:
    """Return {canonical name: wheel} of all that a release needs on a system, at its pins.

    Raises ClickException where a package has no pin, or a pin is not what another asks for.
    """
    pins = read_pins()
    markers = environment(system, python)

    def look_up(asked: list[Requirement]) -> dict[str, Package]:
        _check_pins(asked, pins)
        return _ask_pip(system, python, {name: pins[name] for name in _names(asked)})

    found = closure(direct_requirements(RELEASED_EXTRAS), markers, look_up)
    for package in found.values():
        _check_pins(holding(package.requirements, markers), pins)
    return found


def _names(asked: list[Requirement]) -> list[str]:
    return sorted({canonical(one.name) for one in asked})


def _check_pins(asked: list[Requirement], pins: Mapping[str, str]) -> None:
    missing = [name for name in _names(asked) if name not in pins]
    if missing:
        raise click.ClickException(f"constraints.txt has no version of {', '.join(missing)}")
    for one in asked:
        version = pins[canonical(one.name)]
        if not one.specifier.contains(version, prereleases=True):
            raise click.ClickException(f"constraints.txt has {one.name} {version}, not {one}")


def _ask_pip(system: System, python: str, pins: Mapping[str, str]) -> dict[str, Package]:
    """Return the wheels that pip would install; it installs none."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"),
                *("--ignore-installed", "--no-deps", "--only-binary", ":all:"),
                *("--target", str(Path(folder) / "nothing"), "--report", str(report)),
                *("--implementation", "cp", "--python-version", python),
                *(part for platform in system.platforms for part in ("--platform", platform)),
                *(f"{name}=={version}" for name, version in pins.items()),
            ],
            check=True,
        )
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {canonical(item["metadata"]["name"]): _read_item(item) for item in items}


def _read_item(item: Mapping[str, Any]) -> Package:
    metadata, source = item["metadata"], item["download_info"]
    if str(source["url"]).startswith("file:"):
        raise click.ClickException(
            f"pip takes {metadata['name']} from this computer, but hashes are for what is "
            "published: let pip take no packages from folders of this computer"
        )
    sha256 = source["archive_info"]["hashes"]["sha256"]
    return Package(metadata["name"], metadata["version"], metadata, sha256)
