"""What a kind of hostile input is made of, and how the program is given it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file may do something: inputs holds it, only target may be written by the program."""

    inputs: Path
    target: Path


class Kind(Protocol):
    """A kind of input. One is made for each process that tries it."""

    def make(self, dice: random.Random, place: Place) -> Path:
        """Write a broken or hostile input and return it."""

    def attempt(self, case: Path, place: Place) -> str:
        """Use the input as the program does; return in a word what came of it.

        Raises EnvironmentProblem where the program refuses it.
        """

    def close(self) -> None:
        """Free what attempts share."""
