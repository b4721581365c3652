"""The labels that data sets use for expressions, under one name each."""

from __future__ import annotations

from classroom_monitor.trainer.labels import EXPRESSIONS

REJECTED: tuple[str, ...] = ("unknown", "not-a-face")
"""FER+'s last two columns: people could not tell, or saw no face."""

LABELS: tuple[str, ...] = (*EXPRESSIONS, *REJECTED)
"""FER+'s ten columns, in the order of its table and of the .npz files."""

FER2013_CODES = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
"""What FER2013's numbers 0 to 6 stand for."""

FER2013_LABELS = tuple(label for label in LABELS if label in FER2013_CODES)
"""The seven labels of FER2013 in the order of LABELS."""

_ALIASES = {
    "angry": "anger",
    "happy": "happiness",
    "sad": "sadness",
    "nf": "not-a-face",
}


def usual_name(label: str) -> str:
    """Return the name of LABELS that a label means, or the label in lower case."""
    plain = "-".join(label.strip().lower().replace("_", " ").split())
    return _ALIASES.get(plain, plain)
