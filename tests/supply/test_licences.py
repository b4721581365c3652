"""Every package's licence is listed, is the one that it states, and is one that is allowed."""

import pytest

from tests.supply.licences import LICENCES_FILE, is_allowed, licence_of, parse_licences
from tests.supply.packages import (
    DEV_EXTRA,
    RELEASED_EXTRAS,
    canonical,
    direct_requirements,
    installed,
    read_pins,
)


@pytest.fixture(scope="module")
def listed() -> dict[str, str]:
    return parse_licences(LICENCES_FILE.read_text(encoding="utf-8"))


def test_the_list_has_every_package_with_a_pin_and_no_other(listed: dict[str, str]) -> None:
    assert set(listed) == set(read_pins())


def test_every_licence_is_allowed(listed: dict[str, str]) -> None:
    assert {name: text for name, text in listed.items() if not is_allowed(name, text)} == {}


def test_what_is_installed_states_what_is_listed(listed: dict[str, str]) -> None:
    packages = installed(direct_requirements((*RELEASED_EXTRAS, DEV_EXTRA)))
    assert {canonical(one.name) for one in direct_requirements()} <= set(packages)
    stated = {name: licence_of(package.metadata) for name, package in packages.items()}
    assert stated == {name: listed.get(name) for name in packages}


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("AGPL-3.0-only", False),
        ("GPL-2.0-only", False),
        ("", False),
        ("Whatever its author says", False),
        ("AGPL-3.0-only OR MIT", True),
        ("MIT AND AGPL-3.0-only", False),
        ("AGPL-3.0-only AND MIT OR Apache-2.0", True),
    ],
)
def test_what_is_allowed(expression: str, allowed: bool) -> None:
    assert is_allowed("any", expression) is allowed


def test_a_tool_may_have_a_licence_that_the_program_may_not() -> None:
    assert is_allowed("PyInstaller", "GPL-2.0-or-later WITH Bootloader-exception")
    assert not is_allowed("any", "GPL-2.0-or-later WITH Bootloader-exception")


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ({"license_expression": "MIT-0", "license": "other"}, "MIT-0"),
        ({"license": "Apache 2.0", "classifier": ["License :: OSI Approved"]}, "Apache-2.0"),
        ({"license": "New\nand long", "classifier": []}, "New"),
        (
            {
                "license": "The terms\nof BSD",
                "classifier": ["Topic :: X", "License :: OSI Approved :: BSD License"],
            },
            "BSD",
        ),
        ({}, ""),
    ],
)
def test_where_a_licence_is_read(metadata: dict[str, object], licence: str) -> None:
    assert licence_of({"name": "any", **metadata}) == licence
