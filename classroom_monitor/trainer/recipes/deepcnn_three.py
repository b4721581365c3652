"""Recipe deepcnn_three: happiness, sadness and neutral by a deep plain network."""

from __future__ import annotations

from dataclasses import replace

from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.networks.seven_layers import (
    SevenLayersSettings,
    build_seven_layers,
)
from classroom_monitor.trainer.recipe import (
    DataPlan,
    InputPlan,
    LearningPlan,
    Origin,
    Published,
    Recipe,
    Stage,
)

DEEPCNN_THREE = Recipe(
    name="deepcnn_three",
    summary="seven convolutions from scratch: happiness, sadness, neutral",
    origin=Origin(
        source="a published deep CNN for happiness, sadness and neutral on 48x48 grey faces, "
        "trained for 10 and for 100 epochs",
        cost="eight minutes on two CPU cores that multiply in bfloat16 for 10 epochs, an hour and "
        "twenty minutes for 100",
        published=(
            Published("test accuracy", 0.73),
            Published("training accuracy (overfitted)", 0.83, "training_accuracy"),
        ),
        differences=(
            "the number of filters is not known: 32, 64 and 128 here",
            "FER2013's own labels and parts; its PublicTest part is the test",
            "the published split is not known",
        ),
    ),
    data=DataPlan(scheme="happiness_sadness_neutral"),
    input=InputPlan(size_px=48),
    network=SevenLayersSettings(),
    build=build_seven_layers,
    learning=LearningPlan(stages=(Stage(48, 10),), batch=64),
    augmentation=replace(
        UNCHANGED, rotation_deg=10.0, mirror_chance=0.5, zoom=(0.9, 1.1), shift=0.1
    ),
    small={"limit": "2000", "epochs": "3"},
)
