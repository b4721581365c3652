"""How this program starts another process of itself, installed or as a desktop bundle.

A bundle has no Python interpreter to call with -m: its one executable is asked instead, by a first
argument that nobody types by accident (desktop.py answers it).
"""

from __future__ import annotations

import sys

RUN_MODULE = "--classroom-monitor-run-module"


def module_command(module: str) -> list[str]:
    """Return the command that runs a module of this program, as `python -m module` does."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RUN_MODULE, module]
    return [sys.executable, "-m", module]
