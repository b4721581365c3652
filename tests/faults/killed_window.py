"""Kills the window in the middle of the built-in lecture, again and again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

from classroom_monitor.contracts import SessionState
from classroom_monitor.sessions.store import Store, open_store
from tests.faults.victim import Victim
from tests.faults.watched_window import PICTURE

LONGEST_S = 5.0
EARLY = 0.2
"""The part of the kills that come while the window is still opening."""

OPENING_S = 2.0


@dataclass(frozen=True, slots=True)
class WindowKill:
    """A kill: what the timeline showed and how much of it the store doesn't have, in seconds.

    lecture_s is what passed between the end of the stored timeline and the kill, the second that
    was not over yet included, None where no session had begun. picture_s is how long after its
    start that window showed the lecture, None if it was killed before; opened_s how long the store
    took to open afterwards.
    """

    shown_s: int
    lost_s: int
    lecture_s: float | None
    picture_s: float | None
    opened_s: float


def kill_windows(times: int, folder: Path, dice: random.Random) -> list[WindowKill]:
    """Kill windows on one store, each of which comes after the last; look what it has."""
    store_dir, home = folder / "store", folder / "home"
    home.mkdir()
    kills: list[WindowKill] = []
    kept: dict[int, int] = {}
    for _ in range(times):
        window = Victim(("-m", "tests.faults.watched_window", str(store_dir)), home)
        if dice.random() < EARLY:
            window.ends_within(dice.uniform(0.0, OPENING_S))
        else:
            assert window.wait_for(PICTURE), window.output
            window.ends_within(dice.uniform(0.0, LONGEST_S))
        killed_at_s = window.kill()
        began_s = time.monotonic()
        with open_store(store_dir) as store:
            opened_s = time.monotonic() - began_s
            kills.append(_judge(window, store, kept, killed_at_s, opened_s))
    return kills


def _judge(
    window: Victim, store: Store, kept: dict[int, int], killed_at_s: float, opened_s: float
) -> WindowKill:
    """Compare what was shown with what is stored; kept are the seconds of earlier sessions."""
    assert "Traceback" not in window.output, window.output
    picture = next((line.after_s for line in window.lines if line.text == PICTURE), None)
    shown_s = max((int(line.text) for line in window.lines if line.text.isdigit()), default=0)
    infos = {info.session_id: info for info in store.list_sessions()}
    assert {key: infos[key].seconds for key in kept} == kept
    fresh = [info for key, info in infos.items() if key not in kept]
    kept.update({info.session_id: info.seconds for info in fresh})
    if not fresh:
        return WindowKill(shown_s, shown_s, None, picture, opened_s)
    (info,) = fresh
    assert info.state is SessionState.INTERRUPTED
    points = store.points(info.session_id)
    assert [point.t_s for point in points] == list(range(info.seconds))
    lecture_s = killed_at_s - info.started_at.timestamp() - info.seconds
    return WindowKill(shown_s, max(0, shown_s - info.seconds), lecture_s, picture, opened_s)
