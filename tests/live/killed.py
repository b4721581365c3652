"""Run by test_killed.py as a process of its own, to be killed in the middle.

Arguments: "recording" or "live", a clip, a store's folder. Writes a line with the seconds done
after each look.
"""

from __future__ import annotations

import sys
from pathlib import Path

from classroom_monitor.live.parts import SessionParts
from classroom_monitor.live.recording import RecordingRequest, analyse_recording
from classroom_monitor.live.session import LiveSession
from classroom_monitor.sessions.store import open_store
from classroom_monitor.vision.recording import RecordingCamera
from tests.fakes.analyser import FakeAnalyser
from tests.live.rig import PLAN


def tell(done_s: float, total_s: float | None = None) -> None:
    sys.stdout.write(f"{done_s}\n")
    sys.stdout.flush()


def main(kind: str, clip: Path, folder: Path) -> None:
    analyser = FakeAnalyser()
    parts = SessionParts(
        make_camera=lambda: RecordingCamera(clip),
        make_follower=analyser.make_follower,
        make_scorer=analyser.make_scorer,
        open_store=lambda: open_store(folder),
    )
    if kind == "recording":
        analyse_recording(RecordingRequest(PLAN, parts, rate_hz=10.0), tell)
        return
    session = LiveSession(PLAN, parts)
    session.start()
    while not session.wait(0.02):
        tell(session.elapsed_s or 0.0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
