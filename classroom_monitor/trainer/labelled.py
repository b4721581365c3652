"""Faces with a known class, to evaluate on, from data sets of every kind that can be trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from classroom_monitor.contracts import UInt8Array
from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer.dataset.archives import ANNOTATIONS
from classroom_monitor.trainer.dataset.entries import Entries
from classroom_monitor.trainer.dataset.load import picture_at, read_entries
from classroom_monitor.trainer.dataset.names import LABELS
from classroom_monitor.trainer.dataset.parts import part_of
from classroom_monitor.trainer.dataset.records import LabelScheme
from classroom_monitor.trainer.dataset.schemes import SCHEMES, class_labels, get_scheme
from classroom_monitor.trainer.labels import NO_CLASS, BoolArray, IntArray
from classroom_monitor.vision.bundle import Bundle


@dataclass(frozen=True, slots=True)
class LabelledFaces:
    """Face pictures, each (h, w) grey or (h, w, 3) BGR uint8, and their classes, (n,) int64.

    expressions, (n,) int64, holds indices into EXPRESSIONS or NO_CLASS where votes tell them.
    """

    images: Sequence[UInt8Array]
    truth: IntArray
    expressions: IntArray | None = None

    def select(self, chosen: BoolArray) -> LabelledFaces:
        """Return the faces that an (n,) bool mask chooses."""
        images = [image for image, is_chosen in zip(self.images, chosen, strict=True) if is_chosen]
        expressions = None if self.expressions is None else self.expressions[chosen]
        return LabelledFaces(images, self.truth[chosen], expressions)


def load_labelled_faces(
    path: Path, classes: Sequence[str], *, scheme: LabelScheme | None = None, part: str = ""
) -> LabelledFaces:
    """Read the faces, in their own sizes, that have one of the classes by a scheme.

    path is any data set that load_dataset takes. Without a scheme, it is
    scheme_of_classes. part ("test", say) keeps what the data set's makers put there. Raises
    DataProblem where something is missing or unreadable, a label is outside the scheme, or a
    class has no face.
    """
    ordered = ordered_scheme(scheme or scheme_of_classes(classes), classes)
    entries = read_entries(path, ordered.annotation)
    truth = class_labels(entries, ordered)
    chosen = truth != NO_CLASS
    if part:
        chosen &= entries.parts == part_of(part, str(path))
    for k, name in enumerate(classes):
        if not (truth[chosen] == k).any():
            where = f"the part {part} of {path}" if part else str(path)
            raise DataProblem(f"{where} holds no face of the class {name}: every class needs some")
    expressions = None
    if entries.names == LABELS:
        expressions = class_labels(entries, SCHEMES["fer+8"])[chosen]
    return LabelledFaces(_pictures(entries, chosen), truth[chosen], expressions)


def choose_scheme(bundle: Bundle, named: str = "") -> LabelScheme:
    """Return the scheme to measure a bundle by: the named one, or the one it was trained by.

    A bundle that doesn't tell, or names a scheme that isn't known here or has other classes, is
    measured by scheme_of_classes. Raises DataProblem where there is no scheme of the given name.
    """
    if named:
        return get_scheme(named)
    trained = _trained_scheme(bundle)
    return scheme_of_classes(bundle.classes) if trained is None else trained


def _trained_scheme(bundle: Bundle) -> LabelScheme | None:
    plan = bundle.recipe.get("data")
    if not isinstance(plan, Mapping):
        return None
    scheme = SCHEMES.get(str(plan.get("scheme")))
    if scheme is None or (scheme.classes and set(scheme.classes) != set(bundle.classes)):
        return None
    annotation = plan.get("annotation")
    return replace(scheme, annotation=annotation) if annotation in ANNOTATIONS else scheme


def scheme_of_classes(classes: Sequence[str]) -> LabelScheme:
    """Return the scheme of these classes, or else one where each is the label of its name."""
    for scheme in SCHEMES.values():
        if scheme.classes and set(scheme.classes) == set(classes):
            return scheme
    return replace(SCHEMES["own"], classes={name: (name,) for name in classes})


def ordered_scheme(scheme: LabelScheme, classes: Sequence[str]) -> LabelScheme:
    """Return the scheme with its classes in this order; "own" gets these as its classes.

    Raises DataProblem where the scheme has other classes.
    """
    members = scheme.classes or {name: (name,) for name in classes}
    if set(members) != set(classes):
        raise DataProblem(
            f"The label scheme {scheme.name} has the classes {', '.join(members)}; the model has "
            f"{', '.join(classes)}"
        )
    return replace(scheme, classes={name: members[name] for name in classes})


def _pictures(entries: Entries, chosen: BoolArray) -> Sequence[UInt8Array]:
    if isinstance(entries.pictures, np.ndarray):
        return list(entries.pictures[chosen])
    return [picture_at(entries, int(row)) for row in np.flatnonzero(chosen)]
