"""How true the room check is: `python -m tests.room_truth CLIP...`, each with CLIP.boxes.csv.

The check looks at a clip's first seconds as it would at a camera. The same figures are then made
from the true boxes of the same frames, in the same parts, and compared part by part. Boxes of the
face finder are smaller than those in the CSV, which frame a face as FER2013 does: 0.88 of their
side (shared/findings.md), by which true sizes are multiplied.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np

from classroom_monitor.contracts import EndOfRecording, FaceBox, Frame, RoomPart, RoomReport
from classroom_monitor.gui.room_advice import advise
from classroom_monitor.gui.room_remedies import CheckedWith
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.quality import QualityRule, sharpness
from classroom_monitor.vision.recording import RecordingCamera
from classroom_monitor.vision.room_check import RoomMeter, face_light
from classroom_monitor.vision.room_scan import open_room_scan

FINDER_SIDE = 0.88
FINDER_CENTRE_Y = 0.55
"""Of a true box, where the finder's box of the face in it is (shared/findings.md)."""

SHIPPED_RULE = QualityRule(min_face_px=12.0)
LOOK_SECONDS = 5
RATE_HZ = 5


def frames_of(clip: Path, seconds: float = LOOK_SECONDS) -> list[Frame]:
    """Return RATE_HZ frames a second of a clip's beginning."""
    camera = RecordingCamera(clip)
    camera.open()
    frames: list[Frame] = []
    with closing(camera), suppress(EndOfRecording):
        while (frame := camera.read()).captured_at_s < seconds - 1e-6:
            if frame.captured_at_s >= len(frames) / RATE_HZ - 1e-6:
                frames.append(frame)
    return frames


def check_clip(clip: Path, rule: QualityRule = SHIPPED_RULE, scale: float = 1.0) -> RoomReport:
    """Return what the room check says of a clip's first seconds, its pictures made small first."""
    follower, meter = FaceFollower(open_room_scan("room"), rule), RoomMeter(rule)
    with closing(follower):
        for frame in frames_of(clip):
            small_bgr = cv2.resize(
                frame.image_bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA
            )
            smaller = replace(frame, image_bgr=np.asarray(small_bgr, np.uint8))
            meter.add(smaller, follower.follow(smaller))
    report = meter.report()
    assert report is not None
    return report


@dataclass(frozen=True, slots=True)
class Truth:
    """One part of the room by its true boxes; as RoomPart has them."""

    seen: int
    usable: int
    size_px: float
    light: float
    sharpness: float


