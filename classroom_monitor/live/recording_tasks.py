"""A recording in the queue as the window shows it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class TaskState(enum.Enum):
    """How a recording in the queue is doing."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"  # cancelled; its process is ending
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"


OVER = (TaskState.CANCELLED, TaskState.FAILED, TaskState.DONE)


@dataclass(frozen=True, slots=True)
class RecordingTask:
    """A recording as the queue's page shows it.

    done_s of total_s seconds are analysed; total_s is None where the file doesn't say its length.
    session_id is that of the finished session, problem what went wrong, in one line.
    """

    task_id: int
    name: str
    state: TaskState
    done_s: float = 0.0
    total_s: float | None = None
    session_id: int | None = None
    problem: str = ""
