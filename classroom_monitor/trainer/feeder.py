"""Makes things ahead of their use in background threads, and measures what waiting is left."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

AHEAD = 8
"""Batches that may lie ready: enough to even out those that take long to make."""

Made = TypeVar("Made")


def default_workers() -> int:
    """Return how many threads make batches: half of the cores are left to the network."""
    return max(1, min(8, (os.cpu_count() or 2) // 2))


class Feeder(Generic[Made]):
    """Iterates over make(0), make(1) and so on, in order.

    waited_s is how long its user was kept waiting so far. Leaving the with block stops the
    threads; what they have begun is finished first.
    """

    def __init__(self, make: Callable[[int], Made], count: int, workers: int) -> None:
        self._make = make
        self._count = count
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="batches")
        self._ahead: deque[Future[Made]] = deque()
        self.waited_s = 0.0

    def __enter__(self) -> Feeder[Made]:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __iter__(self) -> Iterator[Made]:
        """Yield each thing; an exception that its making raised comes out here."""
        for index in range(self._count):
            self._ahead.append(self._pool.submit(self._make, index))
            if len(self._ahead) > AHEAD:
                yield self._next()
        while self._ahead:
            yield self._next()

    def _next(self) -> Made:
        started_s = time.monotonic()
        made = self._ahead.popleft().result()
        self.waited_s += time.monotonic() - started_s
        return made
