"""Notes what Python code opens and connects to, in every process of a traced run.

Loaded at the start of each by a sitecustomize.py on its path: what it imports must be little.
"""

import os
import sys

LOOK_UP = "look-up"
"""Stands for the port where a host's address was asked for."""
OUT_VARIABLE = "CLASSROOM_MONITOR_TEST_EVENTS"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def listen() -> None:
    """Write an event a line to <OUT_VARIABLE>.<process>, from now on."""
    out = os.environ.get(OUT_VARIABLE)
    if not out:
        return
    record = os.open(f"{out}.{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hook(event: str, values: tuple[object, ...]) -> None:
        kind, value = _sorted(event, values)
        if kind:
            line = f"{kind}\t{value!r}\n"
            os.write(record, line.encode("utf-8", "backslashreplace"))

    sys.addaudithook(hook)


def read_events(folder: "os.PathLike[str]") -> list[tuple[str, str]]:
    """Return (kind, value) of every process of a run."""
    import ast
    from pathlib import Path

    events = []
    for path in Path(folder).glob("events.*"):
        for line in path.read_text("utf-8").splitlines():
            kind, _, value = line.partition("\t")
            events.append((kind, str(ast.literal_eval(value))))
    return events


def _sorted(event: str, values: tuple[object, ...]) -> tuple[str, str]:
    """The kind of an event and what it is about; "" for one of no interest."""
    if event == "open":
        path, mode, flags = values
        by_flags = isinstance(flags, int) and bool(flags & _WRITING)
        by_mode = isinstance(mode, str) and not set(mode).isdisjoint("wax+")
        writes = (by_flags or by_mode) and not isinstance(path, int)
        return ("written", _path(path)) if writes else ("", "")
    if event in ("os.rename", "os.link", "os.symlink"):
        return "written", _path(values[1])
    if event in ("os.truncate", "sqlite3.connect"):
        nowhere = isinstance(values[0], int) or values[0] == ":memory:"
        return ("", "") if nowhere else ("written", _path(values[0]))
    if event == "os.mkdir":
        return "folder", _path(values[0])
    if event in ("socket.connect", "socket.sendto", "socket.bind"):
        return _address(values[1])
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        return "address", f"{values[0]}:{LOOK_UP}"
    return "", ""


def _address(address: object) -> tuple[str, str]:
    if isinstance(address, tuple):
        return "address", f"{address[0]}:{address[1]}"
    return "local", str(address)


def _path(value: object) -> str:
    text = os.fsdecode(value) if isinstance(value, str | bytes | os.PathLike) else str(value)
    if text.startswith("file:"):  # how the store names its file to SQLite
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text).path)
    return os.path.abspath(text)  # noqa: PTH100  pathlib is not loaded yet
