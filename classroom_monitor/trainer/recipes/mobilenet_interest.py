"""Recipe mobilenet_interest: negative (anger, fear), neutral, positive (happiness) by MobileNet.

The published variant with super-resolution, and its control with cubic curves:

    train mobilenet_interest ... --set size=192 --set super_resolution=FSRCNN_x4.pb
    train mobilenet_interest ... --set size=192 --set super_resolution=bicubic_x4
"""

from __future__ import annotations

from dataclasses import replace

from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.networks.mobilenet import build_mobilenet
from classroom_monitor.trainer.recipe import (
    DataPlan,
    InputPlan,
    LearningPlan,
    Origin,
    Published,
    Recipe,
    Stage,
    StartPlan,
)
from classroom_monitor.vision.engines.keras_gpu.network import MobilenetSettings

MOBILENET_INTEREST = Recipe(
    name="mobilenet_interest",
    summary="MobileNet with Adam: negative (anger, fear), neutral, positive (happiness)",
    origin=Origin(
        source="a published MobileNet that joins anger and fear to negative, at 128 px and, with "
        "4x super-resolution, at 192 px",
        cost="an hour on two CPU cores at 128 px, about two and a half at 192 px",
        published=(
            Published("accuracy at 128 px", 0.80, when={"size_px": "128"}),
            Published("accuracy at 192 px with 4x super-resolution", 0.82, when={"size_px": "192"}),
        ),
        differences=(
            "FER2013 faces with FER2013's own labels; the write-up's pictures are not known",
            "75/15/15 adds up to 105: taken as 75:15:15",
            "which super-resolution model is not known: FSRCNN_x4.pb here",
            "ImageNet weights without the kernel of conv_pw_13, which starts at random, where the "
            "file lacks it",
            "the augmentation is not known: mild changes, the same at both sizes",
        ),
    ),
    data=DataPlan(scheme="interest3", split="75/15/15"),
    input=InputPlan(size_px=128, channels=3),
    network=MobilenetSettings(last_layer="conv_pw_13_relu", pooling="max", dropout=0.0),
    build=build_mobilenet,
    learning=LearningPlan(
        stages=(Stage(128, 25),),
        batch=32,
        learning_rate=0.01,
        patience=15,
        plateau=5,
        monitor="accuracy",
    ),
    augmentation=replace(
        UNCHANGED, rotation_deg=15.0, mirror_chance=0.5, zoom=(0.9, 1.1), shift=0.1, shear=0.1
    ),
    start=StartPlan(frozen_until="conv_pw_2_bn"),
    small={"limit": "800", "size": "64", "epochs": "3"},
)
"""The first 15 layers, up to and with conv_pw_2, stay as they are: conv_pw_2_bn is the 16th."""
