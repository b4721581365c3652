"""Writes what is on record about the packages of a release; needs a connection.

    python -m tests.supply

For each system and Python that is released for, pip is asked which wheels it would install at the
versions of constraints.txt. Their SHA-256 go to hashes/, their licences to docs/licences.md. What
only development needs is listed with the licences of what is installed here.
"""

from __future__ import annotations

import click

from tests.supply.hashes import HASHES, hash_files, pin_wheels
from tests.supply.licences import LICENCES_FILE, licences_text
from tests.supply.packages import Package, read_users
from tests.supply.systems import PYTHONS, SYSTEMS
from tests.supply.wheels import find_wheels


def main() -> None:
    wheels: dict[tuple[str, str], dict[str, Package]] = {}
    for system in SYSTEMS:
        for python in PYTHONS:
            found = find_wheels(system, python)
            click.echo(f"{system.name}, Python {python}: {len(found)} packages", err=True)
            wheels[system.markers["sys_platform"], python] = found
    released = {name: wheel for found in wheels.values() for name, wheel in found.items()}
    HASHES.mkdir(exist_ok=True)
    for name, text in hash_files(pin_wheels(wheels), read_users(released)).items():
        (HASHES / name).write_text(text, encoding="utf-8")
    LICENCES_FILE.write_text(licences_text(released.values()), encoding="utf-8")


if __name__ == "__main__":
    main()
