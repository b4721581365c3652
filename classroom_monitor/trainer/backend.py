"""Brings in Keras, or says how to get it."""

from __future__ import annotations

import importlib.util
import os
from types import ModuleType

from classroom_monitor.errors import EnvironmentProblem

_INSTALL = "install the program with its train extra: pip install 'classroom-monitor[train]'"


def import_keras() -> ModuleType:
    """Return Keras on the backend it is set up for, TensorFlow unless KERAS_BACKEND says else.

    Raises EnvironmentProblem where it or the backend is not installed.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # TensorFlow's start is chatty on stderr
    try:
        import keras
    except ImportError as error:
        raise EnvironmentProblem(f"Training needs Keras ({error}): {_INSTALL}") from error
    return keras  # type: ignore[no-any-return]


def runs_on_tensorflow() -> bool:
    """Tell whether Keras runs on TensorFlow."""
    return bool(import_keras().backend.backend() == "tensorflow")


def has_gpu() -> bool:
    """Tell whether Keras computes on a GPU, whatever its backend calls that."""
    device = str(import_keras().ops.zeros(()).device).lower()
    return any(name in device for name in ("gpu", "cuda", "mps"))


def require_tensorflow() -> None:
    """Raise EnvironmentProblem unless Keras runs on TensorFlow, which LiteRT is made with."""
    if not runs_on_tensorflow():
        raise EnvironmentProblem(
            "LiteRT engines are made with TensorFlow, but Keras runs on "
            f"{import_keras().backend.backend()}: run the same command with "
            "KERAS_BACKEND=tensorflow, it goes on from the checkpoint"
        )


def require_scikit_learn() -> None:
    """Raise EnvironmentProblem where scikit-learn, which computes the figures, is missing."""
    if importlib.util.find_spec("sklearn") is None:
        raise EnvironmentProblem(f"Evaluating needs scikit-learn: {_INSTALL}")
