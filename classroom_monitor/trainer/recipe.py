"""What a recipe is: its data, network and learning, and the published figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from classroom_monitor.trainer.augment import Augmentation

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that the write-up gives: what it is of, and its value from 0 to 1.

    figure says which of a run's figures stands beside it. when holds the settings it was reached
    with, by their --set names: a run with others says nothing about it.
    """

    what: str
    value: float
    figure: Literal["accuracy", "auc", "training_accuracy", "validation_accuracy"] = "accuracy"
    when: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a recipe comes from, what it costs and what it is said to reach.

    differences names what data, weights or settings here are not those of the write-up.
    """

    source: str
    cost: str
    published: tuple[Published, ...] = ()
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DataPlan:
    """How a data set becomes parts to learn from, to choose by and to test on.

    scheme names a LabelScheme; annotation, where given, replaces the scheme's own. split is "4:1",
    "75/15/15", "80/20" (of the whole set, stratified) or "own" (the parts the data set comes with;
    without such parts, held_out of it is held out). targets says what a picture is learned as: its
    class ("hard"), or the share of its votes that each class has ("soft"). balance is "none",
    "class_weight", "oversample" (to per_class pictures, copies augmented; classes that have more
    are cut down to it) or "factor" (rarer classes repeated factor times at most). augment says
    which training pictures augmentation changes: "all" of them, anew in every epoch, or only the
    "copies" that balancing made, each one in its own way once and for all. limit uses that many
    pictures only, 0 for all.
    """

    scheme: str
    annotation: str = ""
    split: str = "own"
    held_out: float = 0.08
    targets: Literal["hard", "soft"] = "hard"
    balance: Literal["none", "class_weight", "oversample", "factor"] = "none"
    per_class: int = 0
    factor: float = 1.0
    augment: Literal["all", "copies"] = "all"
    limit: int = 0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class InputPlan:
    """What the network is fed.

    source_px is the side that pictures are kept at until they are augmented: FER2013's 48, more
    for data of more detail.
    fit is "resize", or "pad": cropped or padded with black to size_px. super_resolution is a model
    file that enlarges each face first, "" for none (cubic resampling).
    """

    size_px: int
    channels: int = 1
    source_px: int = 48
    fit: Literal["resize", "pad"] = "resize"
    super_resolution: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Some epochs at one input size; small pictures first earn most of the accuracy cheaply."""

    size_px: int
    epochs: int


@dataclass(frozen=True, slots=True)
class LearningPlan:
    """How the network learns.

    stages: epochs and their input sizes; the last one's size is InputPlan's.
    loss: "votes" (soft votes for the eight expressions, with valence_weight for the classes they
    make up), "categorical" or "binary" (of the last class against the first).
    schedule: "cosine" with warmup_steps, or "constant".
    patience: epochs without a better figure of monitor after which it stops, 0 for never.
    plateau: epochs without a better figure after which the rate is halved, 0 for never.
    monitor: what of the validation faces decides the best epoch, early stopping and plateaus.
    averaging: how much of the weights' moving average each step leaves as it is (0.999, say): the
    average is then what is validated and kept; 0 for the weights themselves.
    precision: Keras's name of the numbers that layers compute in; the mixed ones are for GPUs.
    """

    stages: tuple[Stage, ...]
    batch: int = 64
    loss: Literal["votes", "categorical", "binary"] = "categorical"
    valence_weight: float = 0.5
    optimizer: Literal["adam", "adamw"] = "adam"
    learning_rate: float = 1e-3
    schedule: Literal["constant", "cosine"] = "constant"
    warmup_steps: int = 0
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    mixup: float = 0.0
    patience: int = 0
    plateau: int = 0
    monitor: Literal["loss", "accuracy"] = "loss"
    averaging: float = 0.0
    precision: Literal["float32", "mixed_bfloat16", "mixed_float16"] = "float32"


@dataclass(frozen=True, slots=True)
class StartPlan:
    """What a network starts from and learns from besides the labels.

    pretrained: an .npz or Keras weights file; "" starts from random weights.
    start: a bundle of the same network to go on from, instead of pretrained; of several, separated
    by commas, the mean of their weights.
    frozen_until: the first layer that learns; "" lets all of them learn.
    teacher: a bundle whose opinion of each face counts as teacher_votes further votes; of several,
    separated by commas, the mean of their opinions.
    """

    pretrained: str = ""
    start: str = ""
    frozen_until: str = ""
    teacher: str = ""
    teacher_votes: float = 10.0

    @property
    def start_dirs(self) -> list[Path]:
        """The bundles to go on from."""
        return _folders(self.start)

    @property
    def teacher_dirs(self) -> list[Path]:
        """The bundles whose opinions count."""
        return _folders(self.teacher)

    def bundle_names(self) -> dict[str, str]:
        """Return start and teacher, each bundle without the folder it lies in."""
        named = {"start": self.start_dirs, "teacher": self.teacher_dirs}
        return {name: ",".join(path.name for path in paths) for name, paths in named.items()}


@dataclass(frozen=True, slots=True)
class About:
    """What the bundle says of itself; nobody but who trains it knows. name "" is the recipe's."""

    name: str = ""
    version: str = "1"
    licence: str = "not stated"
    data_name: str = "not stated"
    data_licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training run; every field of its parts is a --set option.

    network holds the recipe's own settings of its network (a frozen dataclass of numbers and
    texts), and build makes the network from the recipe and the number of outputs (outputs_of in
    outputs.py): from (n, size, size, channels) greys or RGB of 0 to 255 to (n, outputs) float32
    logits, its scaling inside. With a single sigmoid the first of two logits is a constant 0.
    small holds the settings of --small, by their --set names. test is a data set that the finished
    bundle is measured on for its card; it decides nothing.
    """

    name: str
    summary: str
    origin: Origin
    data: DataPlan
    input: InputPlan
    network: Any
    build: Callable[[Recipe, int], keras.Model]
    learning: LearningPlan
    augmentation: Augmentation
    start: StartPlan = field(default_factory=StartPlan)
    about: About = field(default_factory=About)
    small: Mapping[str, str] = field(default_factory=dict)
    test: str = ""


def _folders(setting: str) -> list[Path]:
    return [Path(name) for name in setting.split(",") if name]
