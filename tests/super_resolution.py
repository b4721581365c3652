"""Does super-resolution help small faces? `python -m tests.super_resolution MODEL --data NPZ ...`.

Faces are shrunk, enlarged again by each way named with --enlarge (a model file such as
FSRCNN_x4.pb, or bicubic_x4), and scored. With --held-out only the faces that training holds out
are taken from the file, which then may be the training file.
"""

from __future__ import annotations

from pathlib import Path

import click

from classroom_monitor.trainer.enlargers import open_enlarger
from classroom_monitor.trainer.evaluation.document import to_markdown
from classroom_monitor.trainer.labelled import LabelledFaces, load_labelled_faces
from classroom_monitor.trainer.super_resolution_study import (
    SIDES_PX,
    Model,
    small_face_study,
    study_table,
)
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import open_classifier
from tests.trials import Quiet, mood_labels, open_split


@click.command()
@click.argument("model_dir", type=click.Path(path_type=Path))
@click.option("--data", required=True, type=click.Path(path_type=Path))
@click.option("--enlarge", "ways", multiple=True, required=True, help="A model file or bicubic_x4.")
@click.option("--held-out", is_flag=True, help="Take the faces that training holds out.")
@click.option("--side", "sides_px", type=int, multiple=True, default=SIDES_PX, show_default=True)
def main(
    model_dir: Path,
    data: Path,
    ways: tuple[str, ...],
    held_out: bool,
    sides_px: tuple[int, ...],
) -> None:
    """Print a Markdown table of accuracy and cost by size and way."""
    bundle = load_bundle(model_dir)
    faces = held_out_faces(data) if held_out else load_labelled_faces(data, bundle.classes)
    model = Model(bundle, open_classifier(bundle))
    rows = small_face_study(model, faces, [open_enlarger(way) for way in ways], sides_px)
    click.echo(f"{bundle.name} {bundle.version}, {len(faces.truth)} faces of {data.name}\n")
    click.echo(to_markdown([study_table(rows)]), nl=False)


def held_out_faces(data: Path) -> LabelledFaces:
    test = open_split(data, 0, Quiet()).test
    return LabelledFaces(list(test.images), mood_labels(test))


if __name__ == "__main__":
    main()
