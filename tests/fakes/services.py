"""A program behind the window that plays what a test writes into it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import numpy as np

from classroom_monitor.contracts import (
    Annotations,
    CameraInfo,
    CaptureState,
    ExportFormat,
    FaceBox,
    Frame,
    ImportedSegment,
    LiveSnapshot,
    LiveStatus,
    Marker,
    RoomCheckSnapshot,
    RoomPart,
    RoomReport,
    Segment,
    SessionInfo,
    SessionState,
    Shares,
    TimelinePoint,
    Track,
)
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.services import (
    ModelOption,
    RecordingChoices,
    SessionRequest,
    StoredSession,
)
from classroom_monitor.live.recording import RecordingRequest
from classroom_monitor.live.recording_queue import RecordingQueue
from classroom_monitor.settings import Settings, load_settings, save_settings
from tests.fakes.archive import FakeArchive

STARTED_AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def point(t_s: int, shares: tuple[float, float, float] | None, *, used: int = 10) -> TimelinePoint:
    """Return a second with these shares, or one with too few faces."""
    bounds = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    return TimelinePoint(
        t_s=t_s,
        clock=STARTED_AT + timedelta(seconds=t_s),
        seen=used + 2,
        used=used,
        shares=None if shares is None else Shares(*shares, *bounds),
        expected=used + 2,
        coverage=used / (used + 2),
        gap=False,
    )


def gap(t_s: int) -> TimelinePoint:
    """Return a second without a picture."""
    clock = STARTED_AT + timedelta(seconds=t_s)
    return TimelinePoint(t_s, clock, 0, 0, None, expected=12, coverage=None, gap=True)


def scripted_points() -> tuple[TimelinePoint, ...]:
    """Return ten seconds: four with a mix, two with too few faces, two gaps, two with a mix."""
    return (
        *(point(t_s, (0.2, 0.3, 0.5)) for t_s in range(4)),
        *(point(t_s, None, used=2) for t_s in (4, 5)),
        *(gap(t_s) for t_s in (6, 7)),
        *(point(t_s, (0.5, 0.25, 0.25)) for t_s in (8, 9)),
    )


def stored_session(session_id: int, title: str = "") -> StoredSession:
    """Return a complete session with scripted_points and one marker."""
    points = scripted_points()
    info = SessionInfo(
        session_id=session_id,
        title=title,
        source="Lecture hall camera",
        started_at=STARTED_AT + timedelta(days=session_id),
        seconds=len(points),
        mode="room",
        engine="litert-int8",
        group_minimum=5,
        counts_only=False,
        state=SessionState.COMPLETE,
    )
    return StoredSession(info, points, Annotations(markers=(Marker(1, 2.5, "question"),)))


RUNNING = LiveStatus(
    capture=CaptureState.RUNNING,
    fps_captured=25.0,
    fps_analysed=8.0,
    latency_ms=120.0,
    lost=0,
    skipped=3,
    engine="litert-int8",
    finder="MediaPipe room",
    message="",
    model="shipped",
)


def frame(index: int) -> Frame:
    """Return a small blue picture."""
    image_bgr = np.zeros((90, 160, 3), dtype=np.uint8)
    image_bgr[..., 0] = 200
    return Frame(index, index / 25, image_bgr)


def tracks() -> tuple[Track, ...]:
    """Return one used, negative face and one that is not used."""
    negative = np.array([0.8, 0.1, 0.1], dtype=np.float32)
    return (
        Track(1, FaceBox(20, 20, 20, 20, 0.9), negative, quality=True, used=True),
        Track(2, FaceBox(80, 20, 12, 12, 0.6), None, quality=False, used=False),
    )


@dataclass
class FakeSession:
    """A RunningSession that shows the snapshot a test puts there."""

    request: SessionRequest
    now: LiveSnapshot = field(
        default_factory=lambda: LiveSnapshot(
            session_id=7,
            running=True,
            frame=frame(0),
            tracks=tracks(),
            points=(),
            markers=(),
            status=RUNNING,
            fault=None,
        )
    )
    snapshots: int = 0
    stopped_in: list[str] = field(default_factory=list)
    may_stop: threading.Event = field(default_factory=threading.Event)
    stop_error: Exception | None = None

    def __post_init__(self) -> None:
        self.may_stop.set()

    def play(self, points: Sequence[TimelinePoint]) -> None:
        """Let the session have these points now."""
        newest = frame(len(points))
        self.now = replace(self.now, points=tuple(points), frame=newest)

    def become(self, capture: CaptureState, message: str = "") -> None:
        """Let the source change its state."""
        self.now = replace(self.now, status=replace(RUNNING, capture=capture, message=message))

    def end(self, fault: EnvironmentProblem | None = None) -> None:
        """Let the session end by itself."""
        self.now = replace(self.now, running=False, fault=fault)

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state, and count."""
        self.snapshots += 1
        return self.now

    def mark(self, text: str) -> None:
        """Set a marker at the last second."""
        marker = Marker(len(self.now.markers) + 1, float(len(self.now.points)), text)
        self.now = replace(self.now, markers=(*self.now.markers, marker))

    def start_segment(self, title: str) -> None:
        """Start a segment at the last second."""
        segment = Segment(len(self.now.segments) + 1, float(len(self.now.points)), title)
        self.now = replace(self.now, segments=(*self.now.segments, segment))

    def pause(self) -> None:
        """Look paused: no picture, and a marker."""
        if not self.now.paused:
            self.mark("Paused")
            self.now = replace(self.now, frame=None, tracks=(), paused=True)
            self.become(CaptureState.PAUSED)

    def resume(self) -> None:
        """Look as before, with another marker."""
        if self.now.paused:
            self.mark("Resumed")
            self.now = replace(self.now, frame=frame(len(self.now.points)), paused=False)
            self.become(CaptureState.RUNNING)

    def stop(self, timeout_s: float) -> bool:
        """End once the test allows it; remembers the thread it was called in."""
        self.stopped_in.append(threading.current_thread().name)
        allowed = self.may_stop.wait(timeout_s)
        if self.stop_error is not None:
            raise self.stop_error
        self.now = replace(self.now, running=False)
        return allowed


