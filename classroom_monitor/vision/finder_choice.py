"""Opens the face finder of a name: MediaPipe's, which comes with the program, or YuNet."""

from __future__ import annotations

from classroom_monitor.contracts import FaceFinder, FinderName, Mode, SequenceFinder
from classroom_monitor.vision.face_library import FaceModelLibrary
from classroom_monitor.vision.faces import open_finder
from classroom_monitor.vision.room_scan import open_room_scan
from classroom_monitor.vision.yunet import open_yunet
from classroom_monitor.vision.yunet_scan import open_yunet_scan


def open_picture_finder(
    mode: Mode, finder: FinderName, face_models: FaceModelLibrary
) -> FaceFinder:
    """Open a mode's finder for single pictures. Raises BundleProblem where its model is unusable.

    face_models is where the user's face model is; MediaPipe's finder does not look into it.
    """
    if finder == "yunet":
        return open_yunet(face_models.read(), mode)
    return open_finder(mode)


def open_sequence_finder(
    mode: Mode, finder: FinderName, face_models: FaceModelLibrary
) -> SequenceFinder:
    """Open a mode's finder for the frames of one source, as open_picture_finder does."""
    if finder == "yunet":
        return open_yunet_scan(face_models.read(), mode)
    return open_room_scan(mode)
