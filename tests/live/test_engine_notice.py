"""A session tells when an engine failed and another one scores."""

from __future__ import annotations

from classroom_monitor.contracts import CaptureState
from classroom_monitor.vision.follower import Followed
from tests.live.rig import Rig, eventually

NOTICE = "the engine gpu failed (it is gone): scoring goes on with cpu"


def test_an_engine_that_fails_while_a_session_runs_is_told(rig: Rig) -> None:
    def fail_at_the_third_look(followed: Followed) -> None:
        if len(rig.analyser.at_s) == 2:
            rig.analyser.engine, rig.analyser.engine_notice = "cpu", NOTICE

    rig.analyser.engine = "gpu"
    rig.analyser.while_scoring = fail_at_the_third_look
    rig.gives(13, rig.hang())
    rig.run_to(points=1)
    eventually(lambda: rig.snapshot().status.engine == "cpu")
    status = rig.snapshot().status
    assert status.capture is CaptureState.RUNNING
    assert status.message == NOTICE
    assert rig.snapshot().fault is None


def test_an_engine_that_fails_as_it_loads_is_told(rig: Rig) -> None:
    rig.analyser.engine_notice = NOTICE
    rig.gives(13, rig.hang())
    rig.run_to(points=1)
    assert rig.snapshot().status.message == NOTICE
