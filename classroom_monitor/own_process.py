"""How this program starts another process of itself, installed or as a desktop bundle.

A bundle has no Python interpreter to call with -m: its one executable is asked instead, by a first
argument that nobody types by accident (desktop.py answers it).
"""

from __future__ import annotations

import os
import sys

RUN_MODULE = "--classroom-monitor-run-module"


def module_command(module: str) -> list[str]:
    """Return the command that runs a module of this program, as `python -m module` does."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RUN_MODULE, module]
    return [sys.executable, "-m", module]


def module_environment() -> dict[str, str]:
    """Return the environment for module_command: imports come from where this process has them.

    Python would look into the working folder first, which may hold a stranger's files.
    """
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONSAFEPATH": "1",
    }


def trust_no_working_folder() -> None:
    """Keep the processes that this one starts from importing what lies in the working folder."""
    os.environ["PYTHONSAFEPATH"] = "1"
