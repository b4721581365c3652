"""Fixtures that every test area uses."""

from pathlib import Path

import pytest
from hypothesis import settings

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
