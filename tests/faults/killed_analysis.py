"""Kills `analyze` again and again, each run going on with what the one before left."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from classroom_monitor.contracts import SessionState, TimelinePoint
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.store_connection import STORE_NAME
from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.opencv import cv2
from tests.faults.victim import Victim

RATE_HZ = 5


@dataclass(slots=True)
class AnalysisKills:
    """What came of the kills.

    lost_s has, for each kill, the seconds that were stored before it and are not any more;
    recordings counts those that came to their end, missing_s their seconds without a point,
    differences how far each one's shares are from those of a run that nobody killed, at most.
    """

    lost_s: list[int] = field(default_factory=list)
    recordings: int = 0
    missing_s: int = 0
    differences: list[float] = field(default_factory=list)


def write_lecture(path: Path, seconds: int) -> Path:
    """Write the built-in lecture as a recording."""
    camera = DemoCamera(duration_s=seconds, rate_hz=RATE_HZ)
    camera.open()
    writer = None
    for _ in range(seconds * RATE_HZ):
        image_bgr = camera.read().image_bgr
        if writer is None:
            size = (image_bgr.shape[1], image_bgr.shape[0])
            writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE_HZ, size)
            assert writer.isOpened()
        writer.write(image_bgr)
    assert writer is not None
    writer.release()
    camera.close()
    return path


def kill_analyses(
    times: int, clip: Path, folder: Path, dice: random.Random, longest_s: float
) -> AnalysisKills:
    """Kill runs within so many seconds of their start until that was done so many times.

    A recording that comes to its end in between is compared with an unkilled run, and begun anew.
    """
    home, kills = folder / "home", AnalysisKills()
    home.mkdir()
    whole = _finish(clip, folder / "whole", home)
    while len(kills.lost_s) < times:
        store_dir = folder / f"killed {kills.recordings}"
        while len(kills.lost_s) < times:
            before = _seconds(store_dir)
            run = _run(clip, store_dir, home)
            if run.ends_within(dice.uniform(0.0, longest_s)):
                break
            run.kill()
            assert "Traceback" not in run.output, run.output
            kills.lost_s.append(max(0, before - _seconds(store_dir)))
        points = _finish(clip, store_dir, home)
        kills.recordings += 1
        kills.missing_s += len(whole) - len(points)
        kills.differences.append(_difference(whole, points))
    return kills


def _run(clip: Path, store_dir: Path, home: Path) -> Victim:
    command = ("-m", "classroom_monitor", "analyze", str(clip), "--store", str(store_dir))
    return Victim((*command, "--rate", str(RATE_HZ)), home)


def _finish(clip: Path, store_dir: Path, home: Path) -> list[TimelinePoint]:
    """Run to the end, unless that was done; return the one session's points."""
    if not (_is_complete(store_dir)):
        run = _run(clip, store_dir, home)
        assert run.ends_within(600.0)
        assert run.code == 0, run.output
    with open_store(store_dir) as store:
        (info,) = store.list_sessions()
        assert info.state is SessionState.COMPLETE
        points = store.points(info.session_id)
    assert [point.t_s for point in points] == list(range(len(points)))
    return points


def _is_complete(store_dir: Path) -> bool:
    if not (store_dir / STORE_NAME).exists():
        return False
    with open_store(store_dir) as store:
        return [info.state for info in store.list_sessions()] == [SessionState.COMPLETE]


def _seconds(store_dir: Path) -> int:
    if not (store_dir / STORE_NAME).exists():
        return 0
    with open_store(store_dir) as store:
        return max((info.seconds for info in store.list_sessions()), default=0)


def _difference(whole: list[TimelinePoint], points: list[TimelinePoint]) -> float:
    """The largest difference of a share in a second, 1 where only one of them has shares."""
    largest = 0.0
    for one, other in zip(whole, points, strict=False):
        if (one.shares is None) != (other.shares is None):
            return 1.0
        if one.shares is not None and other.shares is not None:
            pairs = (
                (one.shares.negative, other.shares.negative),
                (one.shares.neutral, other.shares.neutral),
                (one.shares.positive, other.shares.positive),
            )
            largest = max(largest, *(abs(first - second) for first, second in pairs))
    return largest
