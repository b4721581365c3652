"""Whether Keras has a GPU here, asked in steps: what costs nothing first.

Nobody without a GPU loads TensorFlow for this question.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

from classroom_monitor.errors import EngineProblem
from classroom_monitor.vision.engines.network_classifier import first_line
from classroom_monitor.vision.lean_import import imports_undisturbed

BACKENDS = ("tensorflow", "torch", "jax")
"""The backends that can compute on a GPU, in the order in which they are looked for."""

POLITE = {
    "TF_CPP_MIN_LOG_LEVEL": "2",  # TensorFlow's start is chatty on stderr
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",
}
"""What is asked of the backends unless the user has set it: to be quiet, and not to take all of a
GPU's memory from the start, which other programs need, too."""

OTHERS = "sessions score on the CPU without it"


def require_gpu() -> str:
    """Return what the first GPU that Keras's backend sees is called.

    Raises EngineProblem, which says what is missing. Keras and its backend are loaded only where
    the system shows the device of a GPU.
    """
    if not nvidia_devices():
        raise EngineProblem(f"there is no NVIDIA GPU here, or its driver is missing: {OTHERS}")
    keras = import_keras()
    backend = str(keras.backend.backend())
    gpus = _gpus(backend)
    if not gpus:
        raise EngineProblem(
            f"there is an NVIDIA GPU, but Keras runs on {backend}, which sees none: install "
            f"{backend} for CUDA, or choose another backend with KERAS_BACKEND; {OTHERS}"
        )
    return gpus[0]


def nvidia_devices(dev: Path = Path("/dev")) -> list[Path]:
    """Return the files by which the system shows NVIDIA GPUs; none where it has no such device.

    On Linux these are the devices that the driver makes (dxg in a Linux inside Windows), on Windows
    the driver's library.
    """
    places = [*sorted(dev.glob("nvidia[0-9]*")), dev / "dxg"]
    windows = os.environ.get("SYSTEMROOT")
    if windows:
        places.append(Path(windows) / "System32" / "nvcuda.dll")
    return [place for place in places if place.exists()]


def import_keras() -> ModuleType:
    """Return Keras on the backend it is set up for, or else on one that is installed.

    Raises EngineProblem where it or a backend is missing.
    """
    with imports_undisturbed():
        installed = [name for name in BACKENDS if importlib.util.find_spec(name) is not None]
        if importlib.util.find_spec("keras") is None or not installed:
            raise EngineProblem(
                "the GPU engine needs Keras and a backend: install the program with its gpu "
                f"extra: pip install 'classroom-monitor[gpu]'; {OTHERS}"
            )
        if BACKENDS[0] not in installed:
            os.environ.setdefault("KERAS_BACKEND", installed[0])
        for name, value in POLITE.items():
            os.environ.setdefault(name, value)
        try:
            import keras
        except (ImportError, OSError) as error:
            raise EngineProblem(f"Keras can't be loaded ({first_line(error)}): {OTHERS}") from error
    return keras  # type: ignore[no-any-return]


def _gpus(backend: str) -> list[str]:
    if backend == "tensorflow":
        import tensorflow

        return [str(device.name) for device in tensorflow.config.list_physical_devices("GPU")]
    if backend == "torch":
        import torch

        return [torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count())]
    if backend == "jax":
        import jax

        return [str(device) for device in jax.devices() if device.platform == "gpu"]
    return []
