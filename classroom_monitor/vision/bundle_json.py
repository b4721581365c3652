"""Reads bundle.json with every value's type and range checked where it enters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from classroom_monitor.errors import BundleProblem

MAX_JSON_BYTES = 1_000_000
MAX_TEXT_CHARACTERS = 500
Choice = TypeVar("Choice", bound=str)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


def read_bundle_json(folder: Path) -> Fields:
    """Read folder/bundle.json as a JSON object. Raises BundleProblem."""
    path = folder / "bundle.json"
    try:
        with path.open("rb") as handle:
            content = handle.read(MAX_JSON_BYTES + 1)
    except OSError as error:
        raise BundleProblem(
            f"no model bundle in {folder}: bundle.json can't be read ({error.strerror}); "
            "name a folder made by 'classroom-monitor train'"
        ) from error
    try:
        document = json.loads(content) if len(content) <= MAX_JSON_BYTES else None
    except (ValueError, RecursionError) as error:
        raise BundleProblem(
            f"{path} is not valid JSON: get the bundle again, or train it again"
        ) from error
    return Fields(path, "", document)


class Fields:
    """A JSON object whose members are fetched by type; each fetch may raise BundleProblem."""

    def __init__(self, path: Path, where: str, value: object) -> None:
        """Take the file's path and the object's name in it, both for messages, and its value."""
        self._path = path
        self._where = where
        if not isinstance(value, dict):
            raise self.problem("must be a JSON object")
        self._members: Mapping[str, Any] = value

    def problem(self, what: str) -> BundleProblem:
        """Return a problem with this object as its subject."""
        subject = f"'{self._where}' " if self._where else ""
        return BundleProblem(
            f"{self._path}: {subject}{what}; get the bundle again, or train it again"
        )

    def keys(self) -> tuple[str, ...]:
        """Return the members' names in the file's order."""
        return tuple(self._members)

    def section(self, key: str) -> Fields:
        """Return a member that is itself an object."""
        return Fields(self._path, self._name(key), self._members.get(key))

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return a member that is an object of any content."""
        self.section(key)
        value: Mapping[str, Any] = self._members[key]
        return value

    def text(self, key: str) -> str:
        """Return a member that is a line of text with something in it."""
        value = self._members.get(key)
        if not isinstance(value, str) or not value.strip() or not _is_line(value):
            raise self.problem(f"needs a line of text as '{key}'")
        return value

    def choice(self, key: str, choices: tuple[Choice, ...], default: Choice) -> Choice:
        """Return a member that is one of some texts, or the default where it is absent."""
        value = self._members.get(key, default)
        for known in choices:
            if value == known:
                return known
        raise self.problem(f"needs one of {', '.join(choices)} as '{key}'")

    def names(self, key: str) -> tuple[str, ...]:
        """Return a member that is a list of different names, at least one."""
        value = self._members.get(key)
        if not isinstance(value, list) or not all(
            isinstance(item, str) and item and _is_line(item) for item in value
        ):
            raise self.problem(f"needs a list of names as '{key}'")
        if not value or len(set(value)) != len(value):
            raise self.problem(f"needs at least one name in '{key}', and none twice")
        return tuple(value)

    def number(self, key: str, low: float, high: float) -> float:
        """Return a member that is a finite number between low and high."""
        value = self._members.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.problem(f"needs a number as '{key}'")
        if not low <= value <= high:  # NaN isn't, either
            raise self.problem(f"needs a number from {low:g} to {high:g} as '{key}'")
        return float(value)

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a member that is a whole number between low and high."""
        value = self._members.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.problem(f"needs a whole number from {low} to {high} as '{key}'")
        return value

    def require_format(self, supported: int) -> None:
        """Raise BundleProblem unless 'format' is the number that this program reads."""
        number = self.whole("format", 1, 2**31)
        if number != supported:
            raise BundleProblem(
                f"{self._path} has format {number}, this program reads {supported}: "
                "update the program, or train the bundle again"
            )

    def require_plain_file_name(self, name: str) -> None:
        """Raise BundleProblem unless name is a file's name without any folder in it."""
        if not is_plain_name(name):
            raise self.problem("must be a plain file name (letters, digits, '.', '_', '-')")

    def _name(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key


def is_plain_name(name: str) -> bool:
    """Whether a name can be a file's or folder's on every system, without any folder in it."""
    return _PLAIN_NAME.fullmatch(name) is not None


def _is_line(text: str) -> bool:
    """Whether a text is short and can be shown: no line ends, no codes that steer a terminal."""
    return len(text) <= MAX_TEXT_CHARACTERS and text.isprintable()
