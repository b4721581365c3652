"""How long sessions are kept: rules by course, and which sessions they let go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classroom_monitor.contracts import SessionInfo, SessionState
from classroom_monitor.sessions.retention import RetentionRules, read_course_days, too_old

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def session(days_ago: float, course: str = "") -> SessionInfo:
    return SessionInfo(
        session_id=1,
        title="Optics 4",
        source="room.mp4",
        started_at=NOW - timedelta(days=days_ago),
        seconds=60,
        mode="room",
        engine="litert-int8",
        group_minimum=5,
        counts_only=False,
        state=SessionState.COMPLETE,
        course=course,
    )


def test_ages_are_read_from_lines_and_parts() -> None:
    text = " Physics 1: 365;Law: EU : 30\n\n optics:0 ;"
    assert read_course_days(text) == {"physics 1": 365, "law: eu": 30, "optics": 0}
    assert read_course_days("") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Physics", "Course: days"),
        (": 30", "Course: days"),
        ("Physics: soon", "Course: days"),
        ("Physics: -1", "Course: days"),
        ("Physics: ١٢", "Course: days"),
        ("Physics: 3651", "3650 days"),
        ("Physics: 1; PHYSICS : 2", "named twice"),
    ],
)
def test_what_is_no_age_is_named(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_course_days(text)


def test_a_course_has_its_own_age() -> None:
    rules = RetentionRules(100, {"physics 1": 10, "law": 0})
    kept = [session(99), session(9.9, " PHYSICS 1"), session(5000, "Law"), session(99, "Optics")]
    gone = [session(101), session(10.1, "Physics 1"), session(101, "Optics")]
    assert too_old([*kept, *gone], rules, NOW) == gone


def test_without_an_age_everything_is_kept() -> None:
    assert too_old([session(40_000)], RetentionRules(), NOW) == []
    assert not RetentionRules(0, {"law": 0}).delete_anything
    assert RetentionRules(0, {"law": 1}).delete_anything


def test_neither_the_running_nor_the_future_is_too_old() -> None:
    running = replace(session(50), state=SessionState.RUNNING)
    assert too_old([running, session(-50)], RetentionRules(1), NOW) == []
