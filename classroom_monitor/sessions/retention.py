"""How long sessions are kept: an age in days for all of them, and others for some courses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from classroom_monitor.contracts import SessionInfo, SessionState

MOST_DAYS = 3650
"""The longest age that can be asked for; 0 keeps sessions until somebody deletes them."""


@dataclass(frozen=True, slots=True)
class RetentionRules:
    """Ages in days after which sessions are to go; 0 for never.

    days holds for every session whose course has no age of its own; courses are keyed as
    course_key gives them.
    """

    days: int = 0
    course_days: Mapping[str, int] = field(default_factory=dict)

    @property
    def delete_anything(self) -> bool:
        """Whether any session could ever be too old."""
        return bool(self.days or any(self.course_days.values()))

    def days_for(self, course: str) -> int:
        """Return the age for a course's sessions."""
        return self.course_days.get(course_key(course), self.days)


def course_key(course: str) -> str:
    """Return what courses are told apart by: neither letters' case nor spaces around matter."""
    return course.strip().casefold()


def read_course_days(text: str) -> dict[str, int]:
    """Return ages by course_key from lines (or parts between semicolons) "Course: days".

    Raises ValueError, which names the part, for one that is not so and for a course named twice.
    """
    ages: dict[str, int] = {}
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        course, _, days = part.rpartition(":")
        key = course_key(course)
        if not key or not re.fullmatch(r"\d{1,5}", days.strip(), re.ASCII):
            raise ValueError(f"{part!r} is not of the form 'Course: days'")
        if int(days) > MOST_DAYS:
            raise ValueError(f"{part!r} is more than {MOST_DAYS} days")
        if key in ages:
            raise ValueError(f"{course.strip()!r} is named twice")
        ages[key] = int(days)
    return ages


def too_old(
    sessions: Sequence[SessionInfo], rules: RetentionRules, now: datetime
) -> list[SessionInfo]:
    """Return those sessions that began longer ago than the rules keep them, by an aware moment.

    A session that is being recorded is none of them.
    """
    return [
        info
        for info in sessions
        if info.state is not SessionState.RUNNING and _is_too_old(info, rules, now)
    ]


def _is_too_old(info: SessionInfo, rules: RetentionRules, now: datetime) -> bool:
    days = rules.days_for(info.course)
    return days > 0 and now - info.started_at > timedelta(days=days)
