"""What a process did to a folder's files, heard with strace, and what a power cut leaves of it.

The model of the disk: what a file was given is on it for certain once the file was synced; until
then each write is there, or is not, or is there in part, or is garbage, whatever came before or
after it. Names (files made, removed) are on the disk at once, as file systems with a journal see
to when a file is synced.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

SECTOR_BYTES = 512

_CALLS = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync,unlink"
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Made:
    """A file of this name is there, new or as it was."""

    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A file is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes were given to a file."""

    name: str
    start: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was given another length."""

    name: str
    length: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything that a file was given is on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """The process said on stdout what is saved."""

    text: str


Event: TypeAlias = Made | Removed | Written | Cut | Synced | Said
Files: TypeAlias = dict[str, bytes]


def can_trace() -> bool:
    """Whether strace is here and may be used."""
    command = ["strace", "-o", "/dev/null", "true"]
    return bool(shutil.which("strace")) and (
        subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def trace(command: Sequence[str], folder: Path, record: Path) -> list[Event]:
    """Run a command to its end and return what its main thread did to a folder's files."""
    listening = ["strace", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}", "-o", str(record)]
    subprocess.run([*listening, *command], check=True, stdout=subprocess.DEVNULL)
    with record.open(encoding="ascii") as lines:
        return list(_events(lines, folder))


def _events(lines: Iterator[str], folder: Path) -> Iterator[Event]:
    names: dict[int, str] = {}
    for line in lines:
        called = _CALL.match(line)
        if not called:
            continue
        call, arguments, result = called.groups()
        quoted = _HEX.search(arguments)
        content = bytes.fromhex(quoted[1].replace("\\x", "")) if quoted else b""
        if call in ("openat", "unlink"):
            path = Path(content.decode())
            if path.parent == folder and "O_DIRECTORY" not in arguments:
                if call == "unlink":
                    yield Removed(path.name)
                else:
                    names[int(result)] = path.name
                    yield Made(path.name)
            continue
        handle = int(arguments.partition(",")[0])
        if call == "close":
            names.pop(handle, None)
        elif call == "write" and handle == 1:
            yield Said(content.decode())
        elif handle in names:
            yield _change(names[handle], call, arguments, content)


def _change(name: str, call: str, arguments: str, content: bytes) -> Event:
    last = arguments.rpartition(", ")[2]
    if call == "pwrite64":
        return Written(name, int(last), content)
    if call == "ftruncate":
        return Cut(name, int(last))
    if call in ("fsync", "fdatasync"):
        return Synced(name)
    raise ValueError(f"{name} was changed by {call}, which this model doesn't know")


@dataclass(frozen=True, slots=True)
class PowerCut:
    """What is on the disk after one: files, and what the process had said before it."""

    files: Files
    said: tuple[str, ...]

    def lay_out(self, folder: Path) -> None:
        """Write the files into a new folder."""
        folder.mkdir()
        for name, content in self.files.items():
            (folder / name).write_bytes(content)


Fate = Literal["all lost", "all there", "by lot", "torn"]
_FATES: tuple[Fate, ...] = ("all lost", "all there", "by lot", "torn")


def power_cuts(
    events: Sequence[Event], before: Files, count: int, dice: random.Random
) -> Iterator[PowerCut]:
    """Yield what random power cuts leave, earliest first; before is what was on the disk."""
    moments = sorted(dice.randrange(1, len(events) + 1) for _ in range(count))
    disk = _Disk(dict(before))
    done = 0
    for moment in moments:
        for event in events[done:moment]:
            disk.take(event)
        done = moment
        yield PowerCut(disk.after_power_cut(dice), tuple(disk.said))


class _Disk:
    def __init__(self, files: Files) -> None:
        self.said: list[str] = []
        self._safe = {name: bytearray(content) for name, content in files.items()}
        self._pending: list[Written | Cut] = []

    def take(self, event: Event) -> None:
        if isinstance(event, Said):
            self.said.append(event.text)
        elif isinstance(event, Made):
            self._safe.setdefault(event.name, bytearray())
        elif isinstance(event, Removed):
            self._safe.pop(event.name, None)
            self._pending = [one for one in self._pending if one.name != event.name]
        elif isinstance(event, Synced):
            for one in self._pending:
                if one.name == event.name:
                    _apply(self._safe[one.name], one)
            self._pending = [one for one in self._pending if one.name != event.name]
        else:
            self._pending.append(event)

    def after_power_cut(self, dice: random.Random) -> Files:
        files = {name: bytearray(content) for name, content in self._safe.items()}
        fate = dice.choice(_FATES)
        for one in self._pending:
            if fate == "torn" and isinstance(one, Written):
                _tear(files[one.name], one, dice)
            elif fate == "all there" or (fate != "all lost" and dice.random() < 0.5):
                _apply(files[one.name], one)
        return {name: bytes(content) for name, content in files.items()}


def _apply(content: bytearray, change: Written | Cut) -> None:
    if isinstance(change, Cut):
        _lengthen(content, change.length)
        del content[change.length :]
    else:
        end = change.start + len(change.content)
        _lengthen(content, end)
        content[change.start : end] = change.content


def _tear(content: bytearray, change: Written, dice: random.Random) -> None:
    """Write a change as a disk does that fails meanwhile: each sector old, new or garbage."""
    for start in range(0, len(change.content), SECTOR_BYTES):
        part = change.content[start : start + SECTOR_BYTES]
        fate = dice.randrange(3)
        if fate:
            part = part if fate == 1 else dice.randbytes(len(part))
            _apply(content, Written(change.name, change.start + start, part))


def _lengthen(content: bytearray, length: int) -> None:
    content.extend(bytes(max(0, length - len(content))))
