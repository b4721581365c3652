"""Opens the window."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace

from classroom_monitor.audit import audit_log
from classroom_monitor.gui.application import WindowOptions, make_application, run_window
from classroom_monitor.gui.services import DEMO_SOURCE, SessionRequest
from classroom_monitor.program import Program
from classroom_monitor.program_log import ProgramLog, log_dir
from classroom_monitor.rescue import bring_all_home
from classroom_monitor.settings import Settings, load_settings, settings_path, store_folder

logger = logging.getLogger(__name__)


def open_window(settings: Settings | None = None, options: WindowOptions | None = None) -> int:
    """Open the window and return its exit code."""
    with ProgramLog(log_dir()) as log:
        settings = settings or load_settings(settings_path())
        logger.info("the window opens, counts only: %s", settings.counts_only)
        audit = audit_log()
        audit.note("window", mode="counts only" if settings.counts_only else "moods")
        if rescued := bring_all_home(store_folder(settings)):
            logger.info("%d rescued sessions are in their store again", rescued)
        program = Program(settings, settings_path(), log, audit=audit)
        make_application(sys.argv)
        code = run_window(program, options or WindowOptions())
        logger.info("the window is closed")
        return code


def open_demo(settings: Settings, close_after_s: float | None) -> int:
    """Open the window on the built-in lecture and return its exit code."""
    request = SessionRequest(
        source=DEMO_SOURCE, title="", mode=settings.mode, group_minimum=settings.group_minimum
    )
    options = replace(WindowOptions(), start=request, close_after_s=close_after_s)
    return open_window(settings, options)
