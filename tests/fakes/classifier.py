"""A classifier that goes by brightness."""

from __future__ import annotations

import numpy as np

from classroom_monitor.contracts import CropBatch, Scores


class FakeClassifier:
    """Implements contracts.Classifier: dark crops are negative, grey neutral, bright positive."""

    engine = "fake"
    notice = ""

    def __init__(self) -> None:
        self.batch_sizes: list[int] = []
        self.both_ways: list[bool] = []
        self.closed = False

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        assert not self.closed
        self.batch_sizes.append(len(crops.images))
        self.both_ways.append(both_ways)
        if not len(crops.images):
            return Scores(np.zeros((0, 3), np.float32))
        brightness = crops.images.reshape(len(crops.images), -1).mean(axis=1)
        likeliest = np.clip((brightness / 256 * 3).astype(int), 0, 2)
        probabilities = np.full((len(likeliest), 3), 0.1, np.float32)
        probabilities[np.arange(len(likeliest)), likeliest] = 0.8
        return Scores(probabilities)

    def close(self) -> None:
        self.closed = True
