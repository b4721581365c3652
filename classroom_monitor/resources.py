"""Where the files that come with the program are: model bundles and assets.

In a checkout they are the top-level folders `models` and `assets`; an installed wheel holds them
inside the package.
"""

from __future__ import annotations

from pathlib import Path

from classroom_monitor.errors import BundleProblem

_PACKAGE = Path(__file__).resolve().parent


def models_dir() -> Path:
    """Return the folder of the shipped model bundles. Raises BundleProblem where it is missing."""
    return _shipped_dir("models")


def assets_dir() -> Path:
    """Return the folder of the shipped assets. Raises BundleProblem where it is missing."""
    return _shipped_dir("assets")


def _shipped_dir(name: str) -> Path:
    candidates = (_PACKAGE / name, _PACKAGE.parent / name)
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise BundleProblem(
        f"the program's folder '{name}' is missing from {_PACKAGE}: install the program again"
    )
