"""The real finder, tracker and shipped network on a clip whose truth is known."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from classroom_monitor.contracts import MOODS, Frame, Look
from classroom_monitor.model_choice import DEFAULT_MODEL
from classroom_monitor.resources import models_dir
from classroom_monitor.vision.bundle import load_bundle
from classroom_monitor.vision.classifier import open_classifier
from classroom_monitor.vision.follower import FaceFollower
from classroom_monitor.vision.quality import QualityRule
from classroom_monitor.vision.room import MoodScorer, Scoring
from classroom_monitor.vision.room_scan import open_room_scan
from tests.vision.analyser import RoomAnalyser

SECONDS = 12
FRAMES_PER_S = 10


@pytest.fixture(scope="module")
def looks(shared_dir: Path) -> list[Look]:
    """Return the looks at the first seconds of seminar_6, five a second."""
    bundle = load_bundle(models_dir() / DEFAULT_MODEL)
    scoring = Scoring(open_classifier(bundle), bundle.thresholds.min_certainty)
    quality = QualityRule(bundle.thresholds.min_face_px)
    follower = FaceFollower(open_room_scan("room"), quality, crop=bundle.crop)
    analyser = RoomAnalyser(follower, MoodScorer(scoring))
    capture = cv2.VideoCapture(str(shared_dir / "clips" / "seminar_6.mp4"))
    taken = []
    for index in range(SECONDS * FRAMES_PER_S):
        _, image = capture.read()
        if index % 2 == 0:
            frame = Frame(index, index / FRAMES_PER_S, np.asarray(image, np.uint8))
            taken.append(analyser.analyse(frame).look)
    capture.release()
    analyser.close()
    return taken


def test_the_visible_are_used_and_their_mix_is_close(looks: list[Look], shared_dir: Path) -> None:
    path = shared_dir / "clips" / "seminar_6.truth.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        truth = list(csv.DictReader(handle))
    used, errors = [], []
    for t_s in range(SECONDS):
        visible = int(truth[t_s]["visible"])
        second = [look for look in looks if int(look.at_s) == t_s]
        used.append(min(float(np.median([look.used for look in second])), visible) / visible)
        rows = [look.used_probabilities for look in second if look.used_probabilities is not None]
        likeliest = np.concatenate(rows).argmax(axis=1)
        shares = np.bincount(likeliest, minlength=len(MOODS)) / len(likeliest)
        wanted = np.array([int(truth[t_s][mood]) for mood in MOODS]) / visible
        errors.append(np.abs(shares - wanted).mean())
    assert np.mean(used) >= 0.9
    assert np.mean(errors) <= 0.1
