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


def run_bench(parts: BenchParts, depth: Depth, progress: Progress) -> Bench:
    """Measure everything; progress is told what comes next. Raises EnvironmentProblem."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return _Run(parts, depth, progress, Path(folder)).whole()


class _Run:
    """One run of the benchmark: a method for each part, in a folder for what needs files."""

    def __init__(self, parts: BenchParts, depth: Depth, progress: Progress, folder: Path) -> None:
        self._parts = parts
        self._depth = depth
        self._progress = progress
        self._folder = folder
        self._recording = folder / "empty.mp4"

    def whole(self) -> Bench:
        """Measure everything, the machine first and the longest parts last."""
        begun_s = time.monotonic()
        machine, limits = self._machine()
        material = self._material()
        finders = [self._finder(choice, material) for choice in self._parts.finders]
        stages = self._stages(material)
        self._progress("Keras")
        keras = self._parts.keras(COMPARED_BATCH, self._depth.keras_s)
        networks = _networks(self._parts.bundle)
        engines = list(self._engines(material, limits, keras, networks))
        self._progress("a GPU")
        gpu = self._parts.gpu(GPU_BATCHES, self._depth.run_s)
        return Bench(
            machine=machine,
            limits=limits,
            networks=networks,
            finders=finders,
            stages=stages,
            keras=keras,
            gpu=gpu,
            engines=engines + _gpu_rates(gpu, keras, networks),
            live=list(self._live()),
            start=self._start(),
            recording=self._recorded(material),
            took_s=time.monotonic() - begun_s,
        )

    def _machine(self) -> tuple[Machine, Limits]:
        self._progress("the machine")
        machine = describe_machine()
        one_thread_gflops = self._parts.matrix_one_thread(self._depth.limits_s)
        return machine, measure_limits(self._depth.limits_s, one_thread_gflops)

    def _material(self) -> Material:
        self._progress("drawing the hall")
        write_recording(self._recording, draw_hall(0), RATE_HZ)
        return make_material(self._parts.open_finder)

    def _finder(self, choice: FinderChoice, material: Material) -> FinderTime:
        self._progress(f"finding faces: {choice.finder}, {choice.mode}")
        return measure_finder(choice, material, FINDER_RUNS * self._depth.run_s)

    def _stages(self, material: Material) -> list[StageTime]:
        self._progress("stages")
        parts = StageParts(
            self._parts.bundle.crop,
            self._parts.open_classifier,
            self._folder / "stages",
            self._recording,
        )
        return measure_stages(material, parts, self._depth.run_s)

    def _engines(
        self,
        material: Material,
        limits: Limits,
        keras: KerasRates,
        networks: Mapping[str, NetworkCost],
    ) -> Iterator[EngineRate]:
        picture, crop = material.pictures_bgr[0], self._parts.bundle.crop
        crops = cut_crops(picture, material.boxes, crop).images
        for choice in self._parts.engines:
            self._progress(f"engine {choice.engine}, threads: {choice.threads}")
            against = yardsticks_for(choice, limits, keras, networks.get(choice.engine))
            for batch, ms in measure_engine(choice, crops, self._depth.run_s).items():
                yield engine_rate(choice.engine, choice.threads, batch, ms, against)

    def _live(self) -> Iterator[LiveFigures]:
        for faces in self._depth.live_faces:
            self._progress(f"a live session, faces: {faces}")
            figures = self._parts.live(faces, self._depth.settle_s, self._depth.live_s)
            if figures is not None:
                yield figures

    def _start(self) -> StartTimes:
        self._progress("start-up")
        return self._parts.start(self._depth.starts)

    def _recorded(self, material: Material) -> RecordingSpeed:
        """Analyse a recording of the hall, in a store of its own."""
        self._progress("a recording")
        seconds, pictures = self._depth.recording_s, material.pictures_bgr
        begun_s = time.monotonic()
        self._parts.analyse(
            lambda: DressedRecording(self._recording, pictures, seconds, RATE_HZ),
            self._folder / "recording",
            RECORDING_RATE_HZ,
        )
        wall_s = time.monotonic() - begun_s
        return RecordingSpeed(material.faces, seconds, RECORDING_RATE_HZ, wall_s, seconds / wall_s)


def _networks(bundle: Bundle) -> dict[str, NetworkCost]:
    """What each of a bundle's TensorFlow Lite graphs asks for."""
    roles = [engine for engine in CPU_ENGINES if engine in bundle.roles]
    return {role: network_cost(bundle.read_file(role)) for role in roles}


def _gpu_rates(
    gpu: GpuTimes, keras: KerasRates, networks: Mapping[str, NetworkCost]
) -> list[EngineRate]:
    """The GPU computes in float32, as the float32 graph does."""
    against = EngineYardsticks(gpu.float32_gflops, None, keras, networks.get("litert-float32"))
    return [engine_rate(GPU_ENGINE, 0, batch, ms, against) for batch, ms in gpu.batch_ms.items()]
