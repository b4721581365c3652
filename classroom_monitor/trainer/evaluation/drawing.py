"""How the pictures of a report look: colours that the colour-blind tell apart, SVG for any size."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#8C510A",
    "#7F7F7F",
)
"""Okabe and Ito 2008, "Color Universal Design". Instead of their yellow, too pale on white, and
their black, which is for averages, grey and ColorBrewer's brown."""

DASHES = ("-", "--", "-.", ":")
"""Beside the colour, so that curves are told apart in grey too."""

MUTED = "#8A8A8A"

_STYLE: dict[str, Any] = {
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#E3E3E3",
    "grid.linewidth": 0.7,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "lines.linewidth": 1.6,
    "svg.hashsalt": "classroom-monitor",
}


Draw = Callable[["Figure"], None]


def draw_svg(draw: Draw, width_in: float = 4.6, height_in: float = 3.4) -> bytes:
    """Return the SVG of what draw puts on an empty figure; of the same drawing, the same bytes."""
    return _drawn(draw, (width_in, height_in), format="svg", metadata={"Date": None})


def draw_png(draw: Draw, width_in: float, height_in: float) -> bytes:
    """Return the PNG of what draw puts on an empty figure."""
    return _drawn(draw, (width_in, height_in), format="png", dpi=120)


def _drawn(draw: Draw, size_in: tuple[float, float], **saving: Any) -> bytes:
    """Draw without asking for a window system: on a Figure of its own, not through pyplot."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with rc_context(_STYLE):
        figure = Figure(figsize=size_in, layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1))
        draw(figure)
        drawn = io.BytesIO()
        figure.savefig(drawn, **saving)
    return drawn.getvalue()


def line_style(index: int) -> dict[str, Any]:
    """Return the colour and dashes of the curve with this index."""
    return {
        "color": COLOURS[index % len(COLOURS)],
        "linestyle": DASHES[index % len(DASHES)],
    }


def grid_of_axes(figure: Figure, count: int, columns: int) -> list[Axes]:
    """Return count axes in rows of so many columns."""
    if count == 0:
        return []
    rows = -(-count // columns)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for unused in axes[count:]:
        unused.set_axis_off()
    return list(axes[:count])
