"""The short form of tests/endurance.py: what a session leaves behind when it is over."""

from __future__ import annotations

import gc
from pathlib import Path

from tests.endurance import Endurance, Footprint, footprint, run
from tests.live.rig import eventually

SHORT = Endurance(frames=300, looks_hz=5.0, every_s=1.0, faces=5)
MOST_GROWTH_MIB = 100.0
"""A leaked picture a look would be 132 MiB; allocators keep some memory for themselves."""


def ignore(found: Footprint) -> None:
    """Tell nobody."""


def test_a_session_leaves_no_thread_and_no_handle_and_little_memory(tmp_path: Path) -> None:
    run(SHORT, tmp_path / "first", ignore)  # what is loaded once for all is loaded now
    gc.collect()
    before = footprint(0.0)
    during = run(SHORT, tmp_path / "second", ignore)
    assert len(during) >= 4
    assert during[-1].threads > before.threads
    assert during[-1].rss_mib < during[1].rss_mib + MOST_GROWTH_MIB
    gc.collect()
    # Idle workers that earlier tests left may end meanwhile, with their handles.
    eventually(lambda: footprint(0.0).threads <= before.threads)
    after = footprint(0.0)
    assert after.handles <= before.handles
    assert after.rss_mib < before.rss_mib + MOST_GROWTH_MIB
