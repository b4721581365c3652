"""The pictures of a report, each as SVG bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.trainer.evaluation.curves import (
    MACRO,
    ReliabilityBin,
    RiskCurve,
    RocCurve,
    ScoreHistogram,
)
from classroom_monitor.trainer.evaluation.drawing import (
    COLOURS,
    MUTED,
    draw_svg,
    grid_of_axes,
    line_style,
)
from classroom_monitor.trainer.evaluation.robustness import HardshipCurve
from classroom_monitor.trainer.labels import IntArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """Where a bundle's default thresholds lie: the share of faces they keep, and its errors."""

    coverage: float
    risk: float


def confusion_picture(confusion: IntArray, classes: Sequence[str]) -> bytes:
    """Draw (classes, classes) counts, the truth in rows, shaded by each row's rates."""
    rates = confusion / confusion.sum(axis=1, keepdims=True)
    side_in = 1.9 + 0.62 * len(classes)

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.imshow(rates, cmap="Blues", vmin=0, vmax=1)
        axes.set_xticks(range(len(classes)), classes, rotation=35, ha="right")
        axes.set_yticks(range(len(classes)), classes)
        axes.set(xlabel="said", ylabel="truth")
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        for (row, column), rate in np.ndenumerate(rates):
            text = f"{confusion[row, column]}\n{rate:.1%}"
            colour = "white" if rate > 0.6 else "black"
            axes.text(column, row, text, ha="center", va="center", color=colour, fontsize=8)

    return draw_svg(draw, side_in, side_in)


def roc_picture(curves: Sequence[RocCurve]) -> bytes:
    """Draw the ROC curves, the average of the classes in black."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle=":")
        for index, curve in enumerate(curves):
            style = line_style(index)
            if curve.name == MACRO:
                style = {"color": "black", "linestyle": "-"}
            axes.plot(curve.fpr, curve.tpr, **style, label=f"{curve.name} {curve.auc:.3f}")
        axes.set(xlabel="false positive rate", ylabel="true positive rate", aspect="equal")
        axes.legend(title="area under the curve", loc="lower right")

    return draw_svg(draw, 4.4, 4.2)


def score_picture(histograms: Sequence[ScoreHistogram]) -> bytes:
    """Draw, for each class, the spread of its probability over its own faces and the others."""

    def draw(figure: Figure) -> None:
        for axes, one in zip(grid_of_axes(figure, len(histograms), 3), histograms, strict=True):
            for counts, colour, label in (
                (one.of_others, COLOURS[1], f"not {one.name}"),
                (one.of_class, COLOURS[0], one.name),
            ):
                shares = np.array(counts) / max(sum(counts), 1)
                axes.stairs(shares, one.edges, fill=True, alpha=0.35, color=colour, label=label)
                axes.stairs(shares, one.edges, color=colour)
            axes.set(xlabel=f"probability of {one.name}", ylabel="share of the faces")
            axes.set(ylim=(0, 1.3), yticks=np.linspace(0, 1, 6))  # room for the legend
            axes.legend(loc="upper center")

    rows = -(-len(histograms) // 3)
    return draw_svg(draw, 8.7, 2.6 * rows)


def reliability_picture(bins: Sequence[ReliabilityBin], ece: float) -> bytes:
    """Draw accuracy against certainty, and below it how many faces are so certain."""

    def draw(figure: Figure) -> None:
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        upper.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle=":")
        upper.bar(
            [b.low for b in bins],
            [b.accuracy for b in bins],
            [b.high - b.low for b in bins],
            align="edge",
            color=COLOURS[0],
            alpha=0.35,
            edgecolor=COLOURS[0],
        )
        upper.plot([b.certainty for b in bins], [b.accuracy for b in bins], "o", color=COLOURS[0])
        upper.text(0.03, 0.92, f"ECE {ece:.4f}", transform=upper.transAxes)
        upper.set(ylabel="accuracy", xlim=(0, 1), ylim=(0, 1))
        lower.bar(
            [b.low for b in bins],
            [b.n for b in bins],
            [b.high - b.low for b in bins],
            align="edge",
            color=MUTED,
        )
        lower.set(xlabel="certainty: probability of the likeliest class", ylabel="faces")

    return draw_svg(draw, 4.4, 4.2)


def risk_picture(curve: RiskCurve, marked: ThresholdPoint | None) -> bytes:
    """Draw the error rate against the faces kept, the default thresholds' point marked."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(curve.coverage, curve.risk, color=COLOURS[0])
        if marked is not None:
            label = f"default thresholds: {marked.coverage:.3f} kept, error {marked.risk:.4f}"
            axes.plot([marked.coverage], [marked.risk], "o", color=COLOURS[1], label=label)
            axes.legend(loc="upper left")
        axes.set(xlabel="coverage: share of the faces kept, surest first", ylabel="error rate")
        axes.set(xlim=(0, 1.02), ylim=(0, None))

    return draw_svg(draw)


def hardship_picture(
    curves: Sequence[Sequence[HardshipCurve]], names: Sequence[str], baseline: float
) -> bytes:
    """Draw accuracy at each strength, a panel for each hardship and a line for each bundle.

    curves holds each bundle's, all of the same hardships; names the bundles'. The dotted line is
    the accuracy of saying the commonest class.
    """
    accuracies = [value for of_one in curves for curve in of_one for value in curve.accuracy]
    limits = (max(min(baseline, *accuracies) - 0.05, 0), 1)
    panels = list(zip(*curves, strict=True))

    def draw(figure: Figure) -> None:
        for axes, panel in zip(grid_of_axes(figure, len(panels), 3), panels, strict=True):
            for index, (curve, name) in enumerate(zip(panel, names, strict=True)):
                style = line_style(index) | {"marker": "o", "markersize": 3.5}
                axes.plot(curve.strengths, curve.accuracy, **style, label=name)
            axes.axhline(baseline, color=MUTED, linewidth=1, linestyle=":")
            axes.set(title=panel[0].title, xlabel=panel[0].unit, ylim=limits)
            axes.xaxis.label.set_fontsize(8)
        if len(names) > 1:
            figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center")

    rows = -(-len(panels) // 3)
    return draw_svg(draw, 8.7, 2.5 * rows)


def history_picture(history: Sequence[dict[str, float]]) -> bytes | None:
    """Draw a training run's losses and, beside them, its accuracies, epoch by epoch.

    None where the epochs, each with its number as epoch, tell neither.
    """
    known = dict.fromkeys(name for epoch in history for name in epoch)
    kinds = {kind: [name for name in known if name.endswith(kind)] for kind in ("loss", "accuracy")}
    panels = [(kind, names) for kind, names in kinds.items() if names]
    if not panels:
        return None

    def draw(figure: Figure) -> None:
        for axes, (kind, names) in zip(grid_of_axes(figure, len(panels), 2), panels, strict=True):
            _draw_epochs(axes, history, names)
            axes.set(xlabel="epoch", ylabel=kind)

    return draw_svg(draw, 8.4, 3.0)


def _draw_epochs(axes: Axes, history: Sequence[dict[str, float]], names: Sequence[str]) -> None:
    from matplotlib.ticker import MaxNLocator

    for index, name in enumerate(names):
        known = [(row["epoch"], row[name]) for row in history if name in row]
        epochs, values = zip(*known, strict=True)
        axes.plot(epochs, values, **line_style(index), label=name.replace("_", " "))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()
