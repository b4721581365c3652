"""Fixtures that every test area uses."""

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from classroom_monitor import sealed
from classroom_monitor.live import leniency

# A busy machine must not decide whether a test passes.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of development data beside the checkout; skips the test where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"development data not found at {SHARED}")
    return SHARED


@pytest.fixture
def nothing_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a session's part fail for good the first time."""
    monkeypatch.setattr(leniency, "FAILURES", 0)


@pytest.fixture
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys from passphrases in no time: the real way takes a second, on purpose."""

    def key(passphrase: str, salt: bytes) -> bytes:
        return hashlib.blake2b(sealed._normal(passphrase).encode() + salt, digest_size=32).digest()

    monkeypatch.setattr(sealed, "_key", key)


def pytest_sessionfinish() -> None:
    """Empty the clipboard: Qt without a screen frees what is on it after Python is gone."""
    qt = sys.modules.get("PySide6.QtGui")
    if qt is not None and qt.QGuiApplication.instance() is not None:
        qt.QGuiApplication.clipboard().clear()
