"""How far a recording's exported shares are from its truth: `python -m tests.share_error CLIP...`.

Beside each clip stands CLIP.truth.csv (t_s, visible, positive, neutral, negative: counts at the
start of each second). The clip is analysed with default settings and a group minimum of 1,
exported as CSV, and compared second by second, where anybody is visible. Options after `--` go to
analyze, for example `-- --mode near`.
"""

import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import click
import numpy as np

MOODS = ("negative", "neutral", "positive")


def program(*arguments: str) -> str:
    command = [sys.executable, "-m", "classroom_monitor", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def exported_rows(clip: Path, options: list[str]) -> dict[int, dict[str, str]]:
    with tempfile.TemporaryDirectory() as store:
        shared = ["--store", store]
        made = program("analyze", str(clip), "--group-minimum", "1", "--json", *shared, *options)
        session = json.loads(made)[0]["session"]
        rows = csv.DictReader(program("export", str(session), *shared).splitlines())
        return {int(row["t_s"]): row for row in rows}


def best_constant_error(truth: np.ndarray) -> float:
    """Return the least mean absolute error of any three constant shares, in steps of 1/40."""
    steps = np.linspace(0, 1, 41)
    guesses = [(a, b, 1 - a - b) for a in steps for b in steps if a + b <= 1 + 1e-9]
    return min(float(np.abs(np.array(guess) - truth).mean()) for guess in guesses)


def compare(clip: Path, options: list[str]) -> str:
    rows = exported_rows(clip, options)
    with clip.with_suffix(".truth.csv").open(encoding="utf-8") as file:
        seconds = [row for row in csv.DictReader(file) if int(row["visible"])]
    visible = np.array([int(row["visible"]) for row in seconds])
    truth = np.array([[int(row[mood]) for mood in MOODS] for row in seconds]) / visible[:, None]
    found = [rows.get(int(row["t_s"]), {}) for row in seconds]
    used = np.array([int(row.get("used", 0)) for row in found])
    shares = np.array([[float(row.get(mood) or 1 / 3) for mood in MOODS] for row in found])
    error, constant = float(np.abs(shares - truth).mean()), best_constant_error(truth)
    r = [float(np.corrcoef(shares[:, mood], truth[:, mood])[0, 1]) for mood in range(3)]
    return (
        f"{clip.name}: share error {error:.4f}, best constant {constant:.4f}, "
        f"r negative {r[0]:.3f}, neutral {r[1]:.3f}, positive {r[2]:.3f}, "
        f"used of visible {np.minimum(used, visible).dot(1 / visible) / len(visible):.3f}"
    )


def main() -> None:
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    for clip in arguments[:cut]:
        click.echo(compare(Path(clip), arguments[cut + 1 :]))


if __name__ == "__main__":
    main()
