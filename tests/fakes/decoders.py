"""Finds the process that decodes for this one."""

from __future__ import annotations

import psutil


def decoder() -> psutil.Process:
    """Return the one decoder's process that this one has started."""
    (only,) = (
        child
        for child in psutil.Process().children()
        if "classroom_monitor.vision.decoder_process" in child.cmdline()
    )
    return only
