"""Recipe mobilenet_valence: MobileNet on the soft FER+ votes, made ready for a room."""

from __future__ import annotations

from classroom_monitor.trainer.augment import Augmentation
from classroom_monitor.trainer.networks.mobilenet import build_mobilenet
from classroom_monitor.trainer.recipe import (
    DataPlan,
    InputPlan,
    LearningPlan,
    Origin,
    Recipe,
    Stage,
)
from classroom_monitor.vision.engines.keras_gpu.network import MobilenetSettings

MOBILENET_VALENCE = Recipe(
    name="mobilenet_valence",
    summary="MobileNet on FER+ votes: negative, neutral, positive",
    origin=Origin(
        source="Howard et al. 2017, MobileNets; Barsoum et al. 2016, votes as soft labels; the "
        "recipe is this program's own",
        cost="an hour on two CPU cores for FER2013's 28,500 training faces",
    ),
    data=DataPlan(scheme="valence3"),
    input=InputPlan(size_px=96),
    network=MobilenetSettings(),
    build=build_mobilenet,
    learning=LearningPlan(
        stages=(Stage(64, 9), Stage(96, 7)),
        loss="votes",
        optimizer="adamw",
        learning_rate=8e-4,
        schedule="cosine",
        warmup_steps=500,
        weight_decay=5e-4,
        patience=4,
    ),
    augmentation=Augmentation(),
    small={"limit": "3000", "stages": "48x2,64x1"},
)
