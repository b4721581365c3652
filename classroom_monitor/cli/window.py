"""Opens the window."""

from __future__ import annotations

from classroom_monitor.app import Program
from classroom_monitor.settings import Settings, load_settings, settings_path


def open_window(
    settings: Settings | None = None, demo: bool = False, stop_after_s: float | None = None
) -> int:
    """Open the window and return its exit code; demo starts the built-in lecture in it."""
    from classroom_monitor.gui.application import run_window

    program = Program(settings or load_settings(settings_path()), settings_path())
    return run_window(program, demo=demo, stop_after_s=stop_after_s)
