"""Measures the weights of vision/face_confirmation.py: what each piece of evidence is worth.

    python -m tests.face_weights PHOTOGRAPHS [CLIP.mp4 ...]

PHOTOGRAPHS is a folder as `bench --faces` takes it; a clip has its .boxes.csv beside it, and one of
its pictures in ten seconds is taken. Candidates of the room search are matched to the true boxes,
and for each the evidence is gathered: the search's score, a second look's, the landmark model's
presence. Logistic regression over all of it gives the weights. How good the rule is, is judged on
photographs that it wasn't fitted on: halves drawn at random, eight times.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
import cv2
import numpy as np
from numpy.typing import NDArray

from classroom_monitor.benchmark.face_curve import FaceCurve
from classroom_monitor.benchmark.face_recall import (
    MATCH_IOU,
    box_sizes,
    match_finds,
    read_true_boxes,
)
from classroom_monitor.contracts import UInt8Array
from classroom_monitor.vision.face_confirmation import FaceConfirmer, log_odds, seen_log_odds
from classroom_monitor.vision.face_passes import ROOM_PLAN
from classroom_monitor.vision.face_search import magnify
from classroom_monitor.vision.faces import FaceDetectors, open_finder
from classroom_monitor.vision.pictures import read_picture
from classroom_monitor.vision.tiles import box_rows

Array = NDArray[np.float64]

CLIP_EVERY_S = 10
CLIP_WEIGHT = 0.5
CLIP_MATCH_IOU = 0.25
"""A clip's boxes frame whole pasted pictures; the faces in them fill more or less of those."""

RIDGE = 0.1
HALVINGS = 8
EVIDENCE = {"score": [0], "score, presence": [0, 2], "score, magnified, presence": [0, 1, 2]}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's candidates: (n, 3) evidence as log odds, and what they were matched to."""

    evidence: Array
    matched: NDArray[np.intp]
    sizes_px: Array
    weight: float

    @property
    def is_face(self) -> Array:
        return np.asarray(self.matched >= 0, np.float64)


def pictures_of(source: Path) -> Iterator[tuple[UInt8Array, Array]]:
    """Yield the pictures of a folder or a clip, each with its (n, 4) true boxes."""
    if source.is_dir():
        for name, boxes in read_true_boxes(source).items():
            yield read_picture(source / name), boxes
        return
    with source.with_suffix(".boxes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if int(row["t_s"]) % CLIP_EVERY_S == 1]
    capture = cv2.VideoCapture(str(source))
    for t_s in sorted({int(row["t_s"]) for row in rows}):
        capture.set(cv2.CAP_PROP_POS_MSEC, 1000.0 * t_s)
        ok, frame = capture.read()
        here = [[float(row[k]) for k in "xywh"] for row in rows if int(row["t_s"]) == t_s]
        if ok:
            yield np.asarray(frame, np.uint8), np.array(here)
    capture.release()


def gather(sources: list[Path]) -> list[Picture]:
    pictures = []
    with (
        closing(open_finder("room")) as finder,
        closing(FaceDetectors(ROOM_PLAN.models)) as detectors,
        closing(FaceConfirmer()) as confirmer,
    ):
        for source in sources:
            least = MATCH_IOU if source.is_dir() else CLIP_MATCH_IOU
            for image_bgr, truth in pictures_of(source):
                boxes = finder.candidates(image_bgr)
                scores = np.array([box.score for box in boxes], np.float64)
                seen = magnify(image_bgr, boxes, detectors.glance)
                again = np.array([find.score if find else 0.0 for find in seen], np.float64)
                presence = confirmer.presence_logits(image_bgr, boxes)
                evidence = np.stack([log_odds(scores), seen_log_odds(again), presence], axis=1)
                matched = match_finds(box_rows(boxes), scores, truth, least)
                weight = 1.0 if source.is_dir() else CLIP_WEIGHT
                pictures.append(Picture(evidence, matched, box_sizes(truth), weight))
    return pictures


def fit(pictures: list[Picture], columns: list[int]) -> Array:
    """Return the weights of the evidence and the offset: regression by Newton's method."""
    rows = np.concatenate([one.evidence[:, columns] for one in pictures])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    faces = np.concatenate([one.is_face for one in pictures])
    weights = np.concatenate([np.full(len(one.matched), one.weight) for one in pictures])
    solution = np.zeros(rows.shape[1])
    ridge = RIDGE * np.diag([1.0] * len(columns) + [0.0])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-rows @ solution))
        slope = rows.T @ (weights * (faces - likely)) - ridge @ solution
        bend = (rows * (weights * likely * (1 - likely))[:, None]).T @ rows + ridge
        solution = solution + np.linalg.solve(bend, slope)
    return np.asarray(solution)


def judge(pictures: list[Picture], columns: list[int]) -> str:
    """Return precision and recall at probability 0.5, and recall at precisions, on other halves."""
    photographs = [index for index, one in enumerate(pictures) if one.weight == 1.0]
    clips = [one for one in pictures if one.weight != 1.0]
    figures = []
    for seed in range(HALVINGS):
        drawn = np.random.default_rng(seed).permutation(photographs)
        halves = [drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]]
        curve = FaceCurve()
        for fitted_on, tested_on in (halves, halves[::-1]):
            rule = fit([pictures[index] for index in fitted_on] + clips, columns)
            for index in tested_on:
                one = pictures[index]
                odds = one.evidence[:, columns] @ rule[:-1] + rule[-1]
                curve.add(1 / (1 + np.exp(-odds)), one.matched, one.sizes_px)
        default = curve.point(0.5)
        at = [curve.at_precision(precision) for precision in (0.93, 0.95, 0.97)]
        figures.append(
            [default.precision, *(p.recall_all if p else np.nan for p in (default, *at))]
        )
    return " ".join(f"{value:.3f}" for value in np.mean(np.array(figures, np.float64), axis=0))


def main() -> None:
    pictures = gather([Path(name) for name in sys.argv[1:]])
    faces = int(sum(one.is_face.sum() for one in pictures))
    click.echo(f"{len(pictures)} pictures, {sum(len(one.matched) for one in pictures)} candidates,")
    click.echo(
        f"{faces} of them faces; on other halves: precision and recall of p >= 0.5, recall at"
    )
    click.echo("precision 0.93, 0.95, 0.97; then the weights of the evidence and the offset")
    for name, columns in EVIDENCE.items():
        weights = " ".join(f"{value:6.2f}" for value in fit(pictures, columns))
        click.echo(f"{name:<28} {judge(pictures, columns)}  {weights}")


if __name__ == "__main__":
    main()
