"""What dark faces cost: `python -m tests.room_light SHARED`, the folder of development data.

Two tables. The shipped network's accuracy on faces made small, dark and then noisy, by their mean
grey level as the room check measures it: a sensor's noise stays while the light goes. And, on
clips with less and less light, what the room check measures and how many of the visible faces are
found. vision/room_check.py's MIN_LIGHT rests on them.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from classroom_monitor.contracts import CropBatch, FaceBox, UInt8Array
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import NetworkClassifier, open_classifier
from classroom_monitor.vision.crops import crop_whole_images
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.room_check import face_light
from tests.room_truth import check_clip

GAINS = (3.0, 2.0, 1.5, 1.0, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12)
SIDES_PX = (24, 48)
NOISES = (1.5, 3.0, 6.0)  # standard deviations in grey levels; 3 is the clips' own
VALENCE = ((3, 4, 5, 6, 7), (0,), (1,))
"""Vote columns that make up negative, neutral and positive; the rest of the ten are other."""


def labelled_faces(path: Path) -> tuple[UInt8Array, np.ndarray]:
    """Return (n, 48, 48) faces that most people gave one mood, and the mood of each."""
    archive = np.load(path)
    votes = archive["votes"].astype(int)
    moods = np.stack([votes[:, list(columns)].sum(1) for columns in VALENCE], 1)
    sums = np.column_stack([moods, votes.sum(1) - moods.sum(1)])
    clear = (np.sort(sums, 1)[:, -1] > np.sort(sums, 1)[:, -2]) & (sums.argmax(1) < 3)
    return archive["images"][clear], sums.argmax(1)[clear]


def darkened(faces: UInt8Array, side_px: int, gain: float, noise: float) -> list[UInt8Array]:
    rng = np.random.default_rng(1)
    small = [cv2.resize(face, (side_px, side_px), interpolation=cv2.INTER_AREA) for face in faces]
    pictures = np.array(small) * gain + rng.normal(0, noise, (len(faces), side_px, side_px))
    return list(np.clip(pictures, 0, 255).astype(np.uint8))


def median_light(faces: list[UInt8Array]) -> float:
    side = faces[0].shape[0]
    box = [FaceBox(0, 0, side, side, 1.0)]
    return float(np.median([face_light(np.stack([face] * 3, 2), box)[0] for face in faces]))


def accuracy(classifier: NetworkClassifier, batch: CropBatch, moods: np.ndarray) -> float:
    parts = [
        classifier.score(CropBatch(batch.images[start : start + 32])).probabilities
        for start in range(0, len(moods), 32)
    ]
    return float((np.concatenate(parts).argmax(1) == moods).mean())


def print_network(shared: Path, most: int, gains: Sequence[float]) -> None:
    faces, moods = labelled_faces(shared / "data" / "ferplus_valid.npz")
    faces, moods = faces[:most], moods[:most]
    bundle = load_bundle(models_dir() / "best")
    classifier = open_classifier(bundle, "litert-int8")
    click.echo(f"accuracy on {len(faces)} faces; noise in grey levels")
    columns = [(side, noise) for side in SIDES_PX for noise in NOISES]
    click.echo("gain  light  " + "  ".join(f"{side}px/{noise:g}" for side, noise in columns))
    for gain in gains:
        row, light = [], 0.0
        for side, noise in columns:
            pictures = darkened(faces, side, gain, noise)
            light = median_light(pictures)
            row.append(accuracy(classifier, crop_whole_images(pictures, bundle.crop), moods))
        click.echo(f"{gain:4.2f}  {light:5.3f}  " + "  ".join(f"{each:.3f}" for each in row))
    classifier.close()


def make_clip(shared: Path, folder: Path, gain: float) -> Path:
    clip = folder / f"gain_{gain:g}.mp4"
    tool = shared / "tools" / "make_lecture_clip.py"
    faces = shared / "data" / "ferplus_valid.npz"
    options = f"--seed 5 --students 24 --seconds 5 --face-scale 0.7 --gain {gain:g}".split()
    command = [sys.executable, str(tool), "--faces", str(faces), "--out", str(clip), *options]
    subprocess.run(command, check=True)
    return clip


def print_finder(shared: Path, gains: Sequence[float]) -> None:
    click.echo("gain  light  sharpness  seen of visible  usable of visible")
    with tempfile.TemporaryDirectory() as folder:
        for gain in gains:
            clip = make_clip(shared, Path(folder), gain)
            report = check_clip(clip)
            with clip.with_suffix(".truth.csv").open(encoding="utf-8") as file:
                visible = int(list(csv.DictReader(file))[-1]["visible"])
            lights = [part.light for part in report.parts if part.light is not None]
            sharp = [part.sharpness for part in report.parts if part.sharpness is not None]
            light, sharpness = (float(np.median(each or [0.0])) for each in (lights, sharp))
            click.echo(
                f"{gain:4.2f}  {light:5.3f}  {sharpness:9.2f}"
                f"  {report.seen / visible:15.2f}  {report.usable / visible:17.2f}"
            )
            clip.unlink()


@click.command()
@click.argument("shared", type=click.Path(exists=True, path_type=Path))
@click.option("--faces", default=3000, help="Score so many faces at most; 0 for clips only.")
@click.option("--gain", "gains", multiple=True, default=GAINS, help="Light; 1 is a bright room.")
def main(shared: Path, faces: int, gains: tuple[float, ...]) -> None:
    """Print both tables."""
    if faces:
        print_network(shared, faces, gains)
    print_finder(shared, gains)


if __name__ == "__main__":
    main()
