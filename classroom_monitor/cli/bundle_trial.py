"""Checks a model bundle in a process of its own: hostile weights may crash the native code.

Run as a program it checks the bundle that it is given; stdout says in JSON what that showed, or in
a line what is wrong.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from classroom_monitor.cli.model_engines import training_engines
from classroom_monitor.errors import BundleProblem
from classroom_monitor.own_process import module_command, module_environment
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.bundle_check import BundleCheck, check_bundle, probe_faces

TIMEOUT_S = 300.0
"""Importing TensorFlow alone takes half a minute on a slow disk."""

_REFUSED = 3
_TRAINING = "--training"
_MOST_SAID = 4000


class BundleCrash(BundleProblem):
    """A bundle that brings down, or holds up, the process that tries it."""


def try_bundle(folder: Path, training: bool = False) -> BundleCheck:
    """Return what bundle_check.check_bundle finds; with training, of the trainer's engines, too.

    Raises BundleProblem with the first thing that is wrong, BundleCrash for a crash.
    """
    bundle = load_bundle(folder)
    command = [*module_command(__name__), str(folder), *[_TRAINING] * training]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_S,
            check=False,
            env=module_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise _crash(folder, f"gives no answer within {TIMEOUT_S:.0f} s") from error
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode == _REFUSED:
        raise BundleProblem(" ".join(said.split())[:_MOST_SAID])
    if done.returncode:
        raise _crash(folder, f"crashes the program that runs it (exit code {done.returncode})")
    found = json.loads(said)
    return BundleCheck(bundle, tuple(found["engines"]), found["max_difference"])


def require_no_crash(folder: Path) -> None:
    """Raise BundleCrash where running a bundle crashes; whoever uses it says what else is wrong."""
    try:
        try_bundle(folder)
    except BundleCrash:
        raise
    except BundleProblem:
        return


def _crash(folder: Path, how: str) -> BundleCrash:
    return BundleCrash(
        f"model bundle {folder} {how}: it is damaged or was made to do so; get the bundle again, "
        "or train one with 'classroom-monitor train'"
    )


def main() -> None:
    """Check the bundle that the command line names; exit with 3 where it is refused."""
    folder, training = Path(sys.argv[1]), _TRAINING in sys.argv[2:]
    try:
        checked = check_bundle(folder, probe_faces(), training_engines() if training else None)
    except BundleProblem as problem:
        sys.stdout.buffer.write(str(problem).encode("utf-8", "replace"))
        sys.exit(_REFUSED)
    sys.stdout.write(
        json.dumps({"engines": checked.engines, "max_difference": checked.max_difference})
    )


if __name__ == "__main__":
    main()
