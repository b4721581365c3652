"""What the benchmark consists of: how long each part takes, and what it is handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from classroom_monitor.benchmark.engines import EngineChoice, GpuTimes, KerasRates
from classroom_monitor.benchmark.finders import FinderChoice
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.contracts import Camera, Classifier, FaceFinder
from classroom_monitor.vision.bundle import Bundle


@dataclass(frozen=True, slots=True)
class Depth:
    """How long each part is measured, in seconds, and for how many faces live sessions run."""

    limits_s: float
    run_s: float
    keras_s: float
    settle_s: float
    live_s: float
    live_faces: Sequence[int]
    starts: int
    recording_s: float


FULL = Depth(
    limits_s=2.0,
    run_s=0.3,
    keras_s=2.5,
    settle_s=3.0,
    live_s=4.0,
    live_faces=(1, 5, 10, 20, 30, 40, 80),
    starts=3,
    recording_s=60.0,
)
QUICK = Depth(
    limits_s=0.6,
    run_s=0.1,
    keras_s=1.0,
    settle_s=2.0,
    live_s=2.0,
    live_faces=(5, 30),
    starts=1,
    recording_s=15.0,
)


@dataclass(frozen=True, slots=True)
class StartTimes:
    """Seconds from the command to the window on screen, and to the demo's faces in sight.

    Medians of so many starts, the first one left out where there are more; None where it did
    not come, and then reason says why.
    """

    window_s: float | None
    faces_s: float | None
    starts: int
    reason: str


@dataclass(frozen=True, slots=True)
class RecordingSpeed:
    """What analysing a recording of so many seconds took, models and store included."""

    faces: int
    seconds: float
    rate_hz: float
    wall_s: float
    times_real_time: float


@dataclass(frozen=True, slots=True)
class BenchParts:
    """What is measured, handed over by whoever may choose concrete parts.

    matrix_one_thread, keras, gpu, live and start run in processes of their own. analyse makes a
    session of a recording in a folder, looking at so many frames a second.
    """

    bundle: Bundle
    engines: Sequence[EngineChoice]
    finders: Sequence[FinderChoice]
    open_finder: Callable[[], FaceFinder]
    open_classifier: Callable[[], Classifier]
    matrix_one_thread: Callable[[float], float]
    keras: Callable[[int, float], KerasRates]
    gpu: Callable[[Sequence[int], float], GpuTimes]
    live: Callable[[int, float, float], LiveFigures | None]
    start: Callable[[int], StartTimes]
    analyse: Callable[[Callable[[], Camera], Path, float], None]
