"""What the stages hand each other: frozen records, and the protocols their makers implement.

Nothing here imports another module of the program except errors, so that every stage can be
read, tested and replaced on its own. Arrays are documented by shape, dtype and range; who
makes an array validates it, who is handed one neither checks nor changes it.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classroom_monitor.errors import EnvironmentProblem

MOODS = ("negative", "neutral", "positive")
"""The mood classes, in the order in which every array and file holds them."""

Mode = Literal["near", "room"]
"""How faces are looked for: a few large ones quickly, or a whole room's."""

FinderName = Literal["mediapipe", "yunet"]
"""What finds faces: MediaPipe's models, which ship, or YuNet, whose model file the user adds."""

EngineName = Literal["auto", "keras-gpu", "litert-int8", "litert-float32"]
"""What runs a bundle's network: the best there is, or one by name."""

Resolution = Literal["auto", "640x480", "1280x720", "1920x1080", "3840x2160"]
"""What is asked of a camera, width x height in pixels; auto leaves it to the program."""

UInt8Array = NDArray[np.uint8]
Float32Array = NDArray[np.float32]


# ---------------------------------------------------------------------------- camera


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a camera, a recording or a stream.

    index counts the source's frames from 0. captured_at_s is the frame's time on the source's
    own clock, in seconds from the first frame, never computed from an assumed frame rate: the
    presentation time for a recording, the monotonic clock at capture for a device or a stream.
    image_bgr is (height, width, 3) uint8 and belongs to the frame: nobody writes into it.
    """

    index: int
    captured_at_s: float
    image_bgr: UInt8Array


class EndOfRecording(Exception):
    """Raised by Camera.read after the last frame of a recording; not an error."""


class Camera(Protocol):
    """A source of frames that is opened, read by one thread, and closed.

    Calls may block for as long as the driver likes: live code keeps a camera in a thread that
    can be abandoned (live/capture.py).
    """

    @property
    def name(self) -> str:
        """What the user calls this source: a device name, a file name, an address."""

    @property
    def is_live(self) -> bool:
        """True where time passes by itself (device, stream); False for a recording."""

    @property
    def duration_s(self) -> float | None:
        """Length of a recording in seconds where its file says so, else None."""

    def open(self) -> None:
        """Start the source; may be called again after close. Raises CameraProblem."""

    def read(self) -> Frame:
        """Return the next frame. Raises EndOfRecording or CameraProblem."""

    def close(self) -> None:
        """Release the source; harmless when it isn't open."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera of this machine as `cameras` and the source picker list it."""

    index: int
    name: str


class CaptureState(enum.Enum):
    """How the source of a running session is doing."""

    OPENING = "opening"
    RUNNING = "running"
    STALLED = "stalled"  # open, but no frame for longer than the stall limit
    PAUSED = "paused"  # closed, or held, because the lecturer paused the session
    LOST = "lost"  # closed or failed; being opened again
    ENDED = "ended"  # a recording's last frame was read


# ---------------------------------------------------------------------------- faces, tracks


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face: left, top, width, height in pixels of the frame, and a score in [0, 1]."""

    x: float
    y: float
    w: float
    h: float
    score: float


class FaceFinder(Protocol):
    """Finds faces in single frames. Not thread safe: one thread makes, uses and closes it."""

    @property
    def name(self) -> str:
        """The finder and its mode, as the status line shows them."""

    def find(self, image_bgr: UInt8Array) -> list[FaceBox]:
        """Return the faces of a (height, width, 3) uint8 picture, best score first.

        Boxes lie inside the picture and are wider and higher than 0.
        """

    def close(self) -> None:
        """Free the models; the finder is not used afterwards."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a sequence finder saw of one frame.

    faces are those found in this frame, best score first, as FaceFinder.find gives them. watched
    are the parts of the picture that were looked at for it, each (x, y, width, height) in pixels:
    a known face that lies whole in one of them and was not found is missing; of one that lies in
    none of them nothing is said. moved are the known faces' places in this frame, in their order,
    as the picture's own motion tells them, or () where the finder doesn't look at motion.
    """

    faces: tuple[FaceBox, ...]
    watched: tuple[tuple[int, int, int, int], ...]
    moved: tuple[FaceBox, ...] = ()


class SequenceFinder(Protocol):
    """Finds the faces of consecutive frames of one source, spreading its work over them.

    Not thread safe: one thread makes, uses and closes it. Deterministic: what it looks at depends
    on its arguments alone, never on the clock.
    """

    @property
    def name(self) -> str:
        """The finder and its mode, as the status line shows them."""

    def look(
        self, image_bgr: UInt8Array, known: Sequence[FaceBox], budget_ms: float = 20.0
    ) -> Sighting:
        """Look at the next frame, (height, width, 3) uint8; known is where faces last were.

        budget_ms is what looks may cost in the mean, in nominal costs (face_passes.py), which is
        for finders that spread their work; others look at everything.
        """

    def close(self) -> None:
        """Free the models; the finder is not used afterwards."""


@dataclass(frozen=True, slots=True)
class Track:
    """One face followed across frames. The id is held in memory only and never stored.

    probabilities are the smoothed, calibrated (3,) float32 of MOODS, None before the first
    score and in counts-only mode. quality says whether the face is large and sharp enough to be
    classified. used says whether it counts towards shares (or, in counts-only mode, whether it
    is large and sharp enough to).
    """

    track_id: int
    box: FaceBox
    probabilities: Float32Array | None
    quality: bool
    used: bool


# ---------------------------------------------------------------------------- classifier


@dataclass(frozen=True, slots=True)
class CropBatch:
    """Face crops ready for a network: (n, size, size, channels) uint8, 1 grey or 3 RGB channels."""

    images: UInt8Array


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated probabilities, (n, 3) float32 in the order of MOODS; rows sum to 1."""

    probabilities: Float32Array


