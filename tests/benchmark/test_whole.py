"""The whole benchmark on fakes: what its document and its tables hold. No figure is judged."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from classroom_monitor.benchmark.engines import EngineChoice, GpuTimes, KerasRates
from classroom_monitor.benchmark.finders import FinderChoice
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.benchmark.plan import FULL, QUICK, BenchParts, Depth, StartTimes
from classroom_monitor.benchmark.report import bench_document, bench_text
from classroom_monitor.benchmark.timing import Timing
from classroom_monitor.benchmark.whole import Bench, run_bench
from classroom_monitor.cli import command_line
from classroom_monitor.contracts import Camera, EndOfRecording, FaceBox
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.bundle import load_bundle
from tests.fakes.classifier import FakeClassifier
from tests.fakes.finder import FakeFinder

TINY = Depth(
    limits_s=0.0,
    run_s=0.0,
    keras_s=0.0,
    settle_s=0.5,
    live_s=1.0,
    live_faces=(1, 40),
    starts=1,
    recording_s=0.5,
)
BOXES = tuple(FaceBox(40.0 + 90 * place, 200.0, 60.0, 60.0, 0.9) for place in range(8))
FOUND = Timing(15.0, 20.0, 45.0, 12)


def live_figures(faces: int, *, window: bool = True) -> LiveFigures:
    return LiveFigures(
        faces=faces,
        seconds=1.0,
        window=window,
        engine="fake",
        finder="fake",
        capture_fps=30.0,
        lost=0,
        skipped=4,
        missed=0,
        looks_per_s=12.0,
        followed=float(faces),
        scores_per_face_per_s=5.0,
        least_scores_per_s=None,
        result_ms=FOUND,
        plot_ms=FOUND,
        second_ms=None,
        window_fps=29.0,
        held_ms=40.0,
        cpu_share=0.5,
        camera_ms=0.1,
        peak_memory_mib=321.0,
        pictures_mib=50.0,
        message="",
    )


class Fakes:
    """Parts that write down what they were asked."""

    def __init__(self, *, keras: KerasRates, gpu: GpuTimes, start: StartTimes) -> None:
        self.keras_rates, self.gpu_times, self.start_times = keras, gpu, start
        self.live_asked: list[tuple[int, float, float]] = []
        self.decoded = 0

    def parts(self) -> BenchParts:
        return BenchParts(
            bundle=load_bundle(models_dir() / "best"),
            engines=[EngineChoice("litert-int8", 1, FakeClassifier, (1, 32))],
            finders=[FinderChoice("fake", "room", lambda: FakeFinder(BOXES))],
            open_finder=lambda: FakeFinder(BOXES),
            open_classifier=FakeClassifier,
            matrix_one_thread=lambda budget_s: 50.0,
            keras=lambda batch, budget_s: self.keras_rates,
            gpu=self.gpu,
            live=self.live,
            start=lambda starts: self.start_times,
            analyse=self.analyse,
        )

    def gpu(self, batches: Sequence[int], budget_s: float) -> GpuTimes:
        return self.gpu_times

    def live(self, faces: int, settle_s: float, seconds: float) -> LiveFigures | None:
        self.live_asked.append((faces, settle_s, seconds))
        has_window = not self.start_times.reason
        return live_figures(faces, window=has_window) if has_window or faces == 1 else None

    def analyse(self, make_camera: Callable[[], Camera], store: Path, rate_hz: float) -> None:
        camera = make_camera()
        camera.open()
        try:
            while True:
                camera.read()
                self.decoded += 1
        except EndOfRecording:
            camera.close()


def rich() -> Fakes:
    """A machine that has everything."""
    return Fakes(
        keras=KerasRates(10.0, 500.0, ""),
        gpu=GpuTimes("a GPU", 20_000.0, {64: 2.0, 1024: 8.0}, ""),
        start=StartTimes(0.8, 2.5, 1, ""),
    )


def poor() -> Fakes:
    """A machine without Keras, GPU or window."""
    return Fakes(
        keras=KerasRates(None, None, "not installed"),
        gpu=GpuTimes("", None, {}, "there is no GPU"),
        start=StartTimes(None, None, 0, "no window"),
    )


@pytest.fixture(scope="module")
def whole() -> tuple[Bench, Fakes, list[str]]:
    fakes, steps = rich(), list[str]()
    return run_bench(fakes.parts(), TINY, steps.append), fakes, steps


Kind = type | tuple[type, ...]
NUMBER, OPTIONAL = (int, float), (int, float, type(None))
TIMING = {"least_ms": NUMBER, "median_ms": NUMBER, "p99_ms": NUMBER, "runs": int}


def check(value: Any, shape: Any, where: str) -> None:
    """Compare a document with an example of its shape: keys exactly, values by type."""
    if isinstance(shape, dict):
        assert set(value) == set(shape), where
        for key, inner in shape.items():
            check(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        assert value, where
        for one in value:
            check(one, shape[0], where)
    else:
        assert isinstance(value, shape), f"{where}: {value!r}"


SHAPE: dict[str, Any] = {
    "machine": {
        **{"cpu": str, "cores": int, "memory_gib": NUMBER, "system": str, "python": str},
        **{"libraries": {}, "busy_share": NUMBER},
    },
    "limits": {
        "float32_gflops_one_thread": OPTIONAL,
        "float32_gflops_all_threads": NUMBER,
        "copy_gb_per_s": NUMBER,
    },
    "networks": {
        role: dict.fromkeys(
            ("multiply_adds", "parameters", "weight_bytes", "activation_bytes"), int
        )
        for role in ("litert-int8", "litert-float32")
    },
    "finders": [
        {
            **{"finder": str, "mode": str, "first_ms": NUMBER, "mean_ms": NUMBER},
            **{"looking": TIMING, "following": TIMING, "faces": int, "followed": int},
        }
    ],
    "stages": [{"stage": str, "work": str, "time": TIMING}],
    "keras": {"one_predict": OPTIONAL, "tf_function": OPTIONAL, "reason": str},
    "gpu": {"device": str, "float32_gflops": OPTIONAL, "batch_ms": {}, "reason": str},
    "engines": [
        {
            **{"engine": str, "threads": int, "batch": int, "ms": NUMBER, "faces_per_s": NUMBER},
            **dict.fromkeys(("gflops", "share_of_limit", "least_gb_per_s"), OPTIONAL),
            **dict.fromkeys(("share_of_copy", "times_predict", "times_tf_function"), OPTIONAL),
        }
    ],
    "start": {"window_s": OPTIONAL, "faces_s": OPTIONAL, "starts": int, "reason": str},
    "recording": dict.fromkeys(
        ("faces", "seconds", "rate_hz", "wall_s", "times_real_time"), NUMBER
    ),
    "took_s": NUMBER,
}


def test_the_document_has_its_keys_and_types(whole: tuple[Bench, Fakes, list[str]]) -> None:
    document = json.loads(json.dumps(bench_document(whole[0]), allow_nan=False))
    assert document["machine"]["libraries"]["numpy"]
    assert document["gpu"]["batch_ms"] == {"64": 2.0, "1024": 8.0}
    document["machine"]["libraries"] = document["gpu"]["batch_ms"] = {}
    live, best = document.pop("live"), document.pop("best")
    assert best == document["engines"][1]
    check(document, SHAPE, "bench")
    assert [set(run) for run in live] == [{field.name for field in fields(LiveFigures)}] * 2


def test_every_part_was_measured(whole: tuple[Bench, Fakes, list[str]]) -> None:
    bench, fakes, steps = whole
    assert fakes.live_asked == [(1, 0.5, 1.0), (40, 0.5, 1.0)]
    assert fakes.decoded == 15
    assert (bench.finders[0].faces, bench.finders[0].followed) == (30, 8)
    assert [stage.stage for stage in bench.stages] == [
        *("decode JPEG", "decode video", "colour", "quality", "crops"),
        *("score", "score", "timeline", "store"),
    ]
    assert [(rate.engine, rate.batch) for rate in bench.engines] == [
        *(("litert-int8", 1), ("litert-int8", 32)),
        *(("keras-gpu", 64), ("keras-gpu", 1024)),
    ]
    gpu = bench.engines[-1]
    assert gpu.faces_per_s == 128_000
    assert gpu.times_predict == 12_800
    assert gpu.share_of_limit == pytest.approx(2 * 61_578_496 * 128_000 / 20_000e9)
    assert len(steps) == len(set(steps)) == 11


def test_the_tables_tell_the_same(whole: tuple[Bench, Fakes, list[str]]) -> None:
    text = bench_text(whole[0])
    assert "window after 0.80 s, faces after 2.50 s" in text
    assert "10 faces/s with one predict a face, 500 with a tf.function" in text
    assert "GPU: a GPU, 20000 GFLOP/s" in text
    assert "32 faces at once on litert-int8, times as fast as" in text
    row = next(line for line in text.splitlines() if line.split()[:2] == ["40", "40.0"])
    assert row.split()[2:] == [
        *("30.0", "0", "4", "12.0", "5.0", "-", "20", "45", "29.0", "40", "50%", "321")
    ]
    assert max(len(line) for line in text.splitlines()) <= 110


def test_what_could_not_be_measured_is_told() -> None:
    bench = run_bench(poor().parts(), TINY, lambda step: None)
    text = bench_text(bench)
    assert "Not compared with Keras: not installed" in text
    assert "Start-up not measured: no window" in text
    assert all(rate.times_predict is None for rate in bench.engines)
    assert [run.faces for run in bench.live] == [1]  # the other session ended at once
    assert "No window could be opened" in text
    document = bench_document(bench)
    assert document["limits"]["copy_gb_per_s"] == float(f"{bench.limits.copy_gb_per_s:.4g}")
    assert document["networks"]["litert-int8"]["multiply_adds"] == 61_578_496


def test_one_document_is_printed_and_progress_goes_to_stderr(
    whole: tuple[Bench, Fakes, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(parts: BenchParts, depth: Depth, progress: Callable[[str], None]) -> Bench:
        assert parts is asked
        assert depth is QUICK
        progress("the machine")
        return whole[0]

    asked = whole[1].parts()
    monkeypatch.setattr("classroom_monitor.cli.bench._parts", lambda chosen: asked)
    monkeypatch.setattr("classroom_monitor.benchmark.whole.run_bench", told)
    done = CliRunner().invoke(command_line, ["bench", "--quick", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout) == json.loads(json.dumps(bench_document(whole[0])))
    assert done.stderr == "Measuring: the machine\n"


def test_the_quick_way_measures_less() -> None:
    for name in ("limits_s", "run_s", "keras_s", "live_s", "starts", "recording_s"):
        assert getattr(QUICK, name) < getattr(FULL, name)
    assert set(QUICK.live_faces) < set(FULL.live_faces)
