"""A queue of recordings in real processes: turns, pauses, cancelling, trying again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from classroom_monitor.contracts import Frame, SessionState
from classroom_monitor.errors import CameraProblem
from classroom_monitor.live.recording import Interrupted, RecordingRequest
from classroom_monitor.live.recording_queue import RecordingQueue
from classroom_monitor.live.recording_tasks import RecordingTask, TaskState
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.live.clips import write_clip
from tests.live.test_side_by_side import DyingCamera, request

TIMEOUT_S = 60.0


class SlowCamera(RecordingCamera):
    """Takes a tenth of a second for every frame that is looked at."""

    def current(self) -> Frame:
        time.sleep(0.1)
        return super().current()


@pytest.fixture
def queue() -> Iterator[RecordingQueue]:
    made = RecordingQueue(lambda: 1)
    yield made
    assert made.close(TIMEOUT_S)


def wait_for(
    queue: RecordingQueue, task_id: int, fits: Callable[[RecordingTask], bool]
) -> RecordingTask:
    """Return the task once it fits."""
    deadline_s = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline_s:
        (task,) = (task for task in queue.tasks() if task.task_id == task_id)
        if fits(task):
            return task
        time.sleep(0.02)
    raise AssertionError(f"still {task}")


def over(task: RecordingTask) -> bool:
    return task.state in (TaskState.DONE, TaskState.FAILED, TaskState.CANCELLED)


def test_one_bad_file_does_not_stop_the_rest(queue: RecordingQueue, tmp_path: Path) -> None:
    def refuse() -> RecordingRequest:
        raise CameraProblem("notes.txt is no video: choose another file")

    clip = write_clip(tmp_path / "good.mp4", seconds=2)
    first = queue.add("notes.txt", refuse)
    second = queue.add("dying.mp4", partial(request, clip, tmp_path, DyingCamera))
    third = queue.add("good.mp4", partial(request, clip, tmp_path))

    done = wait_for(queue, third, over)

    assert done.state is TaskState.DONE
    assert (done.done_s, done.total_s) == (2.0, 2.0)
    assert "no video" in wait_for(queue, first, over).problem
    died = wait_for(queue, second, over)
    assert died.state is TaskState.FAILED
    assert "broke down" in died.problem
    with open_store(tmp_path, read_only=True) as store:
        assert done.session_id is not None
        assert store.session(done.session_id).state is SessionState.COMPLETE


def test_a_paused_recording_waits_and_lets_another_go_first(
    queue: RecordingQueue, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "slow.mp4", seconds=6)
    slow = queue.add("slow.mp4", partial(request, clip, tmp_path, SlowCamera))
    wait_for(queue, slow, lambda task: task.done_s > 0.5)
    queue.pause(slow)
    other = queue.add("other.mp4", partial(request, clip, tmp_path))

    assert wait_for(queue, other, over).state is TaskState.DONE
    paused = wait_for(queue, slow, lambda task: task.state is TaskState.PAUSED)
    assert paused.done_s < 6

    queue.resume(slow)
    assert wait_for(queue, slow, over).state is TaskState.DONE


def test_a_cancelled_recording_keeps_its_seconds_and_goes_on_when_tried_again(
    queue: RecordingQueue, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "slow.mp4", seconds=8)
    earlier: list[Interrupted] = []

    def again() -> RecordingRequest:
        made = request(clip, tmp_path, SlowCamera)
        if earlier:
            return RecordingRequest(made.plan, made.parts, interrupted=earlier[0])
        return made

    slow = queue.add("slow.mp4", again)
    wait_for(queue, slow, lambda task: task.done_s > 2.5)
    queue.cancel(slow)
    assert wait_for(queue, slow, over).state is TaskState.CANCELLED
    with open_store(tmp_path, read_only=True) as store:
        (info,) = store.list_sessions()
    assert info.state is SessionState.INTERRUPTED
    assert info.seconds >= 2
    earlier.append(Interrupted(info.session_id, info.seconds))

    queue.retry(slow)

    done = wait_for(queue, slow, over)
    assert (done.state, done.session_id, done.total_s) == (TaskState.DONE, info.session_id, 8.0)


def test_what_waits_can_be_paused_cancelled_and_removed(
    queue: RecordingQueue, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "slow.mp4", seconds=4)
    queue.add("slow.mp4", partial(request, clip, tmp_path, SlowCamera))
    waiting = queue.add("waiting.mp4", partial(request, clip, tmp_path))

    queue.pause(waiting)
    queue.cancel(waiting)
    queue.resume(waiting)  # a click that comes too late changes nothing

    assert wait_for(queue, waiting, over).state is TaskState.CANCELLED
    queue.remove(waiting)
    assert [task.name for task in queue.tasks()] == ["slow.mp4"]


def test_a_bug_is_the_recordings_own(queue: RecordingQueue, tmp_path: Path) -> None:
    def stumble() -> RecordingRequest:
        raise ZeroDivisionError("a bug")

    failed = wait_for(queue, queue.add("odd.mp4", stumble), over)

    assert "ZeroDivisionError" in failed.problem
    assert not queue.busy


def test_closing_ends_every_process(tmp_path: Path) -> None:
    queue = RecordingQueue(lambda: 2)
    clip = write_clip(tmp_path / "slow.mp4", seconds=30)
    ids = [queue.add("slow.mp4", partial(request, clip, tmp_path, SlowCamera)) for _ in range(3)]
    wait_for(queue, ids[1], lambda task: task.done_s > 0.2)
    queue.pause(ids[0])

    assert queue.close(TIMEOUT_S)

    assert [task.state for task in queue.tasks()] == [TaskState.CANCELLED] * 3