class Classifier(Protocol):
    """Scores batches of crops. Not thread safe: one thread makes, uses and closes it."""

    @property
    def engine(self) -> str:
        """The engine as status line and JSON name it, for example "litert-int8".

        It changes where one fails and another one goes on.
        """

    @property
    def notice(self) -> str:
        """What the user is to know of the engine, in one line: that one failed, say; or ""."""

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        """Return one row of probabilities per crop; no rows for an empty batch.

        both_ways scores each crop as it is and mirrored, which is surer and takes twice the time.
        """

    def close(self) -> None:
        """Free the engine; the classifier is not used afterwards."""


# ---------------------------------------------------------------------------- timeline


@dataclass(frozen=True, slots=True)
class Look:
    """What one analysed frame says about the room; the only thing vision gives to sessions.

    at_s is the frame's captured_at_s. seen counts the tracks on screen. used_probabilities is
    (used, 3) float32, a row per used face in the order of MOODS; in counts-only mode it is None
    and used alone counts.
    """

    at_s: float
    seen: int
    used: int
    used_probabilities: Float32Array | None


@dataclass(frozen=True, slots=True)
class Shares:
    """The mix of one second: fractions of the used faces in the order of MOODS, summing to 1.

    low and high bound each share at the stated confidence level (sessions/timeline.py).
    """

    negative: float
    neutral: float
    positive: float
    low: tuple[float, float, float]
    high: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One second [t_s, t_s + 1) of a session.

    clock is the wall time of the second's start, with its offset. seen and used are medians
    over the second's looks. shares is None where used is below the group minimum, in
    counts-only mode, and in a gap. expected is the highest 5-second median of seen in the last
    three minutes; coverage is used / expected, at most 1, None while expected is 0. gap is True
    for a second without a single look (camera lost, paused, program busy): seen and used are 0.
    """

    t_s: int
    clock: datetime
    seen: int
    used: int
    shares: Shares | None
    expected: int
    coverage: float | None
    gap: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """A moment that the lecturer marked: seconds from the session's start, and a text."""

    marker_id: int
    t_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a session with one topic: from t_s to the next segment's start or the end.

    t_s is in seconds from the session's start.
    """

    segment_id: int
    t_s: float
    title: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stretch [start_s, end_s) that summaries, comparisons and exports leave out.

    The seconds stay in the store: removing the exclusion brings them back.
    """

    exclusion_id: int
    start_s: float
    end_s: float
    reason: str = ""


Annotation: TypeAlias = Marker | Segment | Exclusion
"""One thing that the lecturer adds to a session; its id is 0 until it is stored."""


