"""The benchmark's figures as a document and as tables to read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from classroom_monitor.benchmark.engines import COMPARED_BATCH, EngineRate
from classroom_monitor.benchmark.timing import Timing
from classroom_monitor.benchmark.whole import Bench

_BUSY = 0.15  # a system's own doings stay below
_DIGITS = 4  # of every figure in the document: timings aren't surer than that


def bench_document(bench: Bench) -> dict[str, Any]:
    """Return the figures as plain mappings, lists, numbers and texts for a JSON document.

    Keys are the fields of Bench and of the records in it, and best: that of engines with the most
    faces a second at COMPARED_BATCH. Figures have four significant digits.
    """
    best = best_engine(bench.engines)
    fields = {**dataclasses.asdict(bench), "best": best and dataclasses.asdict(best)}
    document: dict[str, Any] = _rounded(fields)
    return document


def best_engine(rates: Sequence[EngineRate]) -> EngineRate | None:
    """Return the rate of the quickest engine where it is compared with Keras, if there is one."""
    compared = [rate for rate in rates if rate.batch == COMPARED_BATCH]
    return max(compared, key=lambda rate: rate.faces_per_s, default=None)


def bench_text(bench: Bench) -> str:
    """Return the figures as tables, a section for each part."""
    sections = (
        _machine(bench),
        _stages(bench),
        _engines(bench),
        _live(bench),
        _whole(bench),
    )
    return "\n\n".join("\n".join(section) for section in sections)


def _machine(bench: Bench) -> Iterator[str]:
    machine, limits = bench.machine, bench.limits
    yield f"{machine.cpu}, {machine.cores} cores, {machine.memory_gib:.0f} GiB, {machine.system}"
    busy = f"Other programs used {machine.busy_share:.0%} of the cores"
    yield f"{busy}." if machine.busy_share < _BUSY else f"{busy}: figures suffer; close them."
    one = limits.float32_gflops_one_thread
    yield (
        f"Limits: float32 {_number(one)} GFLOP/s with one thread, "
        f"{limits.float32_gflops_all_threads:.0f} with all; copying {limits.copy_gb_per_s:.1f} GB/s"
    )
    for engine, network in bench.networks.items():
        yield (
            f"Network, {engine}: {network.multiply_adds / 1e6:.1f} million multiply-adds a face, "
            f"{network.weight_bytes / 1e6:.2f} MB of weights, "
            f"{network.activation_bytes / 1e6:.2f} MB of activations"
        )


def _stages(bench: Bench) -> Iterator[str]:
    yield f"{'Stage':<14} {'work':<38} {'median ms':>10} {'99% ms':>8}"
    for stage in bench.stages:
        yield f"{stage.stage:<14} {stage.work:<38} {_times(stage.time)}"
    for finder in bench.finders:
        name = f"{finder.finder}, {finder.mode}"
        yield f"{'find':<14} {name:<38} {_times(finder.looking)}"
        yield (
            f"{'':<14}   mean {finder.mean_ms:.1f}, first look {finder.first_ms:.0f}; "
            f"{finder.followed} of {finder.faces} faces followed"
        )
        yield f"{'follow':<14} {name:<38} {_times(finder.following)}"


def _engines(bench: Bench) -> Iterator[str]:
    keras = bench.keras
    if keras.reason:
        yield f"Not compared with Keras: {keras.reason}"
    else:
        yield (
            f"Keras: {_number(keras.one_predict)} faces/s with one predict a face, "
            f"{_number(keras.tf_function)} with a tf.function on a batch"
        )
    yield (
        f"{'Engine':<18} {'threads':>7} {'batch':>5} {'faces/s':>9} {'ms a face':>10} "
        f"{'x predict':>9} {'x tf.func':>9} {'of limit':>8}"
    )
    if bench.gpu.device:
        yield f"GPU: {bench.gpu.device}, {_number(bench.gpu.float32_gflops)} GFLOP/s in float32"
    for rate in bench.engines:
        yield (
            f"{rate.engine:<18} {rate.threads or '':>7} {rate.batch:>5} {rate.faces_per_s:>9.0f} "
            f"{rate.ms / rate.batch:>10.3f} {_number(rate.times_predict):>9} "
            f"{_number(rate.times_tf_function, 1):>9} {_number(rate.share_of_limit, 2):>8}"
        )
    best = best_engine(bench.engines)
    if best is not None and best.times_predict is not None:
        threads = f" with {best.threads} threads" if best.threads > 1 else ""
        yield f"{best.batch} faces at once on {best.engine}{threads}, times as fast as"
        yield (
            f"one predict a face: {_number(best.times_predict)}, "
            f"a tf.function on a batch: {_number(best.times_tf_function, 1)}"
        )


def _live(bench: Bench) -> Iterator[str]:
    yield (
        f"{'Live: faces':<11} {'seen':>5} {'fps':>5} {'lost':>4} {'skip':>4} {'looks/s':>7} "
        f"{'scores/s':>8} {'least':>5} {'to plot':>7} {'99%':>5} "
        f"{'drawn/s':>7} {'held':>5} {'CPU':>4} {'MiB':>5}"
    )
    for run in bench.live:
        median_ms = run.plot_ms.median_ms if run.plot_ms else None
        p99_ms = run.plot_ms.p99_ms if run.plot_ms else None
        yield (
            f"{run.faces:>11} {run.followed:>5.1f} {run.capture_fps:>5.1f} {run.lost:>4} "
            f"{run.skipped:>4} {run.looks_per_s:>7.1f} {_number(run.scores_per_face_per_s, 1):>8} "
            f"{_number(run.least_scores_per_s, 1):>5} {_number(median_ms):>7} "
            f"{_number(p99_ms):>5} {run.window_fps:>7.1f} {run.held_ms:>5.0f} "
            f"{run.cpu_share:>4.0%} {run.peak_memory_mib:>5.0f}"
        )
        if run.message:
            yield f"{'':>11} {run.message}"
    yield "Times to plot in ms from capture; drawn/s is the window's, without a screen;"
    yield "held: the longest time in ms that it took to come back to the session, at best 33."
    if not all(run.window for run in bench.live):
        yield "No window could be opened here: times are to the snapshot that it would draw."


def _whole(bench: Bench) -> Iterator[str]:
    start, recording = bench.start, bench.recording
    if start.reason:
        yield f"Start-up not measured: {start.reason}"
    else:
        yield (
            f"Start-up: window after {_number(start.window_s, 2)} s, "
            f"faces after {_number(start.faces_s, 2)} s (median of {start.starts})"
        )
    yield (
        f"Recording: {recording.seconds:.0f} s with {recording.faces} faces at "
        f"{recording.rate_hz:.0f} looks a second in {recording.wall_s:.1f} s, "
        f"{recording.times_real_time:.1f} times as fast as it was"
    )
    yield f"The benchmark took {bench.took_s:.0f} s."


def _times(time: Timing) -> str:
    return f"{time.median_ms:>10.2f} {time.p99_ms:>8.2f}"


def _number(value: float | None, digits: int = 0) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(one) for one in value]
    return value
