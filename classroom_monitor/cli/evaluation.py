"""The command evaluate, which needs the train extra."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from classroom_monitor.cli.output import print_json
from classroom_monitor.cli.parameters import bundle_folder, json_option
from classroom_monitor.trainer.dataset.schemes import SCHEMES
from classroom_monitor.trainer.evaluation.document import to_markdown
from classroom_monitor.trainer.evaluation.figures import study_figures
from classroom_monitor.trainer.evaluation.files import prepare_folder, write_report
from classroom_monitor.trainer.evaluation.held_out import HELD_OUT
from classroom_monitor.trainer.evaluation.report import detail_blocks, summary_blocks
from classroom_monitor.trainer.evaluation.study import Study, study
from classroom_monitor.trainer.evaluation.subject import Request
from classroom_monitor.vision.classifier import ENGINES


def parse_prevalence(
    _context: click.Context, _option: click.Parameter, text: str
) -> dict[str, float]:
    """Return {class: share} of a text such as "negative=0.1,neutral=0.6"; {} of ""."""
    shares = {}
    for part in filter(None, text.split(",")):
        name, _, share = part.partition("=")
        try:
            shares[name.strip()] = float(share)
        except ValueError as error:
            raise click.BadParameter(f"{part!r}: write CLASS=SHARE, as negative=0.1") from error
    return shares


@click.command()
@click.argument("bundle_dir", metavar="MODEL_DIR", callback=bundle_folder)
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path),
    help="Faces with labels: an .npz, FER2013's or another CSV table, FER+'s folder, or a folder "
    "a class.",
)
@click.option(
    "--part",
    default="",
    help="Only this part of the data: train, validation or test as its makers made them, or "
    f"{HELD_OUT}: what the model's training held out, --data being what it was trained on.",
)
@click.option(
    "--scheme",
    default="",
    help="Which labels make up the classes: a JSON file, or one of "
    f"{', '.join(SCHEMES)}.  [default: those that the model was trained by]",
)
@click.option("--engine", type=click.Choice(["auto", *ENGINES]), default="auto", show_default=True)
@click.option(
    "--full",
    is_flag=True,
    help="Measure worse pictures (blur, noise, darkness, ...), time and memory too: minutes.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="New folder for report.md, report.html, report.json and pictures; measures as --full.",
)
@click.option(
    "--against",
    metavar="MODEL_DIR2",
    callback=bundle_folder,
    help="Measure this bundle on the same faces too, and test which of the two is better.",
)
@click.option(
    "--enlarge",
    metavar="MODEL",
    multiple=True,
    help="Measure shrunk faces enlarged first, too: a super-resolution model file such as "
    "FSRCNN_x4.pb, or bicubic_x4; may be repeated.",
)
@click.option(
    "--prevalence",
    metavar="CLASS=SHARE,...",
    default="",
    callback=parse_prevalence,
    help="How common classes are where the model will be used.  [default: as in the data]",
)
@click.option(
    "--sheet",
    is_flag=True,
    help="Put a picture of the surest mistakes into --out: it shows the persons in your data.",
)
@json_option
def evaluate(as_json: bool, full: bool, out: Path | None, sheet: bool, **asked: Any) -> None:
    """Measure a model bundle on labelled faces.

    Prints a classification report, beside it what always saying the commonest class would reach.
    """
    if sheet and out is None:
        raise click.UsageError("--sheet needs --out: the picture is written nowhere else")
    if out is not None:
        prepare_folder(out)
    logging.getLogger("absl").setLevel(logging.ERROR)
    result = _measure(Request(thorough=full or out is not None, **asked))
    if out is not None:
        write_report(result, out, with_sheet=sheet)
        click.echo(f"Wrote {out / 'report.html'}, report.md and report.json.", err=True)
    if as_json:
        print_json(study_figures(result))
    else:
        blocks = summary_blocks(result) + (detail_blocks(result) if full else [])
        click.echo(to_markdown(blocks), nl=False)


def _measure(request: Request) -> Study:
    """Measure with a progress bar on stderr."""
    with tqdm(unit="step", leave=False, disable=None) as bar:

        def on_progress(doing: str, done: int, steps: int) -> None:
            bar.total = steps
            bar.set_description_str(doing, refresh=False)
            bar.update(done - bar.n)

        return study(request, on_progress)
