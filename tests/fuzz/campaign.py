"""Runs a kind's files through processes that may die or hang, and counts what comes of them."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from classroom_monitor.own_process import module_environment


@dataclass(frozen=True, slots=True)
class Plan:
    """Which files of a kind to try, and for how many seconds each may take."""

    kind: str
    files: int
    seed: int = 1
    limit_s: float = 60.0


@dataclass(slots=True)
class Figures:
    """What came of a kind's files; findings name the file by its number."""

    kind: str
    verdicts: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    longest_s: float = 0.0

    @property
    def files(self) -> int:
        """How many files were tried."""
        return sum(self.verdicts.values()) + len(self.crashes) + len(self.hangs)

    @property
    def faults(self) -> list[str]:
        """Everything that may not happen."""
        return [*self.crashes, *self.hangs, *self.findings]

    def line(self) -> str:
        """Return the figures as a line of text."""
        verdicts = ", ".join(f"{count} {name}" for name, count in sorted(self.verdicts.items()))
        return (
            f"{self.kind}: {self.files} files ({verdicts}), {len(self.crashes)} crashes, "
            f"{len(self.hangs)} hangs, {len(self.findings)} other findings, "
            f"longest {self.longest_s:.2f} s"
        )


def run(plan: Plan, folder: Path) -> Figures:
    """Try a kind's files; one that kills its process or hangs costs no other its turn."""
    figures = Figures(plan.kind)
    first = 0
    while first < plan.files:
        first = _run_from(first, plan, folder, figures)
    return figures


def _run_from(first: int, plan: Plan, folder: Path, figures: Figures) -> int:
    """Start a process at a file, and return the file after the last that it came to."""
    words = [plan.kind, plan.seed, first, plan.files, folder]
    command = [sys.executable, "-m", "tests.fuzz.worker", *map(str, words)]
    lines: queue.Queue[str] = queue.Queue()
    at, began = first, False
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # where decoders write
        text=True,
        env=module_environment(),
    ) as process:
        assert process.stdout is not None
        reader = threading.Thread(target=_pass_on, args=(process, lines), daemon=True)
        reader.start()
        while True:
            try:
                line = lines.get(timeout=plan.limit_s)
            except queue.Empty:
                process.kill()
                figures.hangs.append(f"{plan.kind} {at} took over {plan.limit_s:.0f} s")
                return at + 1
            if not line:
                break
            said = json.loads(line)
            at, began = int(said["index"]), "verdict" not in said
            if not began:
                _count(said, figures)
        code = process.wait()
    reader.join()
    if code == 0:
        return plan.files
    if not began:
        raise RuntimeError(f"the process that tries {plan.kind} cannot start: exit code {code}")
    figures.crashes.append(f"{plan.kind} {at} ended the process with exit code {code}")
    return at + 1


def _pass_on(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")


def _count(said: dict[str, object], figures: Figures) -> None:
    figures.verdicts[str(said["verdict"])] += 1
    took_s, findings = said["took_s"], said["findings"]
    assert isinstance(took_s, float)
    assert isinstance(findings, list)
    figures.longest_s = max(figures.longest_s, took_s)
    figures.findings += [f"{figures.kind} {said['index']}: {finding}" for finding in findings]
