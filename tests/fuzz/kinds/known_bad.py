"""Kinds that do what none may, to show that it is found."""

from __future__ import annotations

import os
import pickle
import random
import socket
import subprocess
import sys
import threading
from pathlib import Path

from classroom_monitor.errors import EnvironmentProblem
from tests.fuzz.kind import Place


class _Bad:
    """Does something bad with the third of its inputs."""

    def __init__(self) -> None:
        self._count = 0

    def make(self, dice: random.Random, place: Place) -> Path:
        self._count += 1
        return place.inputs / "input"

    def attempt(self, case: Path, place: Place) -> str:
        if self._count == 3:
            self.act(place)
        return "read"

    def act(self, place: Place) -> None:
        """Do it."""

    def close(self) -> None:
        pass


class Dies(_Bad):
    """Brings its process down as native code does."""

    def act(self, place: Place) -> None:
        os.abort()


class Hangs(_Bad):
    """Never comes back."""

    def act(self, place: Place) -> None:
        threading.Event().wait()


class Raises(_Bad):
    """Meets a bug."""

    def act(self, place: Place) -> None:
        raise KeyError("a bug")


class Babbles(_Bad):
    """Refuses its input in several lines."""

    def act(self, place: Place) -> None:
        raise EnvironmentProblem("bad\ninput")


class Strays(_Bad):
    """Writes outside its target."""

    def act(self, place: Place) -> None:
        (place.inputs / "stray.txt").open("w").close()
        (place.inputs / "stray.txt").unlink()


class Litters(_Bad):
    """Leaves a file in the working folder, past Python."""

    def act(self, place: Place) -> None:
        Path("litter").touch()


class Runs(_Bad):
    """Runs code that was in a pickle."""

    def act(self, place: Place) -> None:
        pickle.loads(pickle.dumps(subprocess.getoutput))


class Starts(_Bad):
    """Starts another program."""

    def act(self, place: Place) -> None:
        subprocess.run([sys.executable, "-c", ""], check=True)


class Calls(_Bad):
    """Looks for another machine."""

    def act(self, place: Place) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.connect(("127.0.0.1", 9))
