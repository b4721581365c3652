"""The licences of all packages that the program or its development needs, as SPDX expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.supply.packages import (
    DEV_EXTRA,
    ROOT,
    Package,
    canonical,
    direct_requirements,
    installed,
    read_users,
)

LICENCES_FILE = ROOT / "docs" / "licences.md"

ALLOWED = frozenset(
    {
        *("0BSD", "BSD-2-Clause", "BSD-3-Clause", "MIT", "MIT-0", "MIT-CMU", "ISC", "Zlib"),
        *("Apache-2.0", "PSF-2.0", "CC0-1.0"),
        "BSD",  # of packages that don't say how many clauses theirs has
        "MPL-2.0",  # asks for the source of changed files, and none is changed
        "LGPL-3.0-only",  # Qt, in libraries of its own that may be exchanged
    }
)
ALLOWED_TOOLS = frozenset({"GPL-2.0-only", "GPL-2.0-or-later WITH Bootloader-exception"})
"""Also allowed for packages that only build the desktop bundle."""

TOOLS = frozenset({"pyinstaller", "pyinstaller-hooks-contrib"})
"""PyInstaller's exception frees what it builds; of the hooks only Apache-2.0 ones get into it."""

_SPDX = {
    "OSI Approved :: Apache Software License": "Apache-2.0",
    "OSI Approved :: BSD License": "BSD",
    "OSI Approved :: GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "OSI Approved :: ISC License (ISCL)": "ISC",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "GPLv2-or-later with a special exception which allows to use PyInstaller to build and "
    "distribute non-free programs (including commercial ones)": (
        "GPL-2.0-or-later WITH Bootloader-exception"
    ),
    "PSFL": "PSF-2.0",
}
_READ_IN_THE_PACKAGE = {"namex": "Apache-2.0"}
"""Packages whose metadata name no licence, and what the licence file in them says."""

_HEAD = """# Licences

Every package that the program, one of its extras or its development needs, with the licence that
the package states. `python -m tests.supply` writes this list; a test compares it with what is
installed and with the licences that are allowed.

- PySide6 and shiboken6 are used under the LGPL 3: Qt's libraries are files of their own, in the
  desktop bundle too, and whoever has the program may exchange them.
- Wheels carry libraries with licences of their own, stated inside the wheel: OpenCV's, for one,
  FFmpeg (LGPL 2.1).
- The `gpu` extra also installs NVIDIA's CUDA libraries, which are under NVIDIA's own terms and are
  neither listed nor pinned here.
- The models that come with the program state theirs in `models/` and `assets/face_models/`.

| package | licence | needed by |
|---|---|---|
"""


def licence_of(metadata: Mapping[str, Any]) -> str:
    """Return a package's licence as an SPDX expression, or in its own words where it has others.

    License-Expression counts first, then a License that is known, then the classifiers, then
    whatever License says.
    """
    if expression := metadata.get("license_expression"):
        return str(expression)
    text = str(metadata.get("license") or "")
    name = _SPDX.get(text, text)
    if is_allowed(metadata["name"], name):
        return name
    classifiers = [
        str(one).removeprefix("License :: ")
        for one in metadata.get("classifier") or ()
        if str(one).startswith("License :: OSI")
    ]
    if classifiers:
        return " AND ".join(_SPDX.get(one, one) for one in classifiers)
    return _READ_IN_THE_PACKAGE.get(canonical(metadata["name"]), text.partition("\n")[0])


def is_allowed(name: str, expression: str) -> bool:
    """Whether a choice among a package's licences is allowed; an expression has no brackets."""
    allowed = ALLOWED | ALLOWED_TOOLS if canonical(name) in TOOLS else ALLOWED
    choices = (choice.split(" AND ") for choice in expression.split(" OR "))
    return any(all(one in allowed for one in choice) for choice in choices)


def licences_text(wheels: Iterable[Package]) -> str:
    """Return the list of the wheels' licences, and of what development needs besides."""
    released = {canonical(wheel.name): wheel for wheel in wheels}
    everything = installed(direct_requirements((DEV_EXTRA,))) | released
    users = read_users(released)
    rows = [
        f"| {name} | {licence_of(package.metadata)} | {', '.join(users.get(name, [DEV_EXTRA]))} |"
        for name, package in sorted(everything.items())
    ]
    return _HEAD + "\n".join(rows) + "\n"


def parse_licences(text: str) -> dict[str, str]:
    """Return {canonical name: licence} from the list."""
    rows = (line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| "))
    return {row[0]: row[1] for row in rows if row[0] != "package"}
