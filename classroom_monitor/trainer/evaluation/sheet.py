"""A sheet of the faces of which the model was surest and wrong: persons, so on request only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from classroom_monitor.trainer.evaluation.answers import Answers
from classroom_monitor.trainer.evaluation.drawing import draw_png, grid_of_axes
from classroom_monitor.trainer.labelled import LabelledFaces
from classroom_monitor.trainer.labels import IntArray

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = 8
MAX_FACES = 40


def surest_mistakes(answers: Answers, count: int = MAX_FACES) -> IntArray:
    """Return the indices of the wrong answers with the highest certainty, surest first."""
    wrong = np.flatnonzero(~answers.is_right)
    order = np.argsort(-answers.certainty[wrong], kind="stable")
    return np.asarray(wrong[order][:count], np.int64)


def draw_sheet(faces: LabelledFaces, answers: Answers) -> bytes:
    """Return a PNG of the surest mistakes, the truth and what was said below each face."""
    chosen = surest_mistakes(answers)
    rows = max(1, -(-len(chosen) // COLUMNS))

    def draw(figure: Figure) -> None:
        figure.suptitle("Surest mistakes: truth, then what the model said and how surely")
        for axes, face in zip(grid_of_axes(figure, len(chosen), COLUMNS), chosen, strict=True):
            image = faces.images[face]
            picture = image if image.ndim == 2 else image[..., ::-1]
            axes.imshow(picture, cmap="gray", vmin=0, vmax=255)
            truth, said = (answers.classes[k[face]] for k in (answers.truth, answers.said))
            axes.set_title(f"{truth}\n{said} {answers.certainty[face]:.3f}", fontsize=7)
            axes.set_axis_off()

    return draw_png(draw, 1.25 * COLUMNS, 1.65 * rows + 0.4)
