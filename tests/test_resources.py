"""Shipped files are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_monitor import resources
from classroom_monitor.errors import BundleProblem


def test_assets_are_found_here() -> None:
    assert (resources.assets_dir() / "face_models" / "manifest.json").is_file()


def test_a_wheels_own_folder_comes_first_and_a_missing_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "classroom_monitor"
    (package / "models").mkdir(parents=True)
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.models_dir() == package / "models"
    with pytest.raises(BundleProblem, match=r"'assets'.*install the program again"):
        resources.assets_dir()
