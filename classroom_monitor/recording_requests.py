"""What there is to do for a recording: a new session, or its interrupted one gone on with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from classroom_monitor import __version__
from classroom_monitor.app import RunOptions, session_parts, session_plan
from classroom_monitor.live.recording import Interrupted, RecordingRequest
from classroom_monitor.sessions.store import find_interrupted, open_store
from classroom_monitor.vision.fingerprint import recording_fingerprint

STORE_WAIT_S = 60.0
"""Recordings that are analysed side by side save in turn, and none of them is in a hurry."""


def recording_request(
    source: str, options: RunOptions, rate_hz: float, course: str = ""
) -> RecordingRequest:
    """Return what there is to do for a recording. Raises EnvironmentProblem."""
    return RecordingRequest(
        plan=session_plan(source, "", options, course),
        parts=replace(
            session_parts(source, options),
            open_store=partial(open_store, options.store_dir, wait_s=STORE_WAIT_S),
        ),
        rate_hz=rate_hz,
        job=recording_job(Path(source), options, rate_hz),
    )


def going_on(request: RecordingRequest, store_dir: Path) -> RecordingRequest:
    """Return the request with the recording's last session to go on with, if it was interrupted.

    Raises StoreProblem.
    """
    info = find_interrupted(store_dir, request.job)
    if info is None:
        return request
    return replace(request, interrupted=Interrupted(info.session_id, info.seconds))


def recording_job(path: Path, options: RunOptions, rate_hz: float) -> str:
    """Return a digest of everything that a recording's timeline depends on.

    That is the recording, the options, the model and the program's version. "" where the recording
    or the model cannot be read: whoever opens it says why.
    """
    chosen = asdict(options)
    del chosen["store_dir"]
    try:
        chosen["model"] = "" if options.counts_only else _model_digest(options.model)
        parts = [path.name, recording_fingerprint(path), chosen, rate_hz, __version__]
    except OSError:
        return ""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _model_digest(folder: Path) -> str:
    """Return a digest of bundle.json, which holds those of all other files. Raises OSError."""
    return hashlib.sha256((folder / "bundle.json").read_bytes()).hexdigest()
