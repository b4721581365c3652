"""How well a clip's faces are followed: `python -m tests.tracking CLIP... [-- --mode near]`.

Beside each clip stands CLIP.boxes.csv (t_s, student, x, y, w, h, mood: the true boxes at the start
of each second of each visible student). The clip is looked at as `analyze` does it by default: five
frames a second, the default finder and settings. Options after `--` are analyze's: --mode, --rate.

A student is tracked at a second when a track on screen lies on the true box, each track once: its
centre within half a side of the box's, its side 0.4 to 2 times the box's. The true box is the frame
of a face picture, in which the face may be small; the shares for an overlap (IoU) of at least 0.4
with that frame are printed, too. One who is visible for less than 3 s and isn't tracked is left out
of "within 3 s". A false face is a track that is on screen without ever lying on a true box; a
leftover is one that is on screen at a second when no visible student is there, though it lay on one
at another. The finder's cost is measured in this process: run nothing else.
"""

import csv
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import click
import numpy as np

from classroom_monitor.contracts import (
    FaceBox,
    Frame,
    Mode,
    SequenceFinder,
    Sighting,
    UInt8Array,
)
from classroom_monitor.live.decoder import Decoder
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.recording import RecordingCamera
from classroom_monitor.vision.room_scan import open_room_scan
from classroom_monitor.vision.tiles import Float64Array, box_rows, overlaps

SAME_IOU = 0.4
SIZE_RATIOS = (0.4, 2.0)

SOON_S = 3
SIZES_PX = (0, 24, 32, 64, 1000)


class TimedFinder:
    """Implements contracts.SequenceFinder: another one, with its times in times_ms."""

    def __init__(self, finder: SequenceFinder) -> None:
        self._finder = finder
        self.name = finder.name
        self.times_ms: list[float] = []

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        started_s = time.perf_counter()
        sighting = self._finder.look(image_bgr, known, budget_ms)
        self.times_ms.append((time.perf_counter() - started_s) * 1000)
        return sighting

    def close(self) -> None:
        self._finder.close()


Shown = dict[int, FaceBox]
"""The tracks on screen of one look, or the visible students of one second, by their ids."""


