"""Recipe mobilenet_valence: MobileNet on the soft FER+ votes, made ready for a room.

Cost: about an hour on two CPU cores for FER2013's 28,500 training faces.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom_monitor.trainer.augment import Augmentation
from classroom_monitor.trainer.network import NetworkSettings


@dataclass(frozen=True, slots=True)
class Stage:
    """Some epochs at one input size; small pictures first earn most of the accuracy cheaply."""

    size_px: int
    epochs: int


@dataclass(frozen=True, slots=True)
class About:
    """What the bundle says of itself; nobody but who trains it knows."""

    name: str = "mobilenet_valence"
    version: str = "1"
    licence: str = "not stated"
    data_name: str = "not stated"
    data_licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class MobilenetValence:
    """Settings of the recipe.

    stages: the input sizes, in order; the bundle's input has the last one's size.
    pretrained: an .npz of ImageNet weights to start from; "" starts from random weights.
    start: a bundle of the same network to go on from, instead of pretrained.
    frozen_until: the first MobileNet layer that learns; "" lets all of them learn.
    teacher: a bundle whose opinion of each face counts as teacher_votes further votes.
    learning_rate rises over warmup_steps and falls by a cosine over all remaining steps.
    valence_weight: weight of the three moods' cross-entropy beside that of the eight expressions.
    held_out: share of the faces kept out of training for early stopping and calibration.
    patience: epochs without a better held-out loss, in the last stage, after which it stops.
    limit: use this many faces only, 0 for all: for trying things out.
    test: a data set that the finished bundle is measured on for its model card; it decides nothing.
    """

    stages: tuple[Stage, ...] = (Stage(64, 9), Stage(96, 7))
    pretrained: str = ""
    start: str = ""
    frozen_until: str = ""
    teacher: str = ""
    teacher_votes: float = 10.0
    test: str = ""
    batch: int = 64
    learning_rate: float = 8e-4
    warmup_steps: int = 500
    weight_decay: float = 5e-4
    valence_weight: float = 0.5
    held_out: float = 0.08
    patience: int = 4
    seed: int = 1
    limit: int = 0
    network: NetworkSettings = field(default_factory=NetworkSettings)
    augmentation: Augmentation = field(default_factory=Augmentation)
    about: About = field(default_factory=About)
