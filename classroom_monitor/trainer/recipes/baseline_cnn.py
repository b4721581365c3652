"""Recipe baseline_cnn: positive or negative by a plain network, on 1,600 pictures.

At all pictures instead of 1,600: train baseline_cnn ... --set limit=0
"""

from __future__ import annotations

from classroom_monitor.trainer.augment import UNCHANGED
from classroom_monitor.trainer.networks.two_blocks import TwoBlocksSettings, build_two_blocks
from classroom_monitor.trainer.recipe import (
    DataPlan,
    InputPlan,
    LearningPlan,
    Origin,
    Published,
    Recipe,
    Stage,
)

BASELINE_CNN = Recipe(
    name="baseline_cnn",
    summary="two blocks of convolutions from scratch: negative, positive",
    origin=Origin(
        source="a published baseline for positive and negative faces: two blocks of two 64-filter "
        "3x3 convolutions, two dense layers, one sigmoid; 10 epochs on 1,600 pictures",
        cost="two minutes on two CPU cores at 1,600 pictures, fifteen at all of FER2013",
        published=(
            Published("accuracy on 1,600 pictures", 0.55, when={"limit": "1600"}),
            Published("AUC on 1,600 pictures", 0.57, "auc", when={"limit": "1600"}),
        ),
        differences=(
            "FER2013 faces with FER2013's own labels instead of the write-up's pictures",
            "the write-up's test set has 53% positives; the majority-class baseline of this one "
            "stands beside each accuracy",
            "the widths of the dense layers and the dropout are not known: 128, 64 and 0.5 here",
            "a twelfth of the training pictures is held out for calibration",
        ),
    ),
    data=DataPlan(scheme="positive_negative", annotation="fer2013", split="4:1", limit=1600),
    input=InputPlan(size_px=48),
    network=TwoBlocksSettings(),
    build=build_two_blocks,
    learning=LearningPlan(stages=(Stage(48, 10),), batch=32, loss="binary"),
    augmentation=UNCHANGED,
    small={"limit": "800", "epochs": "3", "filters": "32"},
)
