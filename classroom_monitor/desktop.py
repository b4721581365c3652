"""Where the desktop bundle's executable begins.

It is the command line, the window, and the interpreter of the processes that these start. Without
an argument it opens the window, as a double click does.
"""

from __future__ import annotations

import multiprocessing
import runpy
import sys

from classroom_monitor.own_process import RUN_MODULE


def main() -> None:
    """Run what this executable was started for; the bundle's entry script calls it."""
    multiprocessing.freeze_support()  # runs a spawned process's work and ends there
    if len(sys.argv) >= 3 and sys.argv[1] == RUN_MODULE:
        module, sys.argv[1:] = sys.argv[2], sys.argv[3:]
        if module.split(".")[0] != "classroom_monitor":
            sys.exit(2)
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        return
    from classroom_monitor.cli import main as command_line

    command_line()
