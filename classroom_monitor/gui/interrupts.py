"""Lets Ctrl+C in a terminal, and a request to terminate, close the window properly."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier


@contextmanager
def interrupts_call(close: Callable[[], object]) -> Iterator[None]:
    """Call close in the window's thread on SIGINT and SIGTERM while the context lasts.

    Python runs its signal handlers between its own instructions only, and Qt's loop runs none;
    so the interpreter writes to a socket that the loop watches.
    """
    ours, pythons = socket.socketpair()
    ours.setblocking(False)
    pythons.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: ours.recv(64) and close())
    before_fd = signal.set_wakeup_fd(pythons.fileno())
    before = {
        number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        notifier.setEnabled(False)
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(before_fd)
        ours.close()
        pythons.close()
