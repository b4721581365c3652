"""Pictures and documents: whole, the same every time, and nothing fetched from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import numpy as np
import pytest

from classroom_monitor.trainer.evaluation import plots
from classroom_monitor.trainer.evaluation.curves import (
    reliability_bins,
    risk_curve,
    roc_curves,
    score_histograms,
)
from classroom_monitor.trainer.evaluation.document import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Table,
    pictures_of,
    to_html,
    to_markdown,
)
from classroom_monitor.trainer.evaluation.robustness import HardshipCurve
from tests.trainer.answers import CLASSES, random_answers

pytest.importorskip("sklearn", reason="curves need the train extra")

ANSWERS = random_answers(seed=1, n=60, skill=2.0)
EIGHT = tuple(f"class {k}" for k in range(8))
HISTORY = [
    {"epoch": 1.0, "loss": 2.0, "held_out_loss": 2.5, "held_out_accuracy": 0.4},
    {"epoch": 2.0, "loss": 1.5, "held_out_loss": 2.2},
]


def hardship(title: str, *accuracy: float) -> HardshipCurve:
    """Return a curve of two strengths."""
    return HardshipCurve(title, "strength", (0.0, 1.0), accuracy)


DRAWINGS: dict[str, Callable[[], bytes | None]] = {
    "confusion": lambda: plots.confusion_picture(
        np.array([[5, 1, 0], [0, 3, 2], [1, 1, 1]]), CLASSES
    ),
    "confusion of eight": lambda: plots.confusion_picture(np.eye(8, dtype=np.int64) + 1, EIGHT),
    "roc": lambda: plots.roc_picture(roc_curves(ANSWERS)),
    "scores": lambda: plots.score_picture(score_histograms(ANSWERS)),
    "reliability": lambda: plots.reliability_picture(reliability_bins(ANSWERS), 0.02),
    "risk": lambda: plots.risk_picture(risk_curve(ANSWERS), plots.ThresholdPoint(0.9, 0.1)),
    "risk unmarked": lambda: plots.risk_picture(risk_curve(ANSWERS), None),
    "hardships": lambda: plots.hardship_picture([[hardship("Blur", 0.9, 0.5)]], ["one"], 0.4),
    "hardships of two": lambda: plots.hardship_picture(
        [[hardship("Blur", 0.9, 0.5)] * 7, [hardship("Blur", 0.8, 0.6)] * 7], ["one", "two"], 0.4
    ),
    "history": lambda: plots.history_picture(HISTORY),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_picture_is_a_whole_svg_and_the_same_again(name: str) -> None:
    svg = DRAWINGS[name]()
    assert svg is not None
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert svg == DRAWINGS[name]()


def test_a_run_that_tells_nothing_has_no_picture() -> None:
    assert plots.history_picture([]) is None
    assert plots.history_picture([{"epoch": 1.0, "seconds": 3.0}]) is None


BLOCKS: list[Block] = [
    Heading("A <model> & its faces", 1),
    Paragraph("Right & wrong."),
    Table(("class", "P(a | said)"), (("a<b", "0.5"), ("longer name", "0.25"))),
    Picture("roc.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", 'It\'s "the" <curve>.'),
]


def test_markdown_is_read_as_text_too() -> None:
    assert to_markdown(BLOCKS, "pictures") == (
        "# A <model> & its faces\n\n"
        "Right & wrong.\n\n"
        "| class       | P(a \\| said) |\n"
        "| ----------- | -----------: |\n"
        "| a<b         |          0.5 |\n"
        "| longer name |         0.25 |\n\n"
        '![It\'s "the" <curve>.](pictures/roc.svg)\n'
    )


def test_the_page_needs_no_other_file_and_says_what_it_was_told() -> None:
    page = to_html(BLOCKS)
    sources = re.findall(r'(?:src|href)="([^"]*)', page)
    assert len(sources) == 1
    assert sources[0].startswith("data:image/svg+xml;base64,")
    assert "<title>A &lt;model&gt; &amp; its faces</title>" in page
    assert "<td>a&lt;b</td><td>0.5</td>" in page
    assert "<script" not in page
    assert 'alt="It&#x27;s &quot;the&quot; &lt;curve&gt;."' in page
    assert [picture.file_name for picture in pictures_of(BLOCKS)] == ["roc.svg"]
