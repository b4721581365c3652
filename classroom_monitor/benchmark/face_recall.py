"""How many of the faces in a folder of photographs a finder finds, and how many finds are none.

A face's size is the square root of its box's area, in pixels. Finds are matched to faces best
score first, each to the free face that it overlaps most, from an intersection over union of
MATCH_IOU on. Faces under SIZE_BANDS' first band count neither way, and so do finds of them:
whoever draws boxes leaves out some of those.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.benchmark.face_curve import SIZE_BANDS, CurvePoint, FaceCurve
from classroom_monitor.contracts import FaceBox, UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.vision.pictures import read_picture
from classroom_monitor.vision.tiles import box_rows, overlaps

BOXES_FILE = "boxes.json"
MATCH_IOU = 0.4
PRECISIONS = (0.90, 0.93, 0.95, 0.97, 0.98)
"""At these the recall is read off the curve."""

Float64Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FaceRecall:
    """What measure_face_recall finds out.

    faces counts the true faces of each of SIZE_BANDS. default is the point of the operating
    score; curve has a point for each of many scores, falling; at_precision those with the highest
    recall that are at least so precise, where there is one.
    """

    pictures: int
    faces: tuple[int, ...]
    default: CurvePoint
    curve: tuple[CurvePoint, ...]
    at_precision: dict[float, CurvePoint | None]
    median_ms: float
    mean_ms: float


def measure_face_recall(
    folder: Path,
    find: Callable[[UInt8Array], Sequence[FaceBox]],
    operating_score: float = 0.0,
    progress: Callable[[int, int], None] | None = None,
) -> FaceRecall:
    """Run find on every picture of a folder and compare with the folder's boxes.json.

    boxes.json is {file name: [[x, y, w, h], ...]}, in pixels. find takes a (height, width, 3)
    uint8 BGR picture; to draw the curve on the far side of the operating score, from which on a
    find counts by default, it has to return less certain finds too. progress is called with the
    number of pictures done and of all. Raises DataProblem for a folder that can't be used.
    """
    truth = read_true_boxes(folder)
    curve = FaceCurve()
    times_ms: list[float] = []
    for done, (name, boxes) in enumerate(truth.items(), start=1):
        picture = read_picture(folder / name)
        start_s = time.perf_counter()
        found = find(picture)
        times_ms.append((time.perf_counter() - start_s) * 1e3)
        scores = np.array([box.score for box in found], np.float64)
        curve.add(scores, match_finds(box_rows(found), scores, boxes), box_sizes(boxes))
        if progress is not None:
            progress(done, len(truth))
    return FaceRecall(
        pictures=len(truth),
        faces=curve.faces,
        default=curve.point(operating_score),
        curve=curve.points(),
        at_precision={precision: curve.at_precision(precision) for precision in PRECISIONS},
        median_ms=float(np.median(times_ms)),
        mean_ms=float(np.mean(times_ms)),
    )


def read_true_boxes(folder: Path) -> dict[str, Float64Array]:
    """Return {file name: (n, 4) x, y, w, h} of a folder's boxes.json, by name.

    Raises DataProblem where it is missing, malformed or empty, or names a file that isn't there.
    """
    path = folder / BOXES_FILE
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise DataProblem(
            f"cannot read {path} ({error.strerror}): name a folder of pictures with a "
            f"{BOXES_FILE} of {{file: [[x, y, w, h], ...]}}"
        ) from error
    except ValueError as error:
        raise DataProblem(f"{path} is not JSON ({error}): make it again") from error
    if not isinstance(document, dict) or not document:
        raise DataProblem(f"{path} must hold {{file: [[x, y, w, h], ...]}} with a file at least")
    truth = {name: _box_array(path, name, document[name]) for name in sorted(document)}
    missing = [name for name in truth if not (folder / name).is_file()]
    if missing:
        raise DataProblem(
            f"{folder} lacks {len(missing)} of the {len(truth)} pictures that {BOXES_FILE} names, "
            f"the first {missing[0]}: copy them there"
        )
    return truth


def _box_array(path: Path, name: str, boxes: object) -> Float64Array:
    try:
        rows = np.array(boxes, np.float64)
    except (TypeError, ValueError):
        rows = np.full(1, np.nan)
    if rows.size == 0:
        return np.empty((0, 4))
    if rows.ndim != 2 or rows.shape[1] != 4 or not np.isfinite(rows).all() or rows[:, 2:].min() < 0:
        raise DataProblem(
            f"{path}: the boxes of {name} must be lists of four numbers, left, top, width and "
            "height in pixels, width and height not negative"
        )
    return rows


def box_sizes(boxes: Float64Array) -> Float64Array:
    """Return the sizes in pixels of (n, 4) boxes: the square roots of their areas."""
    return np.asarray(np.sqrt(boxes[:, 2] * boxes[:, 3]))


def match_finds(
    found: Float64Array, scores: Float64Array, truth: Float64Array, min_iou: float = MATCH_IOU
) -> NDArray[np.intp]:
    """Return for each of n found boxes the index of the true box that it finds, or -1.

    found is (n, 4), scores (n,), truth (m, 4). A prefix of the finds by falling score is matched
    as if the others weren't there.
    """
    matched = np.full(len(found), -1, np.intp)
    if not len(truth):
        return matched
    iou, _ = overlaps(found, truth)
    for row in np.argsort(-scores, kind="stable"):
        best = int(iou[row].argmax())
        if iou[row, best] >= min_iou:
            matched[row] = best
            iou[:, best] = 0
    return matched


def recall_table(measured: dict[str, FaceRecall]) -> str:
    """Return a text table of finders' figures, by finder and mode, measured on one folder."""
    lines = [_faces_line(recall) for recall in list(measured.values())[:1]]
    titles = " ".join(f"{band.title:>6}" for band in SIZE_BANDS)
    lines.append(f"{'finder':<20} {'finds':<14} {'score':>6} {'prec.':>6} {titles} {'ms':>6}")
    for name, recall in measured.items():
        lines.append(_table_line(name, "default", recall.default, f"{recall.median_ms:6.0f}"))
        for precision, point in recall.at_precision.items():
            if point is not None:
                lines.append(_table_line("", f"prec. >= {precision:.2f}", point, ""))
        lines += [
            _table_line("", f"score >= {point.score:.1f}", point, "")
            for point in recall.curve
            if round(100 * point.score) % 10 == 0
        ]
    return "\n".join(lines)


