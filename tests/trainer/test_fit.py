"""Runs that are broken off go on to the same end; what can't be saved or learned ends them."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.errors import DataProblem
from classroom_monitor.trainer import fit
from classroom_monitor.trainer.checkpoint import BEST_CHECKPOINT, LAST_CHECKPOINT
from tests.trainer.runs import Recorder, lasting, tiny_fit, tiny_recipe

pytestmark = [
    # TensorFlow's and Keras's own use of what Python or numpy will drop.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

MIXED = {
    "mixup": "0.2",
    "label_smoothing": "0.1",
    "balance": "class_weight",
    "averaging": "0.9",
}
"""What a run may have beside augmentation and dropout that must be the same when it goes on."""


@pytest.fixture(scope="module", autouse=True)
def tensorflow() -> None:
    """Skip where the train extra is missing."""
    for name in ("keras", "tensorflow"):
        pytest.importorskip(name, reason="needs the train extra")


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, float]]:
    """The history of a run of two epochs of five batches that nothing disturbed."""
    recorder = Recorder()
    history = tiny_fit(tiny_recipe(**MIXED), tmp_path_factory.mktemp("unbroken"), recorder).run()
    assert [step.step for step in recorder.steps] == list(range(1, 11))
    assert recorder.steps[-1].seconds_left == 0
    assert lasting(recorder.epochs) == lasting(history)
    return lasting(history)


def test_a_run_that_ctrl_c_broke_off_goes_on_to_the_same_end(
    tmp_path: Path, unbroken: list[dict[str, float]]
) -> None:
    recipe = tiny_recipe(**MIXED)
    first, second = Recorder(interrupt_after=7), Recorder()
    with pytest.raises(KeyboardInterrupt):
        tiny_fit(recipe, tmp_path, first).run()
    history = tiny_fit(recipe, tmp_path, second).run()
    assert [step.step for step in first.steps + second.steps] == list(range(1, 11))
    assert "going on after 1 epochs and 2 batches" in second.notices
    assert lasting(history) == unbroken


KILLED_RUN = """
import os, signal
from pathlib import Path
from tests.trainer.runs import Recorder, tiny_fit, tiny_recipe

class Killed(Recorder):
    def on_step(self, step):
        if step.step == 8:
            os.kill(os.getpid(), signal.SIGKILL)

tiny_fit(tiny_recipe(**{settings}), Path({folder!r}), Killed()).run()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_run_that_was_killed_goes_on_to_the_same_end(
    tmp_path: Path, unbroken: list[dict[str, float]]
) -> None:
    code = KILLED_RUN.format(settings=MIXED, folder=str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert run.returncode == -9, run.stderr.decode()
    recorder = Recorder()
    history = tiny_fit(tiny_recipe(**MIXED), tmp_path, recorder).run()
    assert recorder.steps[0].step == 6
    assert lasting(history) == unbroken


def test_a_long_epoch_is_saved_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "SAVE_EVERY_S", 0.0)

    class Crash(Recorder):
        def on_step(self, step: object) -> None:
            if len(self.steps) == 3:
                raise RuntimeError("crash")
            self.steps.append(step)  # type: ignore[arg-type]

    with pytest.raises(RuntimeError, match="crash"):
        tiny_fit(tiny_recipe(), tmp_path, Crash()).run()
    recorder = Recorder(interrupt_after=1)
    with pytest.raises(KeyboardInterrupt):
        tiny_fit(tiny_recipe(), tmp_path, recorder).run()
    assert recorder.steps[0].step == 4


def test_a_full_disk_ends_the_run_and_leaves_the_last_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tiny_recipe()
    with pytest.raises(KeyboardInterrupt):
        tiny_fit(recipe, tmp_path, Recorder(interrupt_after=6)).run()
    last = tmp_path / LAST_CHECKPOINT
    before = last.read_bytes()

    def savez_on_a_full_disk(handle: object, **_: object) -> None:
        handle.write(b"some of it")  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", savez_on_a_full_disk)
    with pytest.raises(DataProblem, match=r"No space left on device\): make room") as caught:
        tiny_fit(recipe, tmp_path, Recorder()).run()
    assert str(tmp_path) in str(caught.value)
    assert last.read_bytes() == before
    assert sorted(path.name for path in tmp_path.glob("*.npz")) == [
        BEST_CHECKPOINT,
        LAST_CHECKPOINT,
    ]
    assert not list(tmp_path.glob("*.part"))


def test_too_small_a_disk_is_told_before_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 10_000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    recorder = Recorder()
    with pytest.raises(DataProblem, match=r"needs .* MB for checkpoints"):
        tiny_fit(tiny_recipe(), tmp_path, recorder).run()
    assert not recorder.steps


def test_a_loss_that_is_no_number_ends_the_run_and_overwrites_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match="no longer a number in epoch 1"):
        tiny_fit(tiny_recipe(learning_rate="1e30"), tmp_path, Recorder()).run()
    assert not list(tmp_path.iterdir())


def test_plateaus_halve_the_rate_and_patience_ends_the_run(tmp_path: Path) -> None:
    still = {"epochs": "9", "learning_rate": "1e-12", "monitor": "accuracy"}
    history = tiny_fit(tiny_recipe(**still, patience="4", plateau="2"), tmp_path, Recorder()).run()
    assert len(history) == 5
    rates = [record["learning_rate"] / 1e-12 for record in history]
    np.testing.assert_allclose(rates, [1, 1, 1, 0.5, 0.5], rtol=1e-4)


def test_the_moving_average_of_the_weights_is_what_is_kept(tmp_path: Path) -> None:
    import keras

    from classroom_monitor.trainer.learning import averaged_weights

    recipe = tiny_recipe(averaging="0.5", epochs="1", optimizer="adamw")
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.compile(keras.optimizers.SGD(1.0, use_ema=True, ema_momentum=0.5), loss="mse")
    network.set_weights([np.array([[8.0]], np.float32)])
    seen = []
    for _ in range(2):
        network.train_on_batch(np.array([[0.5]]), np.array([[0.0]]))  # halves the weight
        seen.append(float(network.get_weights()[0][0, 0]))
        with averaged_weights(network, recipe.learning):
            seen.append(float(network.get_weights()[0][0, 0]))
    assert seen == [4.0, 4.0, 2.0, 3.0]
    assert float(network.get_weights()[0][0, 0]) == 2.0
    assert len(tiny_fit(recipe, tmp_path, Recorder()).run()) == 1