@dataclass(frozen=True, slots=True)
class Annotations:
    """What the lecturer added to a session: each by time."""

    markers: tuple[Marker, ...] = ()
    segments: tuple[Segment, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedSegment:
    """A segment read from a file: its title, and its start in seconds where the file names one."""

    t_s: float | None
    title: str


ExportFormat = Literal["csv", "xlsx", "html", "pdf"]
"""What a session is written as: its seconds as a table, a workbook, or a report of one page."""


class SessionState(enum.Enum):
    """How a stored session ended."""

    RUNNING = "running"  # being written now
    COMPLETE = "complete"
    INTERRUPTED = "interrupted"  # its writer went away without finishing it


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """A stored session's description, without its points.

    source is the device name, the file's name without its folder, or the stream's address
    without user name and password. seconds is how many points it has. model names the bundle
    (with counts-only: ""), confidence_level is that of the shares' bounds.
    """

    session_id: int
    title: str
    source: str
    started_at: datetime
    seconds: int
    mode: str
    engine: str
    group_minimum: int
    counts_only: bool
    state: SessionState
    model: str = ""
    program_version: str = ""
    confidence_level: float = 0.95
    course: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known of a session when it starts; model names the bundle, if one is used.

    job is the same for sessions of the same recording with the same options, "" for a live one.
    """

    title: str
    source: str
    started_at: datetime
    mode: str
    engine: str
    group_minimum: int
    counts_only: bool
    model: str = ""
    job: str = ""
    course: str = ""


class SessionWriter(Protocol):
    """Writes one running session; used by one thread. Every call is committed when it returns."""

    @property
    def session_id(self) -> int:
        """The id under which the session is stored."""

    def append(self, points: Sequence[TimelinePoint]) -> None:
        """Store finished seconds, in order. Raises StoreProblem."""

    def add_marker(self, t_s: float, text: str) -> Marker:
        """Store a marker. Raises StoreProblem."""

    def add_segment(self, t_s: float, title: str) -> Segment:
        """Store the start of a segment. Raises StoreProblem."""

    def finish(self) -> None:
        """Mark the session complete."""


@dataclass(frozen=True, slots=True)
class ResumedSession:
    """An interrupted session that is being written again: its writer, and what it holds so far."""

    writer: SessionWriter
    started_at: datetime
    points: tuple[TimelinePoint, ...]


# ---------------------------------------------------------------------------- live


@dataclass(frozen=True, slots=True)
class LiveStatus:
    """How a running session is doing, for the status line.

    fps_captured and fps_analysed are rates over the last seconds; latency_ms is the median from
    capture to finished analysis. lost counts frames that capture itself missed, skipped those
    that a newer frame replaced before analysis. message is a line for the user, or "". model names
    the bundle that scores faces, "" in counts-only mode. scored_hz is how often a second a face is
    scored in the mean. effort says what was lowered because the machine is too slow, or "".
    """

    capture: CaptureState
    fps_captured: float
    fps_analysed: float
    latency_ms: float
    lost: int
    skipped: int
    engine: str
    finder: str
    message: str
    model: str = ""
    scored_hz: float = 0.0
    effort: str = ""


@dataclass(frozen=True, slots=True)
class LiveSnapshot:
    """What the window draws, read on a timer; a new immutable record replaces the old one.

    frame is the newest captured picture, None before the first; tracks are those of the newest
    analysed one, and the same tuple until the next is analysed. points holds the session's
    finished seconds so far, oldest first, and is only ever extended. paused is True while the
    lecturer keeps the session from looking: no frame is shown and its seconds are gaps.
    """

    session_id: int | None
    running: bool
    frame: Frame | None
    tracks: tuple[Track, ...]
    points: tuple[TimelinePoint, ...]
    markers: tuple[Marker, ...]
    status: LiveStatus
    fault: EnvironmentProblem | None
    segments: tuple[Segment, ...] = ()
    paused: bool = False


# ---------------------------------------------------------------------------- room check


@dataclass(frozen=True, slots=True)
class RoomPart:
    """What the room check measured in one of nine parts of the room, over the last seconds.

    row is 0 for the back (the picture's top) to 2 for the front, column 0 for the picture's left
    to 2. area is (x, y, width, height) in pixels of the frame. seen is the median over the looks
    of the number of faces; usable, too_small and too_blurred say how many of them are large and
    sharp enough to be classified, and what the others lack. size_px (the longer side of a face's
    box), light (a face's mean grey level, 0 to 1) and sharpness (vision/quality.py) are medians
    over the faces, least_px is the median over the looks of the smallest; None where there are no
    faces. picture_light is the mean grey level of the part of the picture itself.
    """

    row: int
    column: int
    area: tuple[float, float, float, float]
    seen: int
    usable: int
    too_small: int
    too_blurred: int
    size_px: float | None
    least_px: float | None
    light: float | None
    sharpness: float | None
    picture_light: float


@dataclass(frozen=True, slots=True)
class RoomReport:
    """What the room check measured over the last seconds, and the rule that it goes by.

    parts are nine, from the back to the front and each row from the picture's left. seen and
    usable are the sums over the parts. A face is usable from min_face_px and
    min_sharpness on; darker than min_light or brighter than max_light, faces are found and told
    apart less well.
    """

    width_px: int
    height_px: int
    parts: tuple[RoomPart, ...]
    seen: int
    usable: int
    min_face_px: float
    min_sharpness: float
    min_light: float
    max_light: float


@dataclass(frozen=True, slots=True)
class RoomCheckSnapshot:
    """What the window draws during a room check; a new immutable record replaces the old one.

    frame is the newest captured picture, None before the first; tracks are those of the newest
    frame that was looked at. report is None before the first looks. message is a line for the
    user, or "". running is False once the check has ended, by itself or by stop.
    """

    running: bool
    frame: Frame | None
    tracks: tuple[Track, ...]
    report: RoomReport | None
    fault: EnvironmentProblem | None
    message: str = ""