def _faces_line(recall: FaceRecall) -> str:
    counts = ", ".join(
        f"{count} of {band.title} px" for band, count in zip(SIZE_BANDS, recall.faces, strict=True)
    )
    return (
        f"{recall.pictures} pictures; faces: {counts}. Recall by size, precision, IoU {MATCH_IOU}:"
    )


def _table_line(name: str, at: str, point: CurvePoint, time_ms: str) -> str:
    recall = " ".join("     -" if value is None else f"{value:6.3f}" for value in point.recall)
    precision = "     -" if point.precision is None else f"{point.precision:6.3f}"
    return f"{name:<20} {at:<14} {point.score:6.3f} {precision} {recall} {time_ms}".rstrip()


def recall_document(recall: FaceRecall) -> dict[str, object]:
    """Return the figures as lists and numbers for a JSON document."""
    return {
        "pictures": recall.pictures,
        "faces": dict(zip((band.title for band in SIZE_BANDS), recall.faces, strict=True)),
        "match_iou": MATCH_IOU,
        "median_ms": round(recall.median_ms, 1),
        "mean_ms": round(recall.mean_ms, 1),
        "default": recall.default.document(),
        "at_precision": {
            f"{precision:.2f}": None if point is None else point.document()
            for precision, point in recall.at_precision.items()
        },
        "curve": [point.document() for point in recall.curve],
    }
