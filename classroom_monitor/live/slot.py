"""A hand-off between two threads that holds one item: the newest wins."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

Item = TypeVar("Item")


class SlotClosed(Exception):
    """Raised by Slot.take once the slot is closed and empty; not an error."""


class Slot(Generic[Item]):
    """Holds the newest item until it is taken; an item replaced before that counts as skipped.

    Any thread may call any method. put never waits for the taker, so that a slow taker costs
    the giver nothing but skipped items.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[Item] = []  # empty or one: an item may itself be None
        self._closed = False
        self._skipped = 0

    @property
    def skipped(self) -> int:
        """How many items were replaced by a newer one before anybody took them."""
        with self._changed:
            return self._skipped

    @property
    def closed(self) -> bool:
        """True once close was called, even while a last item waits."""
        with self._changed:
            return self._closed

    def put(self, item: Item) -> bool:
        """Hand over an item without waiting; False, and the item is dropped, once closed."""
        with self._changed:
            if self._closed:
                return False
            self._skipped += len(self._items)
            self._items = [item]
            self._changed.notify()
            return True

    def take(self, timeout_s: float | None = None) -> Item | None:
        """Wait for an item and return it, or None after timeout_s (None: wait without limit).

        A closed slot still gives its last item. Raises SlotClosed when it is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed, timeout_s)
            if self._items:
                return self._items.pop()
            if self._closed:
                raise SlotClosed
            return None

    def close(self) -> None:
        """Take no further items and wake every waiting taker; harmless when repeated."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
