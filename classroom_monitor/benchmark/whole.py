"""The whole benchmark in one run: what is measured, in which order, and how long each takes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from classroom_monitor.benchmark.cameras import RATE_HZ, DressedRecording, write_recording
from classroom_monitor.benchmark.engines import (
    COMPARED_BATCH,
    GPU_BATCHES,
    EngineRate,
    EngineYardsticks,
    GpuTimes,
    KerasRates,
    engine_rate,
    measure_engine,
    yardsticks_for,
)
from classroom_monitor.benchmark.finders import FinderChoice, FinderTime, measure_finder
from classroom_monitor.benchmark.hall import draw_hall
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.benchmark.machine import (
    Limits,
    Machine,
    describe_machine,
    measure_limits,
)
from classroom_monitor.benchmark.material import Material, make_material
from classroom_monitor.benchmark.network_cost import NetworkCost, network_cost
from classroom_monitor.benchmark.plan import BenchParts, Depth, RecordingSpeed, StartTimes
from classroom_monitor.benchmark.stages import StageParts, StageTime, measure_stages
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.classifier import CPU_ENGINES, GPU_ENGINE
from classroom_monitor.vision.crops import cut_crops

Progress = Callable[[str], None]
"""Told what is measured next."""

FINDER_RUNS = 8
"""A look takes different parts of the picture each time: many are needed for a mean."""

RECORDING_RATE_HZ = 5.0
"""Frames looked at per second of a recording, as analyze does by default."""


@dataclass(frozen=True, slots=True)
class Bench:
    """All that was measured, in the order in which it was."""

    machine: Machine
    limits: Limits
    networks: dict[str, NetworkCost]
    finders: list[FinderTime]
    stages: list[StageTime]
    keras: KerasRates
    gpu: GpuTimes
    engines: list[EngineRate]
    live: list[LiveFigures]
    start: StartTimes
    recording: RecordingSpeed
    took_s: float


@dataclass(frozen=True, slots=True)
class Known:
    """What engines are held against."""

    limits: Limits
    keras: KerasRates
    networks: Mapping[str, NetworkCost]


def run_bench(parts: BenchParts, depth: Depth, progress: Progress) -> Bench:
    """Measure everything; progress is told what comes next. Raises EnvironmentProblem."""
    begun_s = time.monotonic()
    progress("the machine")
    machine = describe_machine()
    limits = measure_limits(depth.limits_s, parts.matrix_one_thread(depth.limits_s))
    progress("drawing the hall")
    material = make_material(parts.open_finder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        recording = folder / "empty.mp4"
        write_recording(recording, draw_hall(0), RATE_HZ)
        finders = [_finder(choice, material, depth, progress) for choice in parts.finders]
        progress("stages")
        stages = measure_stages(material, _stage_parts(parts, folder, recording), depth.run_s)
        progress("Keras")
        keras = parts.keras(COMPARED_BATCH, depth.keras_s)
        networks = _networks(parts.bundle)
        known = Known(limits, keras, networks)
        engines = list(_engines(parts, material, known, depth, progress))
        progress("a GPU")
        gpu = parts.gpu(GPU_BATCHES, depth.run_s)
        engines += _gpu_rates(gpu, known)
        live = list(_live(parts, depth, progress))
        progress("start-up")
        start = parts.start(depth.starts)
        progress("a recording")
        recorded = _recorded(parts, material, (folder, recording), depth.recording_s)
    return Bench(
        machine=machine,
        limits=limits,
        networks=networks,
        finders=finders,
        stages=stages,
        keras=keras,
        gpu=gpu,
        engines=engines,
        live=live,
        start=start,
        recording=recorded,
        took_s=time.monotonic() - begun_s,
    )


def _finder(
    choice: FinderChoice, material: Material, depth: Depth, progress: Progress
) -> FinderTime:
    progress(f"finding faces: {choice.finder}, {choice.mode}")
    return measure_finder(choice, material, FINDER_RUNS * depth.run_s)


def _stage_parts(parts: BenchParts, folder: Path, recording: Path) -> StageParts:
    return StageParts(parts.bundle.crop, parts.open_classifier, folder / "stages", recording)


def _networks(bundle: Bundle) -> dict[str, NetworkCost]:
    """What each of a bundle's TensorFlow Lite graphs asks for."""
    roles = [engine for engine in CPU_ENGINES if engine in bundle.roles]
    return {role: network_cost(bundle.read_file(role)) for role in roles}


def _engines(
    parts: BenchParts, material: Material, known: Known, depth: Depth, progress: Progress
) -> Iterator[EngineRate]:
    crops = cut_crops(material.pictures_bgr[0], material.boxes, parts.bundle.crop).images
    for choice in parts.engines:
        progress(f"engine {choice.engine}, {choice.threads} threads")
        network = known.networks.get(choice.engine)
        against = yardsticks_for(choice, known.limits, known.keras, network)
        for batch, ms in measure_engine(choice, crops, depth.run_s).items():
            yield engine_rate(choice.engine, choice.threads, batch, ms, against)


def _gpu_rates(gpu: GpuTimes, known: Known) -> Iterator[EngineRate]:
    """The GPU computes in float32, as the float32 graph does."""
    network = known.networks.get("litert-float32")
    against = EngineYardsticks(gpu.float32_gflops, None, known.keras, network)
    for batch, ms in gpu.batch_ms.items():
        yield engine_rate(GPU_ENGINE, 0, batch, ms, against)


def _live(parts: BenchParts, depth: Depth, progress: Progress) -> Iterator[LiveFigures]:
    for faces in depth.live_faces:
        progress(f"a live session with {faces} faces")
        figures = parts.live(faces, depth.settle_s, depth.live_s)
        if figures is not None:
            yield figures


def _recorded(
    parts: BenchParts, material: Material, places: tuple[Path, Path], seconds: float
) -> RecordingSpeed:
    """Analyse a recording of the hall, in a store of its own."""
    folder, recording = places
    pictures = material.pictures_bgr
    begun_s = time.monotonic()
    parts.analyse(
        lambda: DressedRecording(recording, pictures, seconds, RATE_HZ),
        folder / "recording",
        RECORDING_RATE_HZ,
    )
    wall_s = time.monotonic() - begun_s
    return RecordingSpeed(material.faces, seconds, RECORDING_RATE_HZ, wall_s, seconds / wall_s)