def true_boxes(clip: Path) -> list[Shown]:
    """Return the visible students of each second."""
    with clip.with_suffix(".boxes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seconds: list[Shown] = [{} for _ in range(max(int(row["t_s"]) for row in rows) + 1)]
    for row in rows:
        x, y, w, h = (float(row[name]) for name in "xywh")
        seconds[int(row["t_s"])][int(row["student"])] = FaceBox(x, y, w, h, 1.0)
    return seconds


@dataclass
class Run:
    """What was on screen at each look."""

    at_s: list[float] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    times_ms: list[float] = field(default_factory=list)


def follow(clip: Path, mode: Mode, rate_hz: float) -> Run:
    run = Run()
    finder = TimedFinder(open_room_scan(mode))
    with (
        closing(Decoder(lambda: RecordingCamera(clip), rate_hz)) as decoder,
        closing(FaceFollower(finder)) as follower,
    ):
        frame: Frame | None = decoder.next_frame()
        while frame is not None:
            followed = follower.follow(frame)
            run.at_s.append(frame.captured_at_s)
            run.shown.append({face.track_id: face.box for face in followed.faces})
            frame = decoder.next_frame()
    run.times_ms = finder.times_ms
    return run


def overlap(students: Shown, tracks: Shown) -> Float64Array:
    """Return (students, tracks) intersection over union, 0 where it is below SAME_IOU."""
    iou, _ = overlaps(box_rows(list(students.values())), box_rows(list(tracks.values())))
    return np.where(iou >= SAME_IOU, iou, 0.0)


def nearness(students: Shown, tracks: Shown) -> Float64Array:
    """Return (students, tracks) nearness of centres, 1 where they meet and 0 where too far."""
    true, shown = box_rows(list(students.values())), box_rows(list(tracks.values()))
    apart = (true[:, None, :2] + true[:, None, 2:] / 2) - (shown[:, :2] + shown[:, 2:] / 2)
    near = np.clip(1 - 2 * np.abs(apart).max(axis=2) / true[:, None, 2], 0, None)
    ratio = shown[None, :, 2] / true[:, None, 2]
    return np.where((ratio >= SIZE_RATIOS[0]) & (ratio <= SIZE_RATIOS[1]), near, 0.0)


Likeness = Callable[[Shown, Shown], Float64Array]


def match(students: Shown, tracks: Shown, likeness: Likeness) -> dict[int, int]:
    """Return the track of each student that has one, the likest first."""
    likely = likeness(students, tracks)
    pairs: dict[int, int] = {}
    for flat in np.argsort(-likely, axis=None, kind="stable"):
        row, column = np.unravel_index(flat, likely.shape)
        student, track = list(students)[row], list(tracks)[column]
        if likely[row, column] > 0 and student not in pairs and track not in pairs.values():
            pairs[student] = track
    return pairs


def appearances(seconds: Sequence[Shown]) -> list[tuple[int, int, int]]:
    """Return (student, first second, seconds) of each time that a student is visible."""
    found = []
    for student in sorted(set().union(*seconds)):
        visible = [student in second for second in seconds]
        edges = np.flatnonzero(np.diff(np.array([False, *visible, False]).astype(int)))
        found += [
            (student, int(a), int(b - a)) for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
    return found


def false_tracks(run: Run, seconds: Sequence[Shown]) -> tuple[int, int]:
    """Return how many tracks never lay on a student, and how many lay on none at a second."""
    ever, on_student, left = set[int](), set[int](), set[int]()
    for at_s, shown in zip(run.at_s, run.shown, strict=True):
        ever |= shown.keys()
        is_whole = abs(at_s - round(at_s)) < 0.05
        around = {round(at_s)} if is_whole else {int(at_s), int(at_s) + 1}
        for second in (one for one in around if one < len(seconds)):
            lies = [bool(column.any()) for column in nearness(seconds[second], shown).T]
            on_student |= {track for track, on in zip(shown, lies, strict=True) if on}
            if is_whole:
                left |= {track for track, on in zip(shown, lies, strict=True) if not on}
    return len(ever - on_student), len(left & on_student)


def share(values: Sequence[bool]) -> str:
    return f"{np.mean(values):.3f} ({sum(values)}/{len(values)})" if len(values) else "-"


@dataclass
class Tally:
    """For one way to tell who is tracked: (tracked, true side) an appearance and a second."""

    soon: list[tuple[bool, float]] = field(default_factory=list)
    held: list[tuple[bool, float]] = field(default_factory=list)
    switches: int = 0


def tally(run: Run, seconds: Sequence[Shown], likeness: Likeness) -> Tally:
    at_s = np.array(run.at_s)
    looks = [int(np.abs(at_s - second).argmin()) for second in range(len(seconds))]
    pairs = zip(seconds, looks, strict=True)
    matched = [match(visible, run.shown[look], likeness) for visible, look in pairs]
    made = Tally()
    for student, first, length in appearances(seconds):
        tracks = [matched[second].get(student) for second in range(first, first + length)]
        sides = [seconds[second][student].w for second in range(first, first + length)]
        in_time = any(track is not None for track in tracks[: SOON_S + 1])
        if in_time or length > SOON_S:
            made.soon.append((in_time, sides[0]))
        made.held += [(track is not None, side) for track, side in zip(tracks, sides, strict=True)]
        known = [track for track in tracks if track is not None]
        made.switches += sum(a != b for a, b in pairwise(known))
    return made


def shares(held: Sequence[tuple[bool, float]]) -> str:
    parts = [
        f"{low}-{high} px {share([ok for ok, side in held if low <= side < high])}"
        for low, high in pairwise(SIZES_PX)
    ]
    return ", ".join(parts)


def summarise(clip: Path, run: Run) -> str:
    seconds = true_boxes(clip)[: int(run.at_s[-1]) + 1]
    by_place, by_overlap = (tally(run, seconds, how) for how in (nearness, overlap))
    false, left = false_tracks(run, seconds)
    minutes = len(seconds) / 60
    large, large_by_overlap = (
        share([ok for ok, side in one.soon if side >= 24]) for one in (by_place, by_overlap)
    )
    lines = [
        f"{clip.name}: {len(seconds)} s, {len(run.at_s)} looks",
        f"  tracked within 3 s: {share([ok for ok, _ in by_place.soon])}, of 24 px and more {large}"
        f"; by overlap {share([ok for ok, _ in by_overlap.soon])}, {large_by_overlap}",
        f"  student-seconds tracked: {share([ok for ok, _ in by_place.held])}"
        f"; by overlap {share([ok for ok, _ in by_overlap.held])}",
        f"    {shares(by_place.held)}",
        f"  false faces a minute: {false / minutes:.2f}, leftovers {left / minutes:.2f}"
        f"; id switches: {by_place.switches}",
        f"  finder: mean {np.mean(run.times_ms):.1f} ms a frame, "
        f"95th percentile {np.percentile(run.times_ms, 95):.1f} ms",
    ]
    return "\n".join(lines)


@click.command()
@click.option("--mode", type=click.Choice(["near", "room"]), default="room")
@click.option("--rate", type=float, default=5.0)
@click.argument("clips", nargs=-1, type=click.Path(exists=True, path_type=Path))
def main(clips: Sequence[Path], mode: Mode, rate: float) -> None:
    for clip in clips:
        click.echo(summarise(clip, follow(clip, mode, rate)))


if __name__ == "__main__":
    main([one for one in sys.argv[1:] if one != "--"])