def room_report() -> RoomReport:
    """Return a room whose back rows are too small and whose front row is too dark."""
    sizes_px, lights = (10.0, 24.0, 48.0), (0.4, 0.4, 0.05)
    parts = tuple(
        RoomPart(
            row=row,
            column=column,
            area=(160 / 3 * column, 30.0 * row, 160 / 3, 30.0),
            seen=2,
            usable=0 if row == 0 else 2,
            too_small=2 if row == 0 else 0,
            too_blurred=0,
            size_px=sizes_px[row],
            least_px=sizes_px[row],
            light=lights[row],
            sharpness=0.3,
            picture_light=lights[row],
        )
        for row in range(3)
        for column in range(3)
    )
    return RoomReport(160, 90, parts, 18, 12, 12.0, 0.06, 0.1, 0.75)


@dataclass
class FakePreview:
    """A RoomPreview that shows the snapshot a test puts there."""

    request: SessionRequest
    now: RoomCheckSnapshot = field(
        default_factory=lambda: RoomCheckSnapshot(
            running=True, frame=frame(0), tracks=tracks(), report=room_report(), fault=None
        )
    )
    snapshots: int = 0
    stopped_in: list[str] = field(default_factory=list)
    may_stop: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_stop.set()

    def end(self, fault: EnvironmentProblem | None = None) -> None:
        """Let the check end by itself."""
        self.now = replace(self.now, running=False, fault=fault)

    def snapshot(self) -> RoomCheckSnapshot:
        """Return the newest state, and count."""
        self.snapshots += 1
        return self.now

    def stop(self, timeout_s: float) -> bool:
        """End once the test allows it; remembers the thread it was called in."""
        self.stopped_in.append(threading.current_thread().name)
        allowed = self.may_stop.wait(timeout_s)
        self.now = replace(self.now, running=False)
        return allowed


