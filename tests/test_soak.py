"""A short form of tests/soak.py: a lecture with every kind of fault leaves nothing behind."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.endurance import Footprint, footprint
from tests.live.rig import eventually
from tests.soak import FAULTS, Lecture, Soaked, lost_seconds, soak

MOST_GROWTH_MIB = 40.0
"""A leaked picture a look would be 400 MiB; allocators keep some memory for themselves."""


def ignore(found: Footprint) -> None:
    """Tell nobody."""


def run(folder: Path) -> Soaked:
    folder.mkdir()
    return soak(Lecture(300.0, 2.0, 40.0), folder, 60.0, ignore)


def test_a_lecture_full_of_faults_is_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    threads = threading.active_count()
    run(tmp_path / "first")  # what is loaded once for all is loaded now
    eventually(lambda: threading.active_count() <= threads)
    before = footprint(0.0)
    soaked = run(tmp_path / "second")
    assert {kind for _, kind in soaked.injected} == set(FAULTS)
    assert [point.t_s for point in soaked.points] == list(range(300))
    assert lost_seconds(soaked) == []
    assert soaked.store_files == {"sessions.sqlite"}
    eventually(lambda: threading.active_count() <= threads)
    after = footprint(0.0)
    assert (after.threads, after.handles) == (before.threads, before.handles)
    assert after.rss_mib < before.rss_mib + MOST_GROWTH_MIB
