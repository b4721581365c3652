"""Opens what scores face crops: the engines that a bundle and this machine have, best first."""

from __future__ import annotations

import logging
from functools import partial

from classroom_monitor.errors import BundleProblem, EngineProblem
from classroom_monitor.vision.bundle import Bundle
from classroom_monitor.vision.engines.fallback import FallbackClassifier
from classroom_monitor.vision.engines.keras_gpu import devices
from classroom_monitor.vision.engines.keras_gpu.classifier import KerasGpuClassifier
from classroom_monitor.vision.engines.keras_gpu.network import ROLE, mobilenet_settings
from classroom_monitor.vision.engines.litert import DEFAULT_THREADS, LiteRtClassifier
from classroom_monitor.vision.engines.network_classifier import NetworkClassifier
from classroom_monitor.vision.engines.probabilities import class_probabilities

__all__ = [
    "CPU_ENGINES",
    "ENGINES",
    "GPU_ENGINE",
    "FallbackClassifier",
    "LiteRtClassifier",
    "NetworkClassifier",
    "class_probabilities",
    "engines_here",
    "open_classifier",
    "open_with_fallback",
]

logger = logging.getLogger(__name__)

GPU_ENGINE = "keras-gpu"
CPU_ENGINES = ("litert-int8", "litert-float32")
"""The CPU's engines by their weights' roles in bundles, the faster first."""

ENGINES = (GPU_ENGINE, *CPU_ENGINES)
"""All engines, in the order in which "auto" takes the first that there is."""


def engines_here(bundle: Bundle) -> tuple[str, ...]:
    """Return the engines that can run a bundle on this machine, best first.

    Those it has weights for, the GPU's only where Keras has a GPU. Keras is imported for that
    question only where the system shows an NVIDIA device.
    """
    on_cpu = _cpu_engines(bundle)
    return (GPU_ENGINE, *on_cpu) if _runs_on_gpu(bundle) else on_cpu


def open_classifier(
    bundle: Bundle, engine: str = "auto", threads: int = DEFAULT_THREADS
) -> NetworkClassifier:
    """Open a bundle's weights on an engine: one of ENGINES, or "auto" for the best there is.

    threads is for LiteRT. Raises BundleProblem where the bundle has no such weights or they don't
    fit bundle.json, and EngineProblem where this machine doesn't have the engine.
    """
    if engine == "auto":
        engine = next(iter(engines_here(bundle)), CPU_ENGINES[0])
    _require_known(engine)
    if engine == GPU_ENGINE:
        return KerasGpuClassifier(bundle, engine)
    return LiteRtClassifier(bundle, engine, threads)


def open_with_fallback(
    bundle: Bundle, engine: str = "auto", threads: int = DEFAULT_THREADS
) -> FallbackClassifier:
    """Open a classifier for a session: where an engine fails, the bundle's next one goes on.

    engine and threads are as open_classifier takes them; after the engine asked for come those
    of the CPU. Raises BundleProblem or EngineProblem where no engine can be opened.
    """
    if engine == "auto":
        order = engines_here(bundle) or CPU_ENGINES[:1]
    else:
        _require_known(engine)
        order = (engine, *(other for other in _cpu_engines(bundle) if other != engine))
    return FallbackClassifier(
        {name: partial(open_classifier, bundle, name, threads) for name in order}
    )


def _require_known(engine: str) -> None:
    if engine not in ENGINES:
        raise BundleProblem(f"unknown engine '{engine}': choose auto, {' or '.join(ENGINES)}")


def _cpu_engines(bundle: Bundle) -> tuple[str, ...]:
    return tuple(engine for engine in CPU_ENGINES if engine in bundle.roles)


def _runs_on_gpu(bundle: Bundle) -> bool:
    if ROLE not in bundle.roles or mobilenet_settings(bundle) is None:
        return False
    try:
        devices.require_gpu()
    except EngineProblem as problem:
        logger.debug("%s is not used: %s", GPU_ENGINE, problem)
        return False
    return True
