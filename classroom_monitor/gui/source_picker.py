"""Chooses where the pictures come from: a camera by name, a video file, a stream, the demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QInputDialog, QWidget

from classroom_monitor.contracts import CameraInfo
from classroom_monitor.gui.plain_tip import plain_tip
from classroom_monitor.gui.services import DEMO_SOURCE

_VIDEO_FILES = "*.mp4 *.mkv *.avi *.mov *.m4v *.webm *.mpg *.mpeg *.wmv *.ts"
_FILE = "file"
_ADDRESS = "address"


class SourcePicker(QComboBox):
    """A list of cameras, what was chosen last, and ways to name a file or an address.

    The entries stay as they are while the list is open: nobody clicks on one and gets its
    neighbour because a camera came or went. A chosen camera that goes stays chosen, and the list
    says that it is gone.
    """

    source_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cameras: list[tuple[str, str]] = []
        self._by_number: dict[str, str] = {}
        self._named: list[tuple[str, str]] = []
        self._numbers: set[str] | None = None
        self._source = DEMO_SOURCE
        self._chosen = False
        self.setAccessibleName(self.tr("Source of the pictures"))
        self.setMinimumContentsLength(18)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self.on_activated)
        self._rebuild()

    @property
    def source(self) -> str:
        """What is chosen: a camera's name or number, a path, an address, or the demo."""
        return self._source

    @property
    def is_camera(self) -> bool:
        """Whether a camera of this machine is chosen, be it there or not."""
        return self._source in dict(self._cameras) or is_camera_name(self._source)

    def choose(self, source: str) -> None:
        """Choose a source that a setting or command names; "" leaves the choice as it is."""
        if not source:
            return
        self._chosen = True
        source = self._by_number.get(source, source)
        if source != DEMO_SOURCE and source not in dict(self._cameras):
            self._named = [(source, shown_source(source))]
        self._source = source
        self._rebuild()
        self.source_changed.emit(source)

    def show_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """List these cameras; one whose name is not unique goes by its number.

        Until the user has chosen, the first camera is chosen, or the demo where there is none.
        """
        before, former = self._source, dict(self._cameras)
        self._numbers = {str(camera.index) for camera in cameras}
        names = Counter(camera.name for camera in cameras)
        self._by_number = {
            str(camera.index): camera.name for camera in cameras if names[camera.name] == 1
        }
        numbered = [(str(camera.index), camera.name) for camera in cameras]
        self._cameras = [(self._by_number.get(number, number), name) for number, name in numbered]
        self._source = self._by_number.get(self._source, self._source)
        if not self._chosen:
            self._source = self._cameras[0][0] if self._cameras else DEMO_SOURCE
        known = dict(self._cameras)
        if self._source in former and self._source not in known:
            self._named = [(self._source, former[self._source])]
        self._named = [
            entry for entry in self._named if self._by_number.get(entry[0], entry[0]) not in known
        ]
        self._rebuild()
        if self._source != before:
            self.source_changed.emit(self._source)

    def on_activated(self, row: int) -> None:
        """Take the chosen entry, or ask for a file or an address."""
        kind = self.itemData(row)
        if kind == (_FILE,):
            self._ask_for_file()
        elif kind == (_ADDRESS,):
            self._ask_for_address()
        else:
            self.choose(kind)
            return
        self._rebuild()  # until an answer comes, what was chosen before stays chosen

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Video file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Videos ({0})").format(_VIDEO_FILES), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self.choose)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_for_address(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Stream address"))
        dialog.setLabelText(self.tr("Address of an RTSP or HTTP stream:"))
        dialog.setTextValue("rtsp://")
        dialog.textValueSelected.connect(self.on_address)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_address(self, address: str) -> None:
        """Choose the address that was typed."""
        self.choose(address.strip())

    def hidePopup(self) -> None:
        """Take over what changed while the list was open, once the click has been dealt with."""
        super().hidePopup()
        QTimer.singleShot(0, self, self._rebuild)

    def _is_gone(self, source: str) -> bool:
        """Whether a camera is named that is not there, as far as is known."""
        if self._numbers is None or not is_camera_name(source):
            return False
        if source.isdecimal():
            return source not in self._numbers
        return not any(source.casefold() in name.casefold() for _, name in self._cameras)

    def _rebuild(self) -> None:
        if self.view().isVisible():
            return
        self.clear()
        gone = self.tr("{0} (not there)")
        for source, label in self._cameras:
            self.addItem(label, source)
        for source, label in self._named:
            self.addItem(gone.format(label) if self._is_gone(source) else label, source)
        self.addItem(self.tr("Demo lecture (no camera)"), DEMO_SOURCE)
        self.insertSeparator(self.count())
        self.addItem(self.tr("Video file…"), (_FILE,))
        self.addItem(self.tr("Stream address…"), (_ADDRESS,))
        self.setCurrentIndex(max(0, self.findData(self._source)))
        self.setToolTip(plain_tip(self.currentText()))


def is_camera_name(source: str) -> bool:
    """Whether a source can only be a camera's number or name: no address, no path, no demo."""
    if source == DEMO_SOURCE or "://" in source:
        return False
    path = Path(source)
    return source.isdecimal() or (len(path.parts) == 1 and not path.suffix)


def without_password(source: str) -> str:
    """Return an address without user name and password; other sources as they are."""
    if "://" not in source:
        return source
    parts = urlsplit(source)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def shown_source(source: str) -> str:
    """Return what the user calls a source: a file's name, an address without its password."""
    if "://" in source:
        return without_password(source)
    return Path(source).name or source
