"""Commands over single pictures: faces, classify."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click
import numpy as np
from tqdm import tqdm

from classroom_monitor.cli.output import print_json, settings_with_notice
from classroom_monitor.cli.parameters import (
    engine_option,
    finder_option,
    json_option,
    mode_option,
    model_option,
)
from classroom_monitor.contracts import (
    CropBatch,
    EngineName,
    FaceBox,
    FaceFinder,
    FinderName,
    Mode,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.files import replace_text
from classroom_monitor.model_choice import (
    face_model_library,
    require_chosen_model,
    require_finder,
)
from classroom_monitor.settings import Settings
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.classifier import FallbackClassifier, open_with_fallback
from classroom_monitor.vision.crops import crop_whole_images, cut_crops
from classroom_monitor.vision.finder_choice import open_picture_finder
from classroom_monitor.vision.guarded_pictures import PictureReader
from classroom_monitor.vision.pictures import read_face_archive

image_arguments = click.argument("images", nargs=-1, type=click.Path(path_type=Path))


@click.command()
@image_arguments
@mode_option
@finder_option
@json_option
def faces(images: tuple[Path, ...], mode: Mode, finder: FinderName | None, as_json: bool) -> None:
    """Find the faces of pictures: left, top, width, height in pixels, and a score."""
    if not images:
        raise click.UsageError("name at least one picture")
    settings = settings_with_notice()
    found: dict[str, list[FaceBox]] = {}
    with (
        closing(_open_finder(settings, mode, finder)) as opened,
        closing(PictureReader()) as reader,
    ):
        for path in tqdm(images, unit="picture", disable=None, leave=False):
            found[str(path)] = opened.find(reader.read(path))
    if as_json:
        print_json({name: [_row(box) for box in boxes] for name, boxes in found.items()})
        return
    for name, boxes in found.items():
        click.echo(f"{name}: {len(boxes)} faces")
        for box in boxes:
            click.echo("  {:8.1f} {:8.1f} {:7.1f} {:7.1f}  {:.3f}".format(*_row(box)))


@click.command()
@image_arguments
@click.option(
    "--npz", type=click.Path(path_type=Path), help="Face crops in an archive's 'images' instead."
)
@click.option("--find-faces", is_flag=True, help="The pictures are whole photographs.")
@mode_option
@finder_option
@engine_option
@model_option
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV file.  [default: stdout]"
)
def classify(
    images: tuple[Path, ...],
    npz: Path | None,
    find_faces: bool,
    mode: Mode,
    finder: FinderName | None,
    engine: EngineName | None,
    model: Path | None,
    out: Path | None,
) -> None:
    """Classify face pictures: a CSV row of probabilities each.

    With --find-faces an item is FILE#N for the Nth face of a photograph.
    """
    if bool(images) == bool(npz) or (npz and find_faces):
        raise click.UsageError("name pictures (with or without --find-faces), or one --npz file")
    settings = settings_with_notice()
    if settings.counts_only:
        raise EnvironmentProblem(
            "moods are off in the region 'eu' (counts-only): record a lawful exception in the "
            "window's settings first"
        )
    bundle = load_bundle(model or require_chosen_model(settings).folder)
    with closing(_open_classifier(bundle, engine or settings.engine)) as classifier:
        if npz:
            items, crops = _archive_crops(npz, bundle)
        elif find_faces:
            with closing(_open_finder(settings, mode, finder)) as opened:
                items, crops = _photograph_crops(images, opened, bundle)
        else:
            items, crops = _picture_crops(images, bundle)
        probabilities = classifier.score(crops).probabilities
    header = ["item", *bundle.classes]
    rows = [
        [item, *(f"{value:.6f}" for value in row)]
        for item, row in zip(items, probabilities, strict=True)
    ]
    _write_csv(out, [header, *rows])


def _open_classifier(bundle: Bundle, engine: EngineName) -> FallbackClassifier:
    """Open a classifier that has the whole machine for itself."""
    return open_with_fallback(bundle, engine, threads=os.cpu_count() or 1)


def _open_finder(settings: Settings, mode: Mode, finder: FinderName | None) -> FaceFinder:
    """Open the finder of an option, or else the settings'. Raises BundleProblem."""
    chosen = require_finder(settings, finder)
    return open_picture_finder(mode, chosen, face_model_library(settings))


def _archive_crops(npz: Path, bundle: Bundle) -> tuple[list[str], CropBatch]:
    faces = read_face_archive(npz)
    return [str(row) for row in range(len(faces))], crop_whole_images(faces, bundle.crop)


def _picture_crops(images: Sequence[Path], bundle: Bundle) -> tuple[list[str], CropBatch]:
    with closing(PictureReader()) as reader:
        pictures = [reader.read(path) for path in images]
    return [str(path) for path in images], crop_whole_images(pictures, bundle.crop)


def _photograph_crops(
    images: Sequence[Path], finder: FaceFinder, bundle: Bundle
) -> tuple[list[str], CropBatch]:
    items: list[str] = []
    batches = [CropBatch(crop_whole_images([], bundle.crop).images)]
    with closing(PictureReader()) as reader:
        for path in tqdm(images, unit="picture", disable=None, leave=False):
            photograph = reader.read(path)
            boxes = finder.find(photograph)
            batches.append(cut_crops(photograph, boxes, bundle.crop))
            items += [f"{path}#{number}" for number in range(len(boxes))]
            if not boxes:
                print(f"{path}: no faces found", file=sys.stderr)
    return items, CropBatch(np.concatenate([batch.images for batch in batches]))


def _row(box: FaceBox) -> list[float]:
    return [round(float(value), 3) for value in (box.x, box.y, box.w, box.h, box.score)]


def _write_csv(out: Path | None, rows: Sequence[Sequence[str]]) -> None:
    """Write rows to a file, which is the old one or the whole new one, or to stdout."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    if out is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        sys.stdout.write(text.getvalue())
        return
    try:
        replace_text(out, text.getvalue())
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot write {out} ({error.strerror}): choose another file with --out"
        ) from error
