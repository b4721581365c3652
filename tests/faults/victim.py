"""A process of the program that is killed (SIGKILL, TerminateProcess) at some moment."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0


def homely(home: Path) -> dict[str, str]:
    """Return an environment whose settings, logs and data lie in a folder."""
    home.mkdir(exist_ok=True)
    own = ("HOME", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return {
        **os.environ,
        **dict.fromkeys(own, str(home)),
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }


@dataclass(frozen=True, slots=True)
class Line:
    """What a process wrote, and how long after its start that was."""

    text: str
    after_s: float


@dataclass
class Victim:
    """A running process, and what it has written to stdout and stderr so far."""

    arguments: Sequence[str]
    home: Path
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self._ended = False
        self._started_s = time.monotonic()
        self._process = subprocess.Popen(
            [sys.executable, *self.arguments],
            cwd=self.home,
            env=homely(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def wait_for(self, text: str) -> Line | None:
        """Return the first line that holds a text, None where the process ends without one."""

        def found() -> list[Line]:
            return [line for line in self.lines if text in line.text]

        with self._changed:
            self._changed.wait_for(lambda: self._ended or bool(found()), PATIENCE_S)
            return next(iter(found()), None)

    def ends_within(self, timeout_s: float) -> bool:
        """Let it run for so long at most; return whether it has ended by itself."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        self._take_leave()
        return True

    def kill(self) -> float:
        """Kill it, and return when that was; its own processes must end by themselves then."""
        others = psutil.Process(self._process.pid).children(recursive=True)
        killed_at_s = time.time()
        self._process.kill()
        self._process.wait()
        self._take_leave()
        _, left = psutil.wait_procs(others, timeout=PATIENCE_S)
        assert left == []
        return killed_at_s

    @property
    def code(self) -> int | None:
        """The exit code, None while it runs."""
        return self._process.poll()

    @property
    def output(self) -> str:
        """Everything that it wrote."""
        return "\n".join(line.text for line in self.lines)

    def _take_leave(self) -> None:
        assert self._process.stdout is not None
        self._reader.join()
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for text in self._process.stdout:
            with self._changed:
                self.lines.append(Line(text.rstrip("\n"), time.monotonic() - self._started_s))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
