"""An interrupted session can be found by what it was made of, and written on by one writer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from classroom_monitor.contracts import SessionState
from classroom_monitor.errors import StoreProblem
from classroom_monitor.sessions.store import Store, find_interrupted, open_store
from classroom_monitor.sessions.timeline import TimelineBuilder
from tests.sessions.samples import STARTED_AT, gap_point, look, new_session, point, shares

JOB = "lecture.mp4 at 5 Hz"


def interrupted_session(folder: Path, seconds: int = 3, job: str = JOB) -> int:
    """Leave a session behind that was begun and not finished."""
    with open_store(folder) as store:
        writer = store.begin(replace(new_session(), job=job))
        writer.append([point(t_s) for t_s in range(seconds)])
        return writer.session_id


def test_a_resumed_session_goes_on_where_it_ended(tmp_path: Path) -> None:
    session_id = interrupted_session(tmp_path)
    with open_store(tmp_path) as store:
        resumed = store.resume(session_id, "litert-int8")
        assert resumed.points == tuple(point(t_s) for t_s in range(3))
        assert resumed.started_at == STARTED_AT
        assert store.session(session_id).state is SessionState.RUNNING
        resumed.writer.append([point(3, mix=shares(0.2, 0.3, 0.5)), gap_point(4)])
        resumed.writer.finish()
        info = store.session(session_id)
        assert (info.state, info.seconds) == (SessionState.COMPLETE, 5)
        assert info.engine == "litert-int8"
        assert store.points(session_id)[3] == point(3, mix=shares(0.2, 0.3, 0.5))


def test_a_second_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    session_id = interrupted_session(tmp_path)
    with open_store(tmp_path) as store:
        writer = store.resume(session_id, "litert-int8").writer
        with pytest.raises(ValueError, match="second 2 where 3 is next"):
            writer.append([point(2)])


def test_the_group_minimum_holds_after_a_break(tmp_path: Path) -> None:
    session_id = interrupted_session(tmp_path)
    with open_store(tmp_path) as store:
        writer = store.resume(session_id, "litert-int8").writer
        with pytest.raises(ValueError, match="has shares of 4 faces"):
            writer.append([point(3, used=4, mix=shares(0.2, 0.3, 0.5))])


def test_another_engine_is_written_down(tmp_path: Path) -> None:
    session_id = interrupted_session(tmp_path)
    for engine in ("litert-float32", "litert-int8", "litert-float32"):
        with open_store(tmp_path) as store:
            store.resume(session_id, engine)
    with open_store(tmp_path) as store:
        assert store.session(session_id).engine == "litert-int8, litert-float32"


def test_the_newest_session_of_a_job_counts(tmp_path: Path) -> None:
    first = interrupted_session(tmp_path)
    assert found(tmp_path) == first
    second = interrupted_session(tmp_path, seconds=1)
    interrupted_session(tmp_path, job="another recording")
    assert found(tmp_path) == second
    with open_store(tmp_path) as store:
        store.resume(second, "litert-int8").writer.finish()
    assert found(tmp_path) is None  # the older one stays as it is


def found(folder: Path) -> int | None:
    info = find_interrupted(folder, JOB)
    return info.session_id if info else None


def test_live_sessions_have_no_job(tmp_path: Path) -> None:
    interrupted_session(tmp_path, job="")
    assert find_interrupted(tmp_path, "") is None


def test_looking_makes_no_store(tmp_path: Path) -> None:
    assert find_interrupted(tmp_path / "data", JOB) is None
    assert list(tmp_path.iterdir()) == []


def test_a_session_is_resumed_by_one_writer_at_a_time(tmp_path: Path) -> None:
    session_id = interrupted_session(tmp_path)
    with open_store(tmp_path) as store, open_store(tmp_path) as other:
        writer = store.resume(session_id, "litert-int8").writer
        with pytest.raises(StoreProblem, match="no longer interrupted"):
            other.resume(session_id, "litert-int8")
        assert find_interrupted(tmp_path, JOB) is None
        writer.append([point(3)])
        refuse_finished(other, writer_of=session_id)


def refuse_finished(store: Store, writer_of: int) -> None:
    with pytest.raises(StoreProblem, match="no longer interrupted"):
        store.resume(writer_of, "litert-int8")
    with pytest.raises(StoreProblem, match="session 99 is no longer"):
        store.resume(99, "litert-int8")


@pytest.mark.parametrize("break_s", [1, 4, 5, 30, 185, 230])
def test_expected_is_what_it_would_have_been_without_a_break(break_s: int) -> None:
    """Falling and rising audiences, a gap of minutes: expected and coverage stay the same."""
    seen = [*range(30, 12, -1), *[12] * 20, *[40] * 6, *[9] * 190, *[21] * 10]
    looks = [look(t_s + 0.5, used=count // 2, seen=count) for t_s, count in enumerate(seen)]
    looks = [item for item in looks if not 60 <= item.at_s < 75]
    whole = TimelineBuilder(5, False, STARTED_AT)
    points = [done for item in looks for done in whole.add(item)] + whole.finish(len(seen))
    assert len(points) == len(seen)
    assert len({done.expected for done in points}) >= 5
    resumed = TimelineBuilder(5, False, STARTED_AT, points[:break_s])
    again = [item for item in looks if item.at_s >= break_s - 10]  # warm-up: not counted
    rest = [done for item in again for done in resumed.add(item)] + resumed.finish(len(seen))
    assert rest == points[break_s:]
