"""Holds Ctrl-C back until a step is done, so that what is saved is a whole number of steps."""

from __future__ import annotations

import signal
import threading
from types import FrameType


class HeldInterrupt:
    """Inside its with block, Ctrl-C is only noted; check raises it. A second one comes at once."""

    def __init__(self) -> None:
        self._is_asked = False
        self._before: signal.Handlers | int | object | None = None

    def __enter__(self) -> HeldInterrupt:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]

    def check(self) -> None:
        """Raise KeyboardInterrupt if it was asked for."""
        if self._is_asked:
            raise KeyboardInterrupt

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
