"""Workers that share out one picture's work, each in a thread of its own with models of its own."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Generic, Protocol, TypeVar

MOST_WORKERS = 2
"""More share out a look's few passes no better, and other threads want the cores, too. With two on
two cores a photograph of a group takes 86 ms in room mode instead of 158."""


class Worker(Protocol):
    """Whoever holds models."""

    def close(self) -> None:
        """Free them."""


W = TypeVar("W", bound=Worker)
T = TypeVar("T")
R = TypeVar("R")


def crew_size() -> int:
    """Return how many workers this machine is worth: one core has nothing to share."""
    if hasattr(os, "sched_getaffinity"):
        return min(MOST_WORKERS, len(os.sched_getaffinity(0)))
    return min(MOST_WORKERS, os.cpu_count() or 1)


class Crew(Generic[W]):
    """Some workers. Each is made, used and closed in one thread; the first in the caller's.

    One thread makes, uses and closes the crew. A crew of one starts no threads.
    """

    def __init__(self, make: Sequence[Callable[[], W]]) -> None:
        """Make the workers, one after the other. Raises what making one of them raises."""
        self._helpers: list[tuple[ThreadPoolExecutor, W]] = []
        self._is_closed = False
        self._first = make[0]()
        try:
            for make_one in make[1:]:
                self._helpers.append(_hired(make_one))
        except BaseException:
            self.close()
            raise

    def share(self, do: Callable[[W, T], R], things: Sequence[T]) -> list[R]:
        """Return what do returns for each thing, in their order, whichever worker does which.

        The next thing goes to whoever is free. Raises what do raises, once all are idle.
        """
        waiting = deque(enumerate(things))

        def work(worker: W) -> list[tuple[int, R]]:
            done = []
            while waiting:
                try:
                    index, thing = waiting.popleft()
                except IndexError:  # another one was quicker
                    break
                done.append((index, do(worker, thing)))
            return done

        helping = [pool.submit(work, one) for pool, one in self._helpers[: len(things) - 1]]
        try:
            done = work(self._first)
        finally:
            waiting.clear()
            wait(helping)
        for one in helping:
            done += one.result()
        return [result for _, result in sorted(done, key=lambda pair: pair[0])]

    def close(self) -> None:
        """Close the workers and end their threads; harmless when it was done before."""
        if self._is_closed:
            return
        self._is_closed = True
        self._first.close()
        for pool, worker in self._helpers:
            pool.submit(worker.close).result()
            pool.shutdown()


def _hired(make: Callable[[], W]) -> tuple[ThreadPoolExecutor, W]:
    """Return a new thread, and the worker that it made."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="faces")
    try:
        return pool, pool.submit(make).result()
    except BaseException:
        pool.shutdown()
        raise
