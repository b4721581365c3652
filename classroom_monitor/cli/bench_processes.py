"""Runs the parts of `bench` that want a process of their own, and reads their figures."""

from __future__ import annotations

import importlib.util
import json
import logging
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from classroom_monitor.benchmark.engines import GpuTimes, KerasRates
from classroom_monitor.benchmark.live_figures import LiveFigures
from classroom_monitor.benchmark.machine import ONE_THREAD
from classroom_monitor.benchmark.plan import StartTimes
from classroom_monitor.benchmark.timing import Timing
from classroom_monitor.contracts import FinderName, Mode
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.own_process import module_command, module_environment

logger = logging.getLogger(__name__)

_PART_TIMEOUT_S = 300.0
_START_TIMEOUT_S = 30.0
_NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}
_NO_KERAS = "Keras and TensorFlow are not installed (pip install 'classroom-monitor[train]')"


class PartProblem(EnvironmentProblem):
    """A part of the benchmark could not be measured in its process; reason is what it said."""

    def __init__(self, part: str, reason: str) -> None:
        self.reason = reason.removeprefix("classroom-monitor: ")
        super().__init__(f"bench cannot measure the part '{part}': {self.reason}")


def run_part(part: str, *arguments: object, environment: Mapping[str, str] | None = None) -> Any:
    """Run a command of cli/bench_part.py and return the JSON that it prints.

    Raises PartProblem with the last line that it left on stderr, where it fails.
    """
    command = [*module_command("classroom_monitor"), "bench-part", part]
    try:
        result = subprocess.run(
            [*command, *map(str, arguments)],
            capture_output=True,
            text=True,
            timeout=_PART_TIMEOUT_S,
            check=False,
            env={**module_environment(), **(environment or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise PartProblem(part, f"it took more than {_PART_TIMEOUT_S:.0f} s") from error
    if result.returncode == 0:
        try:
            return json.loads(result.stdout)
        except ValueError:
            logger.debug("bench-part %s printed %r", part, result.stdout)
    lines = result.stderr.strip().splitlines() or [f"exit code {result.returncode}"]
    raise PartProblem(part, lines[-1])


def matrix_one_thread(budget_s: float) -> float:
    """Return the rate of float32 matrix multiplication with one thread, in GFLOP/s."""
    return float(run_part("matrix", "--budget", budget_s, environment=ONE_THREAD))


def keras_rates(model: Path, batch: int, budget_s: float) -> KerasRates:
    """Return how fast Keras runs the model, or why that isn't known."""
    if any(importlib.util.find_spec(name) is None for name in ("keras", "tensorflow")):
        return KerasRates(None, None, _NO_KERAS)
    try:
        one_predict, tf_function = run_part(
            "keras", "--model", model, "--batch", batch, "--budget", budget_s
        )
    except PartProblem as problem:
        return KerasRates(None, None, problem.reason)
    return KerasRates(one_predict, tf_function, "")


def gpu_times(model: Path, batches: Sequence[int], budget_s: float) -> GpuTimes:
    """Return how fast a GPU runs the model, or why that isn't known."""
    sizes = [argument for batch in batches for argument in ("--batch", batch)]
    try:
        given = run_part("gpu", "--model", model, *sizes, "--budget", budget_s)
    except PartProblem as problem:
        return GpuTimes("", None, {}, problem.reason)
    batch_ms = {int(batch): float(ms) for batch, ms in given["batch_ms"]}
    return GpuTimes(given["device"], given["float32_gflops"], batch_ms, "")


class LiveRuns:
    """Runs live sessions with the window, or without it where none can be opened."""

    def __init__(self, model: Path, finder: FinderName, mode: Mode) -> None:
        """Take the folder of the model that scores, and what finds faces."""
        self._how = ("--model", model, "--finder", finder, "--mode", mode)
        self._window = True

    def run(self, faces: int, settle_s: float, seconds: float) -> LiveFigures | None:
        """Run a session and return its figures; None where it ended too soon."""
        if self._window:
            try:
                return self._run(faces, settle_s, seconds)
            except PartProblem as problem:
                logger.info("no window here: %s", problem)
                self._window = False
        return self._run(faces, settle_s, seconds)

    def _run(self, faces: int, settle_s: float, seconds: float) -> LiveFigures | None:
        length = ("--settle", settle_s, "--seconds", seconds)
        window = "--window" if self._window else "--no-window"
        given = run_part(
            *("live", "--faces", faces, *length, *self._how, window), environment=_NO_SCREEN
        )
        return None if given is None else live_figures(given)


def live_figures(given: dict[str, Any]) -> LiveFigures:
    """Return the figures that dataclasses.asdict made the mapping of."""
    times = {
        name: Timing(**given[name]) if given[name] is not None else None
        for name in ("result_ms", "plot_ms", "second_ms")
    }
    return LiveFigures(**{**given, **times})


def start_times(starts: int) -> StartTimes:
    """Start the program on its demo again and again; the first start, before others, warms up."""
    windows, faces = [], []
    for _ in range(starts + 1):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as store:
            timeout = ("--timeout", _START_TIMEOUT_S, "--store", store)
            try:
                times = run_part(
                    *("start", "--since", time.time(), *timeout), environment=_NO_SCREEN
                )
            except PartProblem as problem:
                return StartTimes(None, None, 0, problem.reason)
        windows.append(times["window_s"])
        faces.append(times["faces_s"])
    return StartTimes(_median(windows[1:]), _median(faces[1:]), starts, "")


def _median(times_s: list[float | None]) -> float | None:
    known = [one for one in times_s if one is not None]
    return median(known) if len(known) == len(times_s) else None
