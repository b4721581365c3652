"""Recordings as cameras: any video file that OpenCV's FFmpeg decodes, by its own clock."""

from __future__ import annotations

import logging
from collections import deque
from pathlib import Path

from classroom_monitor.contracts import EndOfRecording, Frame, UInt8Array
from classroom_monitor.errors import CameraProblem
from classroom_monitor.vision.opencv import cv2
from classroom_monitor.vision.timestamps import ForwardTimes
from classroom_monitor.vision.video_source import VideoSource

logger = logging.getLogger(__name__)

_LONGEST_S = 7 * 24 * 3600.0  # OpenCV makes up absurd lengths for files that name none
_CUT_SHORT = 0.9
_PICTURES_WITHOUT_TIMES = 10


class RecordingCamera:
    """A video file. captured_at_s is the presentation time that the file gives each picture.

    A stamp that is missing, repeated or runs backward is mended from its neighbours
    (ForwardTimes). A file without any, such as a raw H.264 stream, is refused, since its rate
    could only be guessed.
    """

    is_live = False

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source = VideoSource(path.name)
        self._ahead: deque[tuple[float, UInt8Array]] = deque()  # stamps in seconds, pictures
        self._current_bgr: UInt8Array | None = None  # None while it is only grabbed
        self._times = ForwardTimes()
        self._next_index = 0
        self._duration_s: float | None = None
        self._last_at_s = 0.0

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self._path.name

    @property
    def duration_s(self) -> float | None:
        """Length in seconds by the file's header once it was opened, None where it has none."""
        return self._duration_s

    def open(self) -> None:
        """Open the file and decode its first pictures. Raises CameraProblem."""
        self._check_path()
        # FFmpeg alone: OpenCV's other readers take "lecture_01.jpg" for a numbered series, and
        # with an absolute path FFmpeg takes no part of a name for a protocol.
        if not self._source.open(str(self._path.resolve()), cv2.CAP_FFMPEG):
            raise CameraProblem(
                f"{self._path} cannot be read as a video: it is another kind of file, or damaged;"
                " choose another, or convert it to MP4"
            )
        self._duration_s = self._read_duration_s()
        self._times = ForwardTimes(self._duration_s)
        self._next_index = 0
        self._ahead.clear()
        try:
            self._look_ahead()
        except CameraProblem:
            self.close()
            raise

    def read(self) -> Frame:
        """Return the next frame. Raises EndOfRecording, or CameraProblem when not open."""
        self.advance()
        return self.current()

    def advance(self) -> float:
        """Go on to the next frame and return its captured_at_s; current makes its picture.

        Passing over a frame costs half of reading it: it is decoded, as later ones build on it,
        but not converted to BGR. Raises EndOfRecording, or CameraProblem when not open.
        """
        if self._ahead:
            stamp_s, self._current_bgr = self._ahead.popleft()
        elif self._source.grab():
            stamp_s, self._current_bgr = self._stamp_s(), None
        else:
            self._warn_if_cut_short()
            raise EndOfRecording
        self._last_at_s = self._times.next_s(stamp_s)
        self._next_index += 1
        return self._last_at_s

    def current(self) -> Frame:
        """Return the frame that advance went to; ask once. Raises CameraProblem."""
        image_bgr, self._current_bgr = self._current_bgr, None
        if image_bgr is None:
            image_bgr = self._source.retrieve_bgr()
        return Frame(self._next_index - 1, self._last_at_s, image_bgr)

    def close(self) -> None:
        """Release the file; harmless when it isn't open."""
        self._source.close()
        self._ahead.clear()

    def _check_path(self) -> None:
        try:
            if self._path.is_file():
                with self._path.open("rb"):
                    return
        except OSError as error:
            raise CameraProblem(
                f"{self._path} cannot be opened ({error.strerror}): check that you may read it"
            ) from error
        if self._path.exists():
            raise CameraProblem(f"{self._path} is not a file: name a video file")
        raise CameraProblem(f"{self._path} does not exist: check the path and the file's name")

    def _look_ahead(self) -> None:
        """Decode until two stamps show that the file keeps time. Raises CameraProblem."""
        while len(self._ahead) < _PICTURES_WITHOUT_TIMES and self._source.grab():
            self._ahead.append((self._stamp_s(), self._source.retrieve_bgr()))
            if self._ahead[-1][0] > self._ahead[0][0]:
                return
        if not self._ahead:
            raise CameraProblem(
                f"{self._path} has no pictures in it: it is empty or damaged; choose another file"
            )
        if len(self._ahead) > 1:
            raise CameraProblem(
                f"{self._path} does not say when its pictures were taken: record it as,"
                " or convert it to, MP4 or MKV"
            )

    def _stamp_s(self) -> float:
        return self._source.get(cv2.CAP_PROP_POS_MSEC) / 1000

    def _read_duration_s(self) -> float | None:
        pictures = self._source.get(cv2.CAP_PROP_FRAME_COUNT)
        mean_rate_hz = self._source.get(cv2.CAP_PROP_FPS)
        if not (pictures > 0 and mean_rate_hz > 0):
            return None
        duration_s = pictures / mean_rate_hz
        return duration_s if duration_s < _LONGEST_S else None

    def _warn_if_cut_short(self) -> None:
        if self._duration_s is not None and self._last_at_s < _CUT_SHORT * self._duration_s - 1:
            logger.warning(
                "%s ends at %.0f s of %.0f s: the rest cannot be decoded",
                self._path,
                self._last_at_s,
                self._duration_s,
            )
