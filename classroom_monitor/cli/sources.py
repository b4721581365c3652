"""What becomes of the sources that `analyze` is given, each of them on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from classroom_monitor.app import RunOptions, make_camera, session_parts, session_plan
from classroom_monitor.cli.output import print_problem
from classroom_monitor.cli.recordings import (
    Recordings,
    Report,
    continued,
    with_progress,
)
from classroom_monitor.errors import EnvironmentProblem, StoreProblem
from classroom_monitor.live.recording import RecordingRequest, record_live
from classroom_monitor.recording_requests import recording_request


@dataclass(slots=True)
class Outcomes:
    """What has become of the sources so far; a problem is printed when it comes up."""

    failed: bool = False
    _by_place: dict[int, Report] = field(default_factory=dict)

    @property
    def reports(self) -> list[Report]:
        """The reports of the sessions made, in the order of the arguments."""
        return [report for _, report in sorted(self._by_place.items())]

    def tell(self, place: int, outcome: Report | EnvironmentProblem) -> None:
        """Take the outcome of the source at this place among the arguments."""
        if isinstance(outcome, EnvironmentProblem):
            print_problem(outcome)
            self.failed = True
        else:
            self._by_place[place] = outcome

    def stopped(self, what_is_left: str) -> None:
        """Say what Ctrl+C has left."""
        print_problem(EnvironmentProblem(f"stopped; {what_is_left}"))
        self.failed = True


@dataclass(frozen=True, slots=True)
class RecordingRun:
    """How recordings are analysed: looks a second, how many at a time, all of them anew or not."""

    rate_hz: float
    workers: int
    restart: bool


def analyse_recordings(
    sources: Sequence[str], options: RunOptions, run: RecordingRun, outcomes: Outcomes
) -> None:
    """Make sessions of recordings, going on with interrupted ones. Raises StoreProblem."""
    requests = []
    jobs: set[str] = set()  # a recording that is named twice is gone on with once
    for place, source in enumerate(sources):
        try:
            if make_camera(source).is_live:
                raise EnvironmentProblem(
                    f"{source} is live and has no end: say how long with --seconds"
                )
            request = recording_request(source, options, run.rate_hz)
        except EnvironmentProblem as problem:
            outcomes.tell(place, problem)
            continue
        if not run.restart and request.job not in jobs:
            request = continued(request, options.store_dir)
        jobs.add(request.job)
        requests.append((place, request))
    try:
        Recordings(requests, run.workers).analyse(outcomes.tell)
    except KeyboardInterrupt:
        outcomes.stopped("finished seconds are saved, the same command goes on from there")


def record_for_a_while(
    sources: Sequence[str], options: RunOptions, seconds: float, outcomes: Outcomes
) -> None:
    """Record cameras and streams for so long, one after the other. Raises StoreProblem."""
    for place, source in enumerate(sources):
        try:
            if not make_camera(source).is_live:
                raise EnvironmentProblem(
                    f"{source} ends by itself: --seconds is for cameras and streams"
                )
            request = RecordingRequest(
                plan=session_plan(source, "", options),
                parts=session_parts(source, options),
            )
            record = partial(record_live, seconds=seconds)
            outcomes.tell(place, with_progress(request, record))
        except StoreProblem:
            raise  # without a store the others would fail as well
        except EnvironmentProblem as problem:
            outcomes.tell(place, problem)
        except KeyboardInterrupt:
            outcomes.stopped("what was recorded is saved")
            return
