"""Milliseconds of every stage on a frame's way, one at a time and in one thread."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle
from pathlib import Path

import numpy as np

from classroom_monitor.benchmark.cameras import RATE_HZ, DressedRecording
from classroom_monitor.benchmark.material import Material
from classroom_monitor.benchmark.timing import Timing, time_runs
from classroom_monitor.contracts import Classifier, Look, NewSession, TimelinePoint
from classroom_monitor.live.parts import Clocks
from classroom_monitor.sessions.store import open_store
from classroom_monitor.sessions.timeline import TimelineBuilder
from classroom_monitor.vision.crops import CropSpec, cut_crops
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.quality import QualityRule

_JPEG_QUALITY = 85
_LOOKS_A_SECOND = 5
_GROUP_MINIMUM = 5


@dataclass(frozen=True, slots=True)
class StageTime:
    """A stage, what one run of it does, and its time."""

    stage: str
    work: str
    time: Timing


@dataclass(frozen=True, slots=True)
class StageParts:
    """What the stages are made of: how crops are cut, what scores them, a folder for files."""

    crop: CropSpec
    open_classifier: Callable[[], Classifier]
    folder: Path
    recording: Path


def measure_stages(material: Material, parts: StageParts, budget_s: float) -> list[StageTime]:
    """Measure each stage but finding and tracking, each for about budget_s, in a frame's order."""
    return [
        _decoded_jpeg(material, budget_s),
        _decoded_video(material, parts, budget_s),
        _converted(material, budget_s),
        *_judged_and_cut(material, parts.crop, budget_s),
        *_scored(material, parts, budget_s),
        _told_the_time(len(material.boxes), budget_s),
        _committed(parts.folder, budget_s),
    ]


def _decoded_jpeg(material: Material, budget_s: float) -> StageTime:
    """Webcams deliver JPEG; the pictures are encoded and decoded in memory."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY]
    encoded = cycle([cv2.imencode(".jpg", one, quality)[1] for one in material.pictures_bgr])
    time = time_runs(lambda: cv2.imdecode(next(encoded), cv2.IMREAD_COLOR), budget_s)
    return StageTime("decode JPEG", _size_of(material), time)


def _decoded_video(material: Material, parts: StageParts, budget_s: float) -> StageTime:
    """A recording's frames come from a file, which shows an empty hall."""
    endless = DressedRecording(parts.recording, material.pictures_bgr, math.inf, RATE_HZ)
    with closing(endless) as camera:
        camera.open()
        time = time_runs(camera.read, budget_s)
    return StageTime("decode video", f"{_size_of(material)}, MPEG-4", time)


def _converted(material: Material, budget_s: float) -> StageTime:
    pictures = cycle(material.pictures_bgr)
    time = time_runs(lambda: cv2.cvtColor(next(pictures), cv2.COLOR_BGR2RGB), budget_s)
    return StageTime("colour", _size_of(material), time)


def _judged_and_cut(material: Material, crop: CropSpec, budget_s: float) -> Iterator[StageTime]:
    picture, boxes = material.pictures_bgr[0], material.boxes
    work = f"{len(boxes)} faces"
    yield StageTime(
        "quality", work, time_runs(lambda: QualityRule().judge(picture, boxes), budget_s)
    )
    yield StageTime("crops", work, time_runs(lambda: cut_crops(picture, boxes, crop), budget_s))


def _scored(material: Material, parts: StageParts, budget_s: float) -> Iterator[StageTime]:
    crops = cut_crops(material.pictures_bgr[0], material.boxes, parts.crop)
    with closing(parts.open_classifier()) as classifier:
        for both_ways, how in ((True, "both ways"), (False, "one way")):
            run = partial(classifier.score, crops, both_ways=both_ways)
            work = f"{len(crops.images)} faces {how}, {classifier.engine}"
            yield StageTime("score", work, time_runs(run, budget_s))


def _told_the_time(faces: int, budget_s: float) -> StageTime:
    """A look into the timeline; every few of them close a second."""
    rows = np.full((faces, 3), 1 / 3, np.float32)
    timeline = TimelineBuilder(_GROUP_MINIMUM, False, Clocks().now())
    looks = count()

    def add() -> None:
        timeline.add(Look(next(looks) / _LOOKS_A_SECOND, faces, faces, rows))

    return StageTime("timeline", f"a look at {faces} faces", time_runs(add, budget_s))


def _committed(folder: Path, budget_s: float) -> StageTime:
    """A second into the store, in a folder that is thrown away."""
    started_at = Clocks().now()
    seconds = count()
    new = NewSession("", "drawn hall", started_at, "room", "none", _GROUP_MINIMUM, True)
    with open_store(folder) as store:
        writer = store.begin(new)

        def append() -> None:
            t_s = next(seconds)
            writer.append([TimelinePoint(t_s, started_at, 30, 30, None, 30, 1.0, False)])

        return StageTime("store", "a second committed", time_runs(append, budget_s))


def _size_of(material: Material) -> str:
    height, width = material.pictures_bgr[0].shape[:2]
    return f"{width}x{height}"
