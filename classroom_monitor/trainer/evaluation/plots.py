"""The pictures of a report, each as SVG bytes."""

from __future__ import annotations

from collections.abc import Sequence
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
            axes.set(xlabel=f"probability of {one.name}", ylabel="share of the faces", ylim=(0, 1))
            axes.legend(loc="upper center")

    rows = -(-len(histograms) // 3)
    return draw_svg(draw, 2.9 * min(len(histograms), 3), 2.6 * rows)


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


def risk_picture(curve: RiskCurve, min_certainty: float, coverage: float, risk: float) -> bytes:
    """Draw the error rate against the faces kept, the default thresholds' point marked."""

    def draw(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot(curve.coverage, curve.risk, color=COLOURS[0])
        label = f"default: certainty {min_certainty:g}\ncoverage {coverage:.3f}, error {risk:.4f}"
        axes.plot([coverage], [risk], "o", color=COLOURS[1], label=label)
        axes.set(xlabel="coverage: share of the faces kept, surest first", ylabel="error rate")
        axes.set(xlim=(0, 1.02), ylim=(0, None))
        axes.legend(loc="upper left")

    return draw_svg(draw)


def hardship_picture(curves: Sequence[HardshipCurve], baseline: float) -> bytes:
    """Draw accuracy at each strength of each hardship, against saying the commonest class."""
    lowest = min(baseline, *(accuracy for curve in curves for accuracy in curve.accuracy))

    def draw(figure: Figure) -> None:
        for axes, curve in zip(grid_of_axes(figure, len(curves), 3), curves, strict=True):
            axes.plot(curve.strengths, curve.accuracy, "o-", color=COLOURS[0], markersize=4)
            axes.axhline(baseline, color=MUTED, linewidth=1, linestyle=":")
            axes.set(title=curve.title, xlabel=curve.unit, ylim=(max(lowest - 0.05, 0), 1))
            axes.xaxis.label.set_fontsize(8)

    rows = -(-len(curves) // 3)
    return draw_svg(draw, 2.9 * min(len(curves), 3), 2.5 * rows)


def history_picture(history: Sequence[dict[str, float]]) -> bytes:
    """Draw a training run's losses and, beside them, its accuracies, epoch by epoch."""
    panels = [
        (kind, [name for name in history[0] if name.endswith(kind)])
        for kind in ("loss", "accuracy")
    ]
    panels = [(kind, names) for kind, names in panels if names]

    def draw(figure: Figure) -> None:
        for axes, (kind, names) in zip(grid_of_axes(figure, len(panels), 2), panels, strict=True):
            _draw_epochs(axes, history, names)
            axes.set(xlabel="epoch", ylabel=kind)

    return draw_svg(draw, 4.2 * len(panels), 3.0)


def _draw_epochs(axes: Axes, history: Sequence[dict[str, float]], names: Sequence[str]) -> None:
    from matplotlib.ticker import MaxNLocator

    for index, name in enumerate(names):
        known = [(row["epoch"], row[name]) for row in history if name in row]
        epochs, values = zip(*known, strict=True)
        axes.plot(epochs, values, **line_style(index), label=name.replace("_", " "))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend()
