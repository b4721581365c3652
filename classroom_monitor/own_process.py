"""How this program's processes run: what they import, leave behind, and how another is started.

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


def leave_no_memory_dump() -> None:
    """Keep this process and those it starts from leaving a memory dump: it would hold faces.

    A limit of one byte lets Linux neither write a dump nor hand it to a program that collects
    crashes, which it does with a limit of 0 (fs/coredump.c). Windows has no such limit: what it
    keeps of a crash is its own setting.
    """
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (1 if sys.platform == "linux" and hard else 0, hard))
