"""`bench --faces`: how many of the faces in a folder of photographs each finder finds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import get_args

import click
from tqdm import tqdm

from classroom_monitor.benchmark.face_recall import (
    FaceRecall,
    measure_face_recall,
    recall_document,
    recall_table,
)
from classroom_monitor.cli.output import print_json
from classroom_monitor.contracts import FaceFinder, FinderName, Mode
from classroom_monitor.model_choice import face_model_library, finder_options
from classroom_monitor.settings import Settings, load_settings, settings_path
from classroom_monitor.vision.faces import open_finder
from classroom_monitor.vision.finder_choice import open_picture_finder
from classroom_monitor.vision.picture_finder import CONFIRMED_SCORE
from classroom_monitor.vision.yunet import MIN_SCORES

CURVE_SCORE = 0.1
"""Far below the score from which finds count by default: the curve shows what that costs."""


def print_recall(
    folder: Path, finder: FinderName | None, mode: Mode | None, *, as_json: bool
) -> None:
    """Measure the finders and modes asked for, or all there are, and print their figures.

    Raises DataProblem for a folder that can't be used, BundleProblem for a finder that can't.
    """
    settings = load_settings(settings_path())
    finders = (finder,) if finder else usable_finders(settings)
    modes: tuple[Mode, ...] = (mode,) if mode else get_args(Mode)
    measured = {
        f"{name} {how}": _measure(folder, settings, name, how) for name in finders for how in modes
    }
    if as_json:
        print_json({name: recall_document(recall) for name, recall in measured.items()})
    else:
        click.echo(recall_table(measured))


def usable_finders(settings: Settings) -> tuple[FinderName, ...]:
    """Return the finders whose models are there."""
    usable = {option.setting for option in finder_options(settings) if not option.problem}
    return tuple(name for name in get_args(FinderName) if name in usable)


def _measure(folder: Path, settings: Settings, name: FinderName, mode: Mode) -> FaceRecall:
    finder, operating_score = _open(settings, name, mode)
    with (
        closing(finder),
        tqdm(desc=f"{name} {mode}", unit="picture", leave=False, disable=None) as bar,
    ):

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return measure_face_recall(folder, finder.find, operating_score, show)


def _open(settings: Settings, name: FinderName, mode: Mode) -> tuple[FaceFinder, float]:
    """Return a finder that gives uncertain finds as well, and from which score on they count."""
    if name == "mediapipe":
        return open_finder(mode, CURVE_SCORE), CONFIRMED_SCORE
    return open_picture_finder(mode, name, face_model_library(settings)), MIN_SCORES[mode]