def true_boxes(clip: Path) -> dict[int, list[FaceBox]]:
    """Return, for each second, the boxes that a perfect face finder would give."""
    boxes: dict[int, list[FaceBox]] = defaultdict(list)
    with clip.with_suffix(".boxes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            x, y, w, h = (float(row[name]) for name in "xywh")
            side = FINDER_SIDE * w
            left, top = x + (w - side) / 2, y + FINDER_CENTRE_Y * h - side / 2
            boxes[int(row["t_s"])].append(FaceBox(left, top, side, side, 1.0))
    return boxes


def true_parts(clip: Path, report: RoomReport) -> dict[int, Truth]:
    """Return the truth about each part in which somebody is visible, by its place in the report."""
    boxes = true_boxes(clip)
    looks = [
        _facts(frame, boxes[round(frame.captured_at_s)], report)
        for frame in frames_of(clip)
        if abs(frame.captured_at_s - round(frame.captured_at_s)) < 1e-3
    ]
    truths = {}
    for place in range(len(report.parts)):
        inside = [look[look[:, 0] == place, 1:] for look in looks]
        faces = np.concatenate(inside)
        if len(faces):
            size_px, light, sharp, _ = np.median(faces, axis=0)
            seen = int(np.median([len(look) for look in inside]))
            usable = int(np.median([look[:, 3].sum() for look in inside]))
            truths[place] = Truth(seen, usable, float(size_px), float(light), float(sharp))
    return truths


def _facts(frame: Frame, boxes: list[FaceBox], report: RoomReport) -> np.ndarray:
    """Return (n, 5): part, size, light, sharpness, usable (0 or 1) of each box."""
    sides = np.array([box.w for box in boxes])
    sharp = sharpness(frame.image_bgr, boxes)
    usable = (sides >= report.min_face_px) & (sharp >= report.min_sharpness)
    parts = [_part_of(box, report.parts) for box in boxes]
    return np.column_stack([parts, sides, face_light(frame.image_bgr, boxes), sharp, usable])


def _part_of(box: FaceBox, parts: tuple[RoomPart, ...]) -> int:
    """Return the place of the part nearest to a box's centre."""
    x, y = box.x + box.w / 2, box.y + box.h / 2
    apart = []
    for part in parts:
        left, top, width, height = part.area
        beyond_x = max(left - x, 0.0, x - left - width)
        beyond_y = max(top - y, 0.0, y - top - height)
        apart.append(float(np.hypot(beyond_x, beyond_y)))
    return int(np.argmin(apart))


@dataclass(frozen=True, slots=True)
class Errors:
    """How far a report is from the truth, over all parts in which somebody is visible.

    size and sharpness: median and greatest relative error; light: the same in grey levels of 1.
    seen and usable: the sum over the parts of the difference, and of the truth.
    """

    size: tuple[float, float]
    light: tuple[float, float]
    sharpness: tuple[float, float]
    seen: tuple[int, int]
    usable: tuple[int, int]


def errors(report: RoomReport, truths: dict[int, Truth]) -> Errors:
    """Compare a report with the truth."""
    both = [(report.parts[place], truth) for place, truth in truths.items()]
    measured = [(part, truth) for part, truth in both if part.size_px is not None]
    size = [abs((part.size_px or 0) / truth.size_px - 1) for part, truth in measured]
    light = [abs((part.light or 0) - truth.light) for part, truth in measured]
    sharp = [abs((part.sharpness or 0) / truth.sharpness - 1) for part, truth in measured]
    return Errors(
        size=(float(np.median(size)), max(size)),
        light=(float(np.median(light)), max(light)),
        sharpness=(float(np.median(sharp)), max(sharp)),
        seen=(sum(abs(part.seen - truth.seen) for part, truth in both), _sum(truths, "seen")),
        usable=(
            sum(abs(part.usable - truth.usable) for part, truth in both),
            _sum(truths, "usable"),
        ),
    )


def _sum(truths: dict[int, Truth], name: str) -> int:
    return sum(getattr(truth, name) for truth in truths.values())


@click.command()
@click.argument("clips", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--min-face", default=12.0, show_default=True, help="Pixels of a usable face.")
def main(clips: tuple[Path, ...], min_face: float) -> None:
    """Print what is measured and true in each part of each clip, the errors and the advice."""
    checked = CheckedWith(False, "auto", "mediapipe", "room", 5)
    for clip in clips:
        report = check_clip(clip, QualityRule(min_face_px=min_face))
        truths = true_parts(clip, report)
        click.echo(f"{clip.name}: measured | true")
        for place, truth in truths.items():
            part = report.parts[place]
            size, light, sharp = part.size_px or 0, part.light or 0, part.sharpness or 0
            click.echo(
                f"  row {part.row} column {part.column}:"
                f" {part.usable}/{part.seen} | {truth.usable}/{truth.seen} usable of seen,"
                f" {size:.1f} | {truth.size_px:.1f} px,"
                f" light {light:.2f} | {truth.light:.2f},"
                f" sharpness {sharp:.2f} | {truth.sharpness:.2f}"
            )
        click.echo(f"  {_told(errors(report, truths))}")
        for advice in advise(report, checked):
            click.echo(f"  advice: {advice.text}")


def _told(found: Errors) -> str:
    return (
        f"errors, median and greatest: size {found.size[0]:.1%} {found.size[1]:.1%},"
        f" light {found.light[0]:.3f} {found.light[1]:.3f},"
        f" sharpness {found.sharpness[0]:.1%} {found.sharpness[1]:.1%};"
        f" seen off by {found.seen[0]} of {found.seen[1]},"
        f" usable by {found.usable[0]} of {found.usable[1]}"
    )


if __name__ == "__main__":
    main()
