"""Tries files of one kind in this process, one after the other, and tells of each in a line.

Run by campaign.py, which notices when this process dies or hangs.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from contextlib import closing
from pathlib import Path

from classroom_monitor.errors import EnvironmentProblem
from tests.fuzz.kind import Kind, Place
from tests.fuzz.kinds import make_kind
from tests.fuzz.watch import Watch

REFUSED = "refused"
MAX_MEMORY_BYTES = 6 << 30
_LONGEST_MESSAGE = 2000


def main() -> None:
    """Try files first to last of a kind: worker.py KIND SEED FIRST LAST FOLDER."""
    name, seed, first, last = sys.argv[1], *map(int, sys.argv[2:5])
    folder = Path(sys.argv[5])
    _limit_memory()
    for name_of_own in ("home", "temporary"):
        (folder / name_of_own).mkdir(exist_ok=True)
    os.chdir(folder / "home")
    tempfile.tempdir = str(folder / "temporary")  # must be empty again after each attempt
    watch = Watch()
    with closing(make_kind(name)) as kind:
        for index in range(first, last):
            _tell(index=index)
            _tell(index=index, **_try(kind, random.Random(f"{name}-{seed}-{index}"), folder, watch))


def _try(kind: Kind, dice: random.Random, folder: Path, watch: Watch) -> dict[str, object]:
    place = Place(Path(tempfile.mkdtemp(dir=folder)), Path(tempfile.mkdtemp(dir=folder)))
    case = kind.make(dice, place)
    before = _listing(folder, place)
    began_s = time.perf_counter()
    watch.begin(place.target, folder / "temporary")
    findings: list[str] = []
    try:
        verdict = kind.attempt(case, place)
    except EnvironmentProblem as problem:
        verdict = REFUSED
        if "\n" in str(problem) or not 0 < len(str(problem)) < _LONGEST_MESSAGE:
            findings.append(f"not one line: {problem!r:.300}")
    except Exception:  # noqa: BLE001  the finding itself
        verdict = "raised"
        findings.append(_last_lines(traceback.format_exc()))
    findings += watch.end()
    took_s = time.perf_counter() - began_s
    findings += [f"left behind: {name}" for name in _listing(folder, place) ^ before]
    for used in (place.inputs, place.target):
        shutil.rmtree(used, ignore_errors=True)
    return {"verdict": verdict, "took_s": took_s, "findings": findings}


def _last_lines(trace: str) -> str:
    """Return where the program was, and what was raised."""
    lines = trace.strip().splitlines()
    own = [line for line in lines if "/classroom_monitor/" in line or "/fuzz/kinds/" in line]
    return "\n".join([*own[-4:], lines[-1]])


def _listing(folder: Path, place: Place) -> set[str]:
    """What lies in the working folder and beside the target, inputs included."""
    return {
        f"{path} {path.stat().st_size}"
        for path in folder.rglob("*")
        if place.target not in path.parents and path.is_file()
    }


def _tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    main()
