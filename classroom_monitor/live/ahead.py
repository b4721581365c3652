"""Runs one stage of a pipeline in a thread of its own, a few items ahead of who takes them."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

_POLL_S = 0.5  # so that Ctrl+C is heard on systems where a waiting thread doesn't hear it
_JOIN_S = 10.0

Item = TypeVar("Item")


class Ahead(Generic[Item]):
    """The items of a generator that is made, run and closed by a thread of its own.

    A bounded queue holds the thread back where its taker is slower; nothing is dropped. Where the
    generator takes from another Ahead, an error there passes through here, after the items that
    were made before it, and both threads end.
    """

    def __init__(
        self, name: str, make_items: Callable[[], Generator[Item, None, None]], ahead: int
    ) -> None:
        """Start at once; at most so many items wait, besides the one being made."""
        self._make_items = make_items
        self._ahead = ahead
        self._change = threading.Condition()
        self._items: deque[Item] = deque()
        self._over = False  # no item will be added any more
        self._closed = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ready(self, timeout_s: float) -> bool:
        """Wait for so long until take returns or raises at once; False if it doesn't yet."""
        with self._change:
            return self._change.wait_for(
                lambda: bool(self._items) or self._over or self._closed, timeout_s
            )

    def take(self) -> Item | None:
        """Wait for the next item; None after the last and after close.

        Raises what the generator raised, with its traceback.
        """
        while not self.ready(_POLL_S):
            pass
        with self._change:
            if self._items and not self._closed:
                self._change.notify_all()
                return self._items.popleft()
        if self._error is not None and not self._closed:
            raise self._error
        return None

    def stop(self) -> None:
        """Let the thread end after the item that it is at, without waiting for it."""
        with self._change:
            self._closed = True
            self._items.clear()
            self._change.notify_all()

    def close(self) -> None:
        """Stop, and wait until the thread has closed what it used."""
        self.stop()
        self._thread.join(_JOIN_S)
        if self._thread.is_alive():
            name = self._thread.name
            logger.warning("%s did not end within %.0f s and is left behind", name, _JOIN_S)

    def _run(self) -> None:
        try:
            with closing(self._make_items()) as items:
                for item in items:
                    if not self._add(item):
                        break
        except BaseException as error:  # noqa: BLE001  raised again in the taker's thread
            self._error = error
        with self._change:
            self._over = True
            self._change.notify_all()

    def _add(self, item: Item) -> bool:
        """Wait for room and add the item; False once this is closed."""
        with self._change:
            while len(self._items) >= self._ahead and not self._closed:
                self._change.wait()
            self._items.append(item)
            self._change.notify_all()
            return not self._closed
