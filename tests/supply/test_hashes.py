"""What a release installs is known to the byte, on every system."""

import json
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
from packaging.markers import Marker

from tests.supply.hashes import EVERYWHERE, HASHES, Pinned, hashes_text, parse_hashes, pin_wheels
from tests.supply.packages import (
    PROGRAM,
    RELEASED_EXTRAS,
    Package,
    canonical,
    closure,
    direct_requirements,
    look_up_installed,
    read_pins,
)
from tests.supply.systems import PYTHONS, SYSTEMS, System, environment
from tests.supply.wheels import find_wheels

FILES = [f"{user}.txt" for user in (PROGRAM, *RELEASED_EXTRAS)]
SUMS = frozenset({"a" * 64, "0" * 64})


def read(*names: str) -> dict[str, Pinned]:
    """Return what is in files of hashes together."""
    found: dict[str, Pinned] = {}
    for name in names:
        found |= parse_hashes((HASHES / name).read_text(encoding="utf-8"))
    return found


def test_what_is_written_is_read_back() -> None:
    pinned = {
        "one": Pinned("1.0", EVERYWHERE, SUMS),
        "two-b": Pinned("2.0.post1", frozenset({"win32", "darwin"}), SUMS),
    }
    assert parse_hashes(hashes_text(pinned)) == pinned


def test_markers_are_those_that_pip_knows() -> None:
    text = hashes_text({"one": Pinned("1.0", frozenset({"win32", "darwin"}), SUMS)})
    marker = Marker(text.splitlines()[1].split(" ; ")[1].removesuffix(" \\"))
    holds = [marker.evaluate({**environment(one, PYTHONS[0])}) for one in SYSTEMS]
    assert holds == [False, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "--no-binary one",
        "one==1.0",
        "one @ ./one.whl \\",
        "    --hash=md5:00 \\",
    ],
)
def test_any_other_line_is_refused(line: str) -> None:
    text = hashes_text({"one": Pinned("1.0", EVERYWHERE, SUMS)})
    with pytest.raises(ValueError, match="neither a pin nor a hash"):
        parse_hashes(text + line + "\n")


def test_the_files_hold_the_constraints_versions_and_hashes_only() -> None:
    pins = read_pins()
    assert {file.name for file in HASHES.iterdir()} == set(FILES)
    assert all("://" not in file.read_text(encoding="utf-8") for file in HASHES.iterdir())
    for name, package in read(*FILES).items():
        assert package.version == pins[name]
        assert package.sha256s


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize("extra", ["", *RELEASED_EXTRAS])
def test_all_that_a_system_needs_has_hashes(system: System, extra: str) -> None:
    hashed = read(f"{PROGRAM}.txt", *([f"{extra}.txt"] if extra else []))
    for python in PYTHONS:
        markers = environment(system, python)
        asked = direct_requirements([extra] if extra else [])
        asked_names = {canonical(one.name) for one in asked if one.marker is None}
        needed = asked_names | set(closure(asked, markers, look_up_installed))
        assert len(needed) >= len(asked_names) > 0
        missing = {
            name
            for name in needed
            if name not in hashed or markers["sys_platform"] not in hashed[name].platforms
        }
        assert missing == set()


def test_pythons_that_need_other_packages_are_noticed() -> None:
    wheel = Package("one", "1.0", {}, "0" * 64)
    wheels = {("linux", PYTHONS[0]): {"one": wheel}, ("linux", PYTHONS[1]): {}}
    with pytest.raises(click.ClickException, match="needs other packages"):
        pin_wheels(wheels)


class FakePip:
    """Reports what it was asked for, each package from url; they need what needs says."""

    def __init__(self, url: str, needs: dict[str, list[str]]) -> None:
        self.url = url
        self.needs = needs

    def __call__(self, command: list[str], **_: object) -> None:
        items = [self.item(*word.split("==")) for word in command if "==" in word]
        report = Path(command[command.index("--report") + 1])
        report.write_text(json.dumps({"install": items}), encoding="utf-8")

    def item(self, name: str, version: str) -> dict[str, Any]:
        needs = self.needs.get(name, [])
        return {
            "metadata": {"name": name, "version": version, "requires_dist": needs},
            "download_info": {"url": self.url, "archive_info": {"hashes": {"sha256": "0" * 64}}},
        }


def test_the_walk_goes_to_what_packages_need_where_they_need_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needs = {"mediapipe": ["rich; sys_platform == 'win32'"], "rich": ["mdurl"]}
    monkeypatch.setattr(subprocess, "run", FakePip("published", needs))
    linux, windows = (set(find_wheels(system, PYTHONS[0])) for system in SYSTEMS[:2])
    assert windows - linux == {"rich", "mdurl"}


def test_a_package_that_no_constraint_names_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip("published", {"numpy": ["nobody-s-package"]}))
    with pytest.raises(click.ClickException, match="no version of nobody-s-package"):
        find_wheels(SYSTEMS[0], PYTHONS[0])


def test_a_version_that_another_package_refuses_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip("published", {"click": ["numpy<1"]}))
    with pytest.raises(click.ClickException, match="not numpy<1"):
        find_wheels(SYSTEMS[0], PYTHONS[0])


def test_wheels_of_this_computer_have_no_hash_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", FakePip("file:///wheels/one.whl", {}))
    with pytest.raises(click.ClickException, match="from this computer"):
        find_wheels(SYSTEMS[0], PYTHONS[0])
