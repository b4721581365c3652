"""Packages are kept out of an import, and only out of that one."""

import subprocess
import sys

import pytest

from classroom_monitor.vision.lean_import import lean_import

UNUSED = "wave"  # a small standard module that nothing here imports
HOLLOW = "colorsys"


@pytest.fixture(autouse=True)
def not_yet_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (UNUSED, HOLLOW):
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_a_missing_package_cannot_be_imported_inside_the_block_only() -> None:
    with lean_import(missing=(UNUSED,), hollow=()), pytest.raises(ImportError):
        __import__(UNUSED)
    assert hasattr(__import__(UNUSED), "open")


def test_a_hollow_package_gives_nothing_inside_the_block_only() -> None:
    with lean_import(missing=(), hollow=(HOLLOW,)):
        assert not hasattr(__import__(HOLLOW), "rgb_to_hsv")
    assert hasattr(__import__(HOLLOW), "rgb_to_hsv")


def test_a_package_that_is_there_stays() -> None:
    real = __import__(UNUSED)
    with lean_import(missing=(UNUSED,), hollow=(UNUSED,)):
        assert __import__(UNUSED) is real
    assert sys.modules[UNUSED] is real


def test_the_face_finder_imports_neither_matplotlib_nor_tensorflow() -> None:
    probe = (
        "import sys; from classroom_monitor.vision.faces import open_finder; "
        "open_finder('near').close(); "
        "print([name for name in ('matplotlib', 'tensorflow', 'sounddevice') "
        "if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
