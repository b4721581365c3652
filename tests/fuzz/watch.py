"""Hears what this process opens for writing, starts and connects to, and tells what it may not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = frozenset(
    {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod"}
)
_RUNS = frozenset(
    {
        *("pickle.find_class", "os.system", "os.exec", "os.posix_spawn", "os.spawn"),
        *("os.startfile", "os.fork", "webbrowser.open"),
        *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"),
    }
)
_OWN_MODULE = "classroom_monitor."


class Watch:
    """Listens from its making on, since nobody can stop listening to Python's audit events."""

    def __init__(self) -> None:
        self._allowed: tuple[str, ...] | None = None
        self._seen: list[str] = []
        sys.addaudithook(self._hear)

    def begin(self, *allowed: Path) -> None:
        """Take down what is done from now on, outside these folders."""
        self._seen.clear()
        self._allowed = (*(str(path.resolve()) for path in allowed), os.devnull)

    def end(self) -> list[str]:
        """Stop, and return what was done that may not be."""
        self._allowed = None
        return list(self._seen)

    def _hear(self, event: str, details: tuple[object, ...]) -> None:
        if self._allowed is None:
            return
        if event in _RUNS:
            self._seen.append(f"{event} {details[:2]!r:.200}")
        elif event == "subprocess.Popen" and _OWN_MODULE not in str(details[1]):
            self._seen.append(f"{event} {details[1]!r:.200}")
        elif event == "open":
            if isinstance(details[2], int) and details[2] & _WRITES:
                self._judge(event, details[0])
        elif event in _CHANGES and not _within_folder(details):
            self._judge(event, details[0])
            if event in ("os.rename", "os.link"):
                self._judge(event, details[1])

    def _judge(self, event: str, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor: its opening was judged
        assert self._allowed is not None
        real = os.path.realpath(os.fsdecode(path))
        if not real.startswith(self._allowed) and "__pycache__" not in real:
            self._seen.append(f"{event} {real}")


def _within_folder(details: tuple[object, ...]) -> bool:
    """Whether a change names its file by an open folder, which was judged when it was made."""
    return isinstance(details[-1], int) and details[-1] >= 0 and not str(details[0]).startswith("/")
