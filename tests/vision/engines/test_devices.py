"""Whether there is a GPU for Keras is asked in steps, what costs nothing first."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from classroom_monitor.errors import EngineProblem
from classroom_monitor.vision.engines.keras_gpu import devices

GPU = SimpleNamespace(name="/physical_device:GPU:0")
BACKENDS = {
    "tensorflow": lambda gpus: SimpleNamespace(
        config=SimpleNamespace(list_physical_devices=lambda kind: [GPU] * gpus)
    ),
    "torch": lambda gpus: SimpleNamespace(
        cuda=SimpleNamespace(device_count=lambda: gpus, get_device_name=lambda index: "H200")
    ),
    "jax": lambda gpus: SimpleNamespace(
        devices=lambda: [SimpleNamespace(platform="gpu")] * gpus + [SimpleNamespace(platform="cpu")]
    ),
}


@pytest.fixture
def nvidia(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system show the device of a GPU."""
    monkeypatch.setattr(devices, "nvidia_devices", lambda: [Path("/dev/nvidia0")])


def install(monkeypatch: pytest.MonkeyPatch, backend: str, gpus: int) -> None:
    """Put a Keras in place that runs on a backend which sees so many GPUs."""
    keras = SimpleNamespace(backend=SimpleNamespace(backend=lambda: backend))
    monkeypatch.setitem(sys.modules, "keras", keras)
    monkeypatch.setitem(sys.modules, backend, BACKENDS[backend](gpus))
    present = {"keras", backend}
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: object() if name in present else None
    )
    monkeypatch.setenv("KERAS_BACKEND", backend)


def test_a_system_shows_its_gpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYSTEMROOT", raising=False)
    for name in ("nvidiactl", "nvidia-uvm", "null"):
        (tmp_path / name).touch()
    assert devices.nvidia_devices(tmp_path) == []
    (tmp_path / "nvidia3").touch()
    assert devices.nvidia_devices(tmp_path) == [tmp_path / "nvidia3"]


def test_windows_shows_the_drivers_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    assert devices.nvidia_devices(tmp_path / "dev") == []
    library = tmp_path / "System32" / "nvcuda.dll"
    library.parent.mkdir()
    library.touch()
    assert devices.nvidia_devices(tmp_path / "dev") == [library]


def test_without_a_device_keras_is_not_even_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "nvidia_devices", list)
    monkeypatch.setattr(devices, "import_keras", lambda: pytest.fail("Keras was imported"))
    with pytest.raises(EngineProblem, match="no NVIDIA GPU"):
        devices.require_gpu()


@pytest.mark.usefixtures("nvidia")
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_that_sees_a_gpu_names_it(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    install(monkeypatch, backend, gpus=2)
    assert devices.require_gpu()


@pytest.mark.usefixtures("nvidia")
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_that_sees_none_is_named(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    install(monkeypatch, backend, gpus=0)
    with pytest.raises(EngineProblem, match=f"runs on {backend}, which sees none"):
        devices.require_gpu()


@pytest.mark.usefixtures("nvidia")
def test_the_backend_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "torch", gpus=1)
    monkeypatch.delenv("KERAS_BACKEND")
    monkeypatch.setattr(os, "environ", dict(os.environ))
    assert devices.require_gpu() == "H200"
    assert os.environ["KERAS_BACKEND"] == "torch"


@pytest.mark.usefixtures("nvidia")
def test_missing_keras_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineProblem, match=r"classroom-monitor\[gpu\]"):
        devices.require_gpu()


@pytest.mark.usefixtures("nvidia")
def test_a_keras_that_cannot_be_loaded_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "tensorflow", gpus=1)
    broken: ModuleType | None = None
    monkeypatch.setitem(sys.modules, "keras", broken)
    with pytest.raises(EngineProblem, match="can't be loaded") as caught:
        devices.require_gpu()
    assert "\n" not in str(caught.value)


def test_scoring_without_a_gpu_loads_no_keras() -> None:
    probe = (
        "import sys; from classroom_monitor.vision.engines.keras_gpu import devices; "
        "devices.nvidia_devices = list; "
        "from classroom_monitor.model_choice import default_model; "
        "from classroom_monitor.vision.bundle import load_bundle; "
        "from classroom_monitor.vision.classifier import open_with_fallback; "
        "print(open_with_fallback(load_bundle(default_model().folder)).engine, "
        "[name for name in ('keras', 'tensorflow', 'torch', 'jax') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "litert-int8 []"
