"""The expressions that faces are labelled with, and the moods that they make up.

FER+ has ten people's votes for each face, in ten columns (Barsoum et al. 2016, "Training Deep
Networks for Facial Expression Recognition with Crowd-Sourced Label Distribution").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EXPRESSIONS = (
    "neutral",
    "happiness",
    "surprise",
    "sadness",
    "anger",
    "disgust",
    "fear",
    "contempt",
)
"""The first eight vote columns, and the outputs of a network that learns from votes."""

GROUPS: dict[str, tuple[str, ...]] = {
    "negative": ("sadness", "anger", "disgust", "fear", "contempt"),
    "neutral": ("neutral",),
    "positive": ("happiness",),
}
"""The expressions that make up each mood; surprise says nothing about valence: in no group."""

NO_CLASS = -1
"""Stands where a rule gives a face no class."""

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
