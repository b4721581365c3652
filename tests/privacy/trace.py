"""Prints which files and sockets each mode uses: `python -m tests.privacy.trace`."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from classroom_monitor.vision.opencv import cv2
from tests.privacy.contents import pictures_in, pixel_runs
from tests.privacy.lecture_stream import lecture_pictures, lecture_stream, write_recording
from tests.privacy.modes import Places, foreign_addresses, modes, run_mode, strangers
from tests.privacy.system_trace import Traced, can_watch

_CHANCE = re.compile(r"(?<=[-.])[0-9a-z_]{8}(?=\.tmp)|(?<=writer-)[0-9a-f]{32}|(?<=sem\.).*")


def main() -> int:
    """Run every mode and print what was seen; 1 where something was out of place."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        pictures = lecture_pictures(6)
        recording = root / "lecture.avi"
        write_recording(recording, pictures)
        cv2.imwrite(str(recording.with_suffix(".jpg")), pictures[0])
        with lecture_stream(pictures) as address:
            places = Places(root / "user", address, recording)
            places.make()
            wrong = 0
            for name, command in modes(places).items():
                wrong += _show(places, name, run_mode(places, name, command))
        runs = pixel_runs(pictures[::8])
        files = [path for path in places.root.rglob("*") if _kept(places, path)]
        found = [what for path in files for what in pictures_in(path, runs)]
    _say(f"{len(files)} files are left, pictures in them: {found or 'none'}")
    return 1 if wrong or found else 0


def _show(places: Places, name: str, run: Traced) -> int:
    """Print a mode's files and sockets, and return how many of them are strangers."""
    seen = run.system or run.python
    odd = strangers(places, seen) + foreign_addresses(places, seen) + sorted(seen.local)
    _say(f"{name} (exit code {run.code})")
    if run.code:
        _say(run.output)
    _say(f"  files:   {', '.join(_short(places, seen.written))}")
    _say(f"  sockets: {', '.join(sorted(seen.addresses | seen.local)) or 'none'}")
    _say(f"  strangers: {', '.join(odd) or 'none'}")
    return len(odd) + (run.code != 0)


def _short(places: Places, written: Iterable[str]) -> list[str]:
    """Names without the folders of the test and without their parts by chance."""
    names = {_CHANCE.sub("*", path.replace(f"{places.root}/", "")) for path in written}
    return sorted(names)


def _kept(places: Places, path: Path) -> bool:
    return path.is_file() and not path.relative_to(places.root).parts[0].startswith("witness")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    _say("seen by strace" if can_watch() else "seen by Python's audit hooks: strace is not here")
    sys.exit(main())