class FakeServices(FakeArchive):
    """Services over lists."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self._settings = settings or Settings(region="other", informed=True)
        self.logged: list[str] = []
        self.stated: list[str] = []
        self.noted: list[str] = []
        self.camera_list: list[CameraInfo] = [CameraInfo(0, "Lecture hall camera")]
        self.started: list[FakeSession] = []
        self.checked: list[FakePreview] = []
        self.exported: list[tuple[tuple[int, ...], Path, ExportFormat]] = []
        self.export_problem: EnvironmentProblem | None = None
        self.imported_segments: list[ImportedSegment] = []
        self.segments_problem: EnvironmentProblem | None = None
        self.model_options: list[ModelOption] = [ModelOption("", "shipped", "1.0", "")]
        self.models_may_answer = threading.Event()
        self.models_may_answer.set()
        self.models_problem: EnvironmentProblem | None = None
        self.model_problem = ""
        self.finder_options = [ModelOption("mediapipe", "MediaPipe", "", "")]
        self.finder_problem = ""
        self.model_checks = 0
        self.start_problem: EnvironmentProblem | None = None
        self.cameras_may_answer = threading.Event()
        self.cameras_may_answer.set()
        self.recordings = RecordingQueue(lambda: 1)
        self.recording_choices: list[RecordingChoices] = []
        self.recording_problem = EnvironmentProblem("it is no video: choose another file")

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep changed settings in memory."""
        self._settings = settings

    def export_settings(self, settings: Settings, path: Path) -> None:
        """Write the settings."""
        save_settings(settings, path)

    def import_settings(self, path: Path) -> Settings:
        """Read settings."""
        return load_settings(path)

    def log_lines(self) -> Sequence[str]:
        """Return the lines that the test put there."""
        return tuple(self.logged)

    def statements(self) -> Sequence[str]:
        """Return the statements that the test put there."""
        return tuple(self.stated)

    def audit_lines(self) -> Sequence[str]:
        """Return the events that the test put there."""
        return tuple(self.noted)

    def save_diagnostics(self, path: Path) -> None:
        """Write a line."""
        path.write_text("diagnostics\n", encoding="utf-8")

    def cameras(self) -> Sequence[CameraInfo]:
        """List the cameras, once the test lets the driver answer."""
        self.cameras_may_answer.wait()
        return tuple(self.camera_list)

    def models(self) -> Sequence[ModelOption]:
        """List the models that the test put there, or raise the problem, once it lets it."""
        self.models_may_answer.wait()
        if self.models_problem is not None:
            raise self.models_problem
        return tuple(self.model_options)

    def check_model(self) -> str:
        """Say what the test says is wrong with the chosen model."""
        self.model_checks += 1
        return self.model_problem

    def finders(self) -> Sequence[ModelOption]:
        """List the finders that the test put there."""
        return tuple(self.finder_options)

    def check_finder(self) -> str:
        """Say what the test says is wrong with the chosen finder."""
        return self.finder_problem

    def start(self, request: SessionRequest) -> FakeSession:
        """Begin a session, or raise the problem that the test put here."""
        if self.start_problem is not None:
            raise self.start_problem
        session = FakeSession(request)
        self.started.append(session)
        return session

    def analyse_recordings(self, paths: Sequence[Path], choices: RecordingChoices) -> None:
        """Queue recordings, each of which fails with the problem that the test put here."""

        def refuse() -> RecordingRequest:
            raise self.recording_problem

        self.recording_choices.append(choices)
        for path in paths:
            self.recordings.add(path.name, refuse)

    def check_room(self, request: SessionRequest) -> FakePreview:
        """Begin a room check, or raise the problem that the test put here."""
        if self.start_problem is not None:
            raise self.start_problem
        preview = FakePreview(request)
        self.checked.append(preview)
        return preview

    def export(
        self, session_ids: Sequence[int], target: Path, file_format: ExportFormat
    ) -> Sequence[Path]:
        """Remember what was to be exported, or raise the problem that the test put here."""
        if self.export_problem is not None:
            raise self.export_problem
        self.exported.append((tuple(session_ids), target, file_format))
        if len(session_ids) == 1:
            return (target,)
        return tuple(target / f"{session_id}.{file_format}" for session_id in session_ids)

    def note_picture(self, place: Literal["clipboard", "picture"], sessions: int) -> None:
        """Note it among the events."""
        self.noted.append(f"{place} {sessions}")

    def read_segments(self, path: Path) -> Sequence[ImportedSegment]:
        """Return the segments that the test put there for any file, or raise the problem."""
        if self.segments_problem is not None:
            raise self.segments_problem
        return tuple(self.imported_segments)
