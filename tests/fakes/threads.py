"""Finds threads that a test left running."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_threads_left(timeout_s: float = 10.0) -> Iterator[None]:
    """Fail unless all threads begun inside have ended."""
    before = set(threading.enumerate())
    yield
    left = set(threading.enumerate()) - before
    for thread in left:
        thread.join(timeout_s)
    assert not [thread.name for thread in left if thread.is_alive()]
