"""A run's history as a table and as curves, refreshed after every epoch."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from classroom_monitor.errors import DataProblem, EnvironmentProblem
from classroom_monitor.files import replace_text
from classroom_monitor.trainer.listener import TrainingListener, TrainingStep

HISTORY = "history.csv"
CURVES = "curves.png"


def write_history(history: Sequence[dict[str, float]], folder: Path) -> None:
    """Write history.csv: a header and a line an epoch, replaced in one go.

    Raises DataProblem where it can't be written.
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, list(history[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(history)
    try:
        replace_text(folder / HISTORY, table.getvalue())
    except OSError as error:
        raise _unwritable(folder / HISTORY, error) from error


def read_history(folder: Path) -> list[dict[str, float]]:
    """Return what write_history wrote."""
    with (folder / HISTORY).open(newline="", encoding="utf-8") as handle:
        return [
            {name: float(value) for name, value in row.items()} for row in csv.DictReader(handle)
        ]


class CurvesOnDisk:
    """Draws curves.png in a run's folder after every epoch, and passes on what it hears.

    A listener itself. Raises EnvironmentProblem where matplotlib is not installed.
    """

    def __init__(self, folder: Path, listener: TrainingListener) -> None:
        require_matplotlib()
        self._folder = folder
        self._listener = listener

    def on_step(self, step: TrainingStep) -> None:
        """Pass it on."""
        self._listener.on_step(step)

    def on_notice(self, text: str) -> None:
        """Pass it on."""
        self._listener.on_notice(text)

    def on_epoch(self, record: dict[str, float]) -> None:
        """Draw the whole history, epochs before a resumption included."""
        draw_curves(read_history(self._folder), self._folder / CURVES)
        self._listener.on_epoch(record)


def require_matplotlib() -> None:
    """Raise EnvironmentProblem where matplotlib, which draws the curves, is missing."""
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise EnvironmentProblem(
            f"Curves need matplotlib ({error}): install the program with its train extra: "
            "pip install 'classroom-monitor[train]'"
        ) from error


def draw_curves(history: Sequence[dict[str, float]], path: Path) -> None:
    """Draw loss and accuracy, of training and of held-out faces, over the epochs as a PNG.

    Raises DataProblem where it can't be written.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4), layout="constrained")
    for place, name in enumerate(("loss", "accuracy"), start=1):
        axes = figure.add_subplot(1, 2, place)
        _draw_pair(axes, history, name)
    part = path.with_suffix(".part")
    try:
        figure.savefig(part, format="png", dpi=100)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _draw_pair(axes: Any, history: Sequence[dict[str, float]], name: str) -> None:
    """Draw a figure of training and of held-out faces; dotted lines part the input sizes."""
    epochs = [record["epoch"] for record in history]
    axes.plot(epochs, [record[name] for record in history], "o--", label="training, augmented")
    axes.plot(epochs, [record[f"held_out_{name}"] for record in history], "o-", label="held out")
    for before, after in pairwise(history):
        if before["size_px"] != after["size_px"]:
            axes.axvline(before["epoch"] + 0.5, linestyle=":", color="grey")
    axes.set(xlabel="epoch", ylabel=name)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(alpha=0.3)
    axes.legend()


def _unwritable(path: Path, error: OSError) -> DataProblem:
    return DataProblem(
        f"{path} can't be written ({error.strerror}): make room there, then give the same command "
        "again, it goes on from the checkpoint"
    )
