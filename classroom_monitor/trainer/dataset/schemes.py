"""Label schemes by name or from a small file, and the classes they give the pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from classroom_monitor.contracts import Float32Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.archives import ANNOTATIONS
from classroom_monitor.trainer.dataset.names import FER2013_LABELS, LABELS, REJECTED, usual_name
from classroom_monitor.trainer.dataset.records import LabelScheme
from classroom_monitor.trainer.dataset.scheme_files import read_scheme
from classroom_monitor.trainer.labels import EXPRESSIONS, GROUPS, NO_CLASS, IntArray

SCHEMES: dict[str, LabelScheme] = {
    scheme.name: scheme
    for scheme in (
        LabelScheme("fer7", {label: (label,) for label in FER2013_LABELS}, "fer2013"),
        LabelScheme("fer+8", {label: (label,) for label in EXPRESSIONS}, others="apart"),
        LabelScheme("valence3", dict(GROUPS)),
        LabelScheme(
            "joy_anger_sadness",
            {"joy": ("happiness",), "anger": ("anger",), "sadness": ("sadness",)},
            "fer2013",
        ),
        LabelScheme(
            "happiness_sadness_neutral",
            {label: (label,) for label in ("happiness", "sadness", "neutral")},
            "fer2013",
        ),
        LabelScheme(
            "positive_negative",
            {
                "negative": ("anger", "disgust", "fear", "sadness", "contempt"),
                "positive": ("happiness", "surprise"),
            },
        ),
        LabelScheme(
            "interest3",
            {"negative": ("anger", "fear"), "neutral": ("neutral",), "positive": ("happiness",)},
            "fer2013",
        ),
        LabelScheme("own", {}, others="apart"),
    )
}
"""The schemes there are; "own" takes the labels that the data has as its classes."""


class Answers(Protocol):
    """What people called pictures: the part of a Dataset that schemes read."""

    @property
    def votes(self) -> Float32Array:
        """Votes, (n, k) float32."""

    @property
    def names(self) -> tuple[str, ...]:
        """The k labels."""

    @property
    def origins(self) -> tuple[str, ...]:
        """Where each picture came from."""


def get_scheme(name_or_path: str | Path, annotation: str = "") -> LabelScheme:
    """Return a scheme by its name or from a JSON file.

    Such a file holds {"classes": {class: [labels]}} and may hold annotation, others and ignored,
    which LabelScheme explains. annotation, where given, replaces the scheme's. Raises DataProblem.
    """
    path = Path(name_or_path)
    scheme = SCHEMES.get(str(name_or_path))
    if scheme is None:
        if path.suffix.lower() != ".json" or not path.is_file():
            raise DataProblem(
                f"There is no label scheme {str(path)!r}: choose one of {', '.join(SCHEMES)}, or "
                "give a .json file"
            )
        scheme = read_scheme(path)
    if annotation:
        scheme = replace(scheme, annotation=annotation)
    if scheme.annotation not in ANNOTATIONS:
        raise DataProblem(
            f"{name_or_path}: the annotation is {scheme.annotation!r}, it must be one of "
            f"{', '.join(ANNOTATIONS)}"
        )
    return scheme


def fill_scheme(scheme: LabelScheme, data: Answers) -> LabelScheme:
    """Return the scheme with classes: those of "own" are the labels that the data has.

    Raises DataProblem where these are fewer than two.
    """
    if scheme.classes:
        return scheme
    own = [name for name in data.names if usual_name(name) not in REJECTED]
    if len(own) < 2:
        raise DataProblem(
            f"The data has the labels {', '.join(data.names)}: to tell classes apart takes two"
        )
    return replace(scheme, classes={name: (name,) for name in own})


def class_labels(data: Answers, scheme: LabelScheme) -> IntArray:
    """Return each picture's class as an index into the scheme's classes, (n,) int64, or NO_CLASS.

    The rule is LabelScheme's. A label counts for the class that lists it; one that no class
    lists, but has a class's own name, counts for that class. Raises DataProblem, naming the
    label and where it first stands, for a label outside the scheme.
    """
    filled = fill_scheme(scheme, data)
    columns = _columns(data, filled)
    votes = _class_votes(data, columns, len(filled.classes))
    rest = np.flatnonzero(columns == NO_CLASS)
    best = votes.argmax(axis=1)
    most = votes.max(axis=1, initial=0.0)
    wins = (most > 0) & ((votes == most[:, None]).sum(axis=1) == 1)
    if filled.others == "together":
        wins &= most > data.votes[:, rest].sum(axis=1)
    else:
        for column in rest:
            may_tie = usual_name(data.names[column]) in REJECTED
            other = data.votes[:, column]
            wins &= (most >= other) if may_tie else (most > other)
    return np.where(wins, best, NO_CLASS).astype(np.int64)


def soft_class_targets(data: Answers, scheme: LabelScheme) -> Float32Array:
    """Return the classes' shares of the votes that any class got, (n, classes) float32.

    Rows sum to 1, or are all 0 where no class got a vote. Raises DataProblem as class_labels.
    """
    filled = fill_scheme(scheme, data)
    votes = _class_votes(data, _columns(data, filled), len(filled.classes))
    return np.asarray(votes / np.maximum(votes.sum(axis=1, keepdims=True), 1.0), np.float32)


def _columns(data: Answers, scheme: LabelScheme) -> IntArray:
    """Return, for each label of the data, the index of its class or NO_CLASS, (k,) int64."""
    listed = {label: k for k, labels in enumerate(scheme.classes.values()) for label in labels}
    listed |= {name: k for k, name in enumerate(scheme.classes) if name not in listed}
    columns = []
    for column, name in enumerate(data.names):
        label = name if name in listed else usual_name(name)
        if label not in listed and label not in (*LABELS, *scheme.ignored):
            _require_unused(data, column, scheme)
        columns.append(listed.get(label, NO_CLASS))
    return np.array(columns, dtype=np.int64)


def _require_unused(data: Answers, column: int, scheme: LabelScheme) -> None:
    rows = np.flatnonzero(data.votes[:, column])
    if rows.size:
        raise DataProblem(
            f"{data.origins[rows[0]]}: the label {data.names[column]!r} is outside the scheme "
            f"{scheme.name}, whose classes are {', '.join(scheme.classes)}"
        )


def _class_votes(data: Answers, columns: IntArray, classes: int) -> Float32Array:
    sums = [data.votes[:, columns == k].sum(axis=1) for k in range(classes)]
    return np.stack(sums, axis=1).astype(np.float32)
