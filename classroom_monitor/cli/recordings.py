"""What `analyze` makes of recordings: new sessions or interrupted ones, alone or side by side."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import psutil
from tqdm import tqdm

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.live.recording import (
    Progress,
    RecordingRequest,
    RecordingResult,
    analyse_recording,
)
from classroom_monitor.live.recording_process import Finished
from classroom_monitor.live.side_by_side import analyse_side_by_side
from classroom_monitor.recording_requests import going_on

Report = dict[str, object]
Tell = Callable[[int, Report | EnvironmentProblem], None]
"""Called with the place of a source among the arguments, and its session or what went wrong."""

_OPEN_END = "{desc}: {n:.0f} s [{elapsed}]"
_TO_END = "{desc}: {percentage:3.0f}%|{bar}| {n:.0f}/{total:.0f} s [{elapsed}<{remaining}]"


@dataclass(frozen=True, slots=True)
class Recordings:
    """Recordings to analyse: their places among the arguments with their requests."""

    requests: Sequence[tuple[int, RecordingRequest]]
    workers: int

    def analyse(self, tell: Tell) -> None:
        """Analyse them, with progress bars on stderr, and tell of each when it is over.

        A recording alone is analysed in this process, several in processes of their own.
        """
        if len(self.requests) == 1:
            place, request = self.requests[0]
            tell(place, _analyse_here(request))
            return
        requests = [request for _, request in self.requests]
        with ExitStack() as stack:
            events = stack.enter_context(closing(analyse_side_by_side(requests, self.workers)))
            bars: dict[int, Bar] = {}
            for event in events:
                place, request = self.requests[event.place]
                if isinstance(event, Finished):
                    if place in bars:
                        bars.pop(place).close()
                    with tqdm.external_write_mode(sys.stderr):  # the bars make room for a line
                        tell(place, _report(event.outcome))
                    continue
                if place not in bars:
                    bars[place] = stack.enter_context(closing(Bar(request.plan.source)))
                bars[place].show(event.done_s, event.total_s)


class Bar:
    """A progress bar on stderr, where that is a terminal."""

    def __init__(self, name: str) -> None:
        self._bar = tqdm(desc=name, bar_format=_OPEN_END, leave=False, disable=None)

    def show(self, done_s: float, total_s: float | None) -> None:
        """Show the seconds done, and of how many where that is known."""
        self._bar.total = total_s
        self._bar.bar_format = _OPEN_END if total_s is None else _TO_END
        self._bar.update(done_s - self._bar.n)

    def close(self) -> None:
        """Wipe the bar off the screen."""
        self._bar.close()


def continued(request: RecordingRequest, store_dir: Path) -> RecordingRequest:
    """Return a request that goes on with the recording's last session if that was interrupted.

    Says so in a line on stderr. Raises StoreProblem.
    """
    request = going_on(request, store_dir)
    if request.interrupted is not None:
        minutes, seconds = divmod(request.interrupted.seconds, 60)
        click.echo(
            f"{request.plan.source}: continuing session {request.interrupted.session_id} at "
            f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02} (--restart begins anew)",
            err=True,
        )
    return request


def with_progress(
    request: RecordingRequest, record: Callable[[RecordingRequest, Progress], RecordingResult]
) -> Report:
    """Make one session in this process with a progress bar, and return its report."""
    with closing(Bar(request.plan.source)) as bar:
        result = record(request, bar.show)
    return _report_of(result)


def _analyse_here(request: RecordingRequest) -> Report | EnvironmentProblem:
    try:
        return with_progress(request, analyse_recording)
    except EnvironmentProblem as problem:
        return problem


def _report(outcome: RecordingResult | EnvironmentProblem) -> Report | EnvironmentProblem:
    return _report_of(outcome) if isinstance(outcome, RecordingResult) else outcome


def _report_of(result: RecordingResult) -> Report:
    wall_s = time.time() - psutil.Process().create_time()
    return {**asdict(result), "wall_s": round(wall_s, 3)}
