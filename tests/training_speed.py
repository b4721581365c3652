"""How much faster do networks learn with batch norms in one pass?

    python -m tests.training_speed deepcnn_three mobilenet_valence mobilenet_interest

Keras's own batch norms and those of networks/fused_norm.py take turns on the same random faces.
Medians of processor time, all cores together: time by the clock says more of what else the machine
does. All layers learn, from random weights.
"""

from __future__ import annotations

import statistics
import time

import click
import keras
import numpy as np

from classroom_monitor.trainer.learning import compile_network, computing_in
from classroom_monitor.trainer.networks.fused_norm import with_fused_norms
from classroom_monitor.trainer.outputs import outputs_of
from classroom_monitor.trainer.recipe import Recipe
from classroom_monitor.trainer.recipes.registry import find_recipe
from tests.trainer.faces import drawn_faces

WARM_UP = 3


def cpu_ms(network: keras.Model, recipe: Recipe, outputs: int, batches: int) -> float:
    """Return the processor time that a batch takes at the median, in ms."""
    rng = np.random.default_rng(1)
    side, count = recipe.input.size_px, recipe.learning.batch
    faces = rng.integers(0, 256, (count, side, side, recipe.input.channels)).astype(np.float32)
    targets = np.eye(outputs, dtype=np.float32)[rng.integers(0, outputs, count)]
    taken_ms = []
    for _ in range(batches):
        started_s = time.process_time()
        network.train_on_batch(faces, targets)
        taken_ms.append(1000 * (time.process_time() - started_s))
    return statistics.median(taken_ms)


@click.command()
@click.argument("recipes", nargs=-1, required=True)
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--precision", default="float32", show_default=True, help="As the trainer's setting.")
@click.option("--batches", default=10, show_default=True, type=click.IntRange(1))
def main(recipes: tuple[str, ...], rounds: int, precision: str, batches: int) -> None:
    """Print a line for each of RECIPES."""
    for name in recipes:
        recipe = find_recipe(name)
        outputs = outputs_of(recipe, drawn_faces(3))
        with computing_in(precision):
            plain = recipe.build(recipe, len(outputs.names))
            networks = {"Keras's": plain, "one pass": with_fused_norms(plain)}
        taken_ms: dict[str, list[float]] = {way: [] for way in networks}
        for network in networks.values():
            compile_network(network, recipe.learning, outputs, steps=1000)
            cpu_ms(network, recipe, len(outputs.names), WARM_UP)
        for _ in range(rounds):
            for way, network in networks.items():
                taken_ms[way].append(cpu_ms(network, recipe, len(outputs.names), batches))
        before_ms, after_ms = (statistics.median(times) for times in taken_ms.values())
        click.echo(
            f"{name}, {recipe.input.size_px} px, batches of {recipe.learning.batch}: "
            f"{before_ms:.0f} ms of processor time a batch with Keras's batch norms, "
            f"{after_ms:.0f} in one pass, {before_ms / after_ms:.2f} times as fast"
        )


if __name__ == "__main__":
    main()
