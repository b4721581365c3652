"""Broken and forged files of every kind, a few of each; python -m tests.fuzz tries hundreds."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.fuzz.campaign import Figures, Plan, run
from tests.fuzz.kinds import KINDS

FEW = {"backups": 15, "videos": 12, "bundles": 12, "names": 8, "stores": 30}
"""Kinds whose files take a process each, or a second; the others are tried forty times."""


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_brings_the_program_down(kind: str, tmp_path: Path) -> None:
    if kind == "keras" and importlib.util.find_spec("tensorflow") is None:
        pytest.skip("Keras and TensorFlow are not installed (the train extra)")
    figures = run(Plan(kind, FEW.get(kind, 40)), tmp_path)
    assert figures.faults == []
    assert figures.files == FEW.get(kind, 40)


def tried(name: str, tmp_path: Path, limit_s: float = 60.0) -> Figures:
    """The figures of five inputs, of which the third is handled as it may not be."""
    figures = run(Plan(f"known_bad.{name}", files=5, limit_s=limit_s), tmp_path)
    assert figures.files == 5
    return figures


def test_a_crash_is_found_and_costs_one_input(tmp_path: Path) -> None:
    figures = tried("Dies", tmp_path)
    assert figures.verdicts == {"read": 4}
    (crash,) = figures.crashes
    assert "Dies 2 ended the process" in crash


def test_a_hang_is_found_and_costs_one_input(tmp_path: Path) -> None:
    figures = tried("Hangs", tmp_path, limit_s=5.0)
    assert figures.verdicts == {"read": 4}
    assert figures.hangs == ["known_bad.Hangs 2 took over 5 s"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Raises", "KeyError: 'a bug'"),
        ("Babbles", "not one line"),
        ("Strays", "stray.txt"),
        ("Litters", "left behind"),
        ("Runs", "pickle.find_class"),
        ("Starts", "subprocess.Popen"),
        ("Calls", "socket.connect"),
    ],
)
def test_what_may_not_be_done_is_found(kind: str, said: str, tmp_path: Path) -> None:
    figures = tried(kind, tmp_path)
    assert said in " ".join(figures.findings)
    assert figures.findings[0].startswith(f"known_bad.{kind} 2:")
