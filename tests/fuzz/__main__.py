"""The long form: python -m tests.fuzz [KIND...] --files 500 --seed 1, from the project's folder.

Exits with 1 where a file brought a process down, hung it, or did what it may not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz.campaign import Plan, run
from tests.fuzz.kinds import KINDS


def main() -> None:
    """Try so many files of each kind and print what came of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faults = 0
    for kind in options.kinds or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            figures = run(Plan(kind, options.files, options.seed), Path(folder))
        lines = [figures.line(), *figures.faults[:20]]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        faults += len(figures.faults)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
