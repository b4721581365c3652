"""Workers that share out work: same results however many, each in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from classroom_monitor.vision.crew import MOST_WORKERS, Crew, crew_size


class Tool:
    """Notes in which threads it was made, used and closed."""

    def __init__(self, fails: bool = False) -> None:
        if fails:
            raise ValueError("no such model")
        self.threads = [threading.get_ident()]
        self.closed = 0

    def square(self, number: int) -> int:
        self.threads.append(threading.get_ident())
        return number**2

    def meet(self, barrier: threading.Barrier) -> int:
        """Wait for the others, so that each has something to do."""
        self.threads.append(threading.get_ident())
        return barrier.wait(10)

    def close(self) -> None:
        self.threads.append(threading.get_ident())
        self.closed += 1


class Toolbox:
    """Makes tools and keeps them."""

    def __init__(self) -> None:
        self.tools: list[Tool] = []

    def make(self) -> Tool:
        self.tools.append(Tool())
        return self.tools[-1]


def helper_threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("faces")]


@pytest.fixture
def toolbox() -> Iterator[Toolbox]:
    yield Toolbox()
    assert helper_threads() == []


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("things", [0, 1, 2, 100])
def test_results_come_in_the_order_of_the_things(toolbox: Toolbox, count: int, things: int) -> None:
    crew = Crew([toolbox.make] * count)
    assert crew.share(Tool.square, range(things)) == [number**2 for number in range(things)]
    crew.close()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_worker_stays_in_a_thread_of_its_own(toolbox: Toolbox, count: int) -> None:
    crew = Crew([toolbox.make] * count)
    for _ in range(5):
        barrier = threading.Barrier(count)
        assert sorted(crew.share(Tool.meet, [barrier] * count)) == list(range(count))
    crew.close()
    crew.close()
    assert [one.closed for one in toolbox.tools] == [1] * count
    used_by = [set(one.threads) for one in toolbox.tools]
    assert all(len(threads) == 1 for threads in used_by)
    assert len(set.union(*used_by)) == count
    assert used_by[0] == {threading.get_ident()}


def test_a_failure_is_raised_when_all_are_idle_and_the_crew_goes_on(toolbox: Toolbox) -> None:
    crew = Crew([toolbox.make] * 2)

    def invert(_: Tool, number: int) -> float:
        return 1 / number

    with pytest.raises(ZeroDivisionError):
        crew.share(invert, [1, 2, 0, 4, 0, 5])
    assert crew.share(invert, [1, 2, 4]) == [1, 0.5, 0.25]
    crew.close()


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_a_worker_that_cannot_be_made_leaves_nothing(toolbox: Toolbox, failing: int) -> None:
    make: list[Callable[[], Tool]] = [toolbox.make] * 3
    make[failing] = partial(Tool, fails=True)
    with pytest.raises(ValueError, match="no such model"):
        Crew(make)
    assert [one.closed for one in toolbox.tools] == [1] * failing


def test_one_core_gets_no_threads(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0}, raising=False)
    assert crew_size() == 1
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert crew_size() == MOST_WORKERS
    crew = Crew([toolbox.make])
    crew.share(Tool.square, range(9))
    assert helper_threads() == []
    crew.close()
