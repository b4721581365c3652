"""The recordings page: drop video files, watch them being analysed, open what came of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from classroom_monitor.gui.recording_table import RecordingTable
from classroom_monitor.gui.services import RecordingChoices, Services
from classroom_monitor.gui.session_fields import add_field, group_minimum_field, mode_field
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX, Caption, Card
from classroom_monitor.gui.window_page import WindowPage
from classroom_monitor.live.recording_tasks import OVER, RecordingTask, TaskState

_REFRESH_MS = 250
_NARROW_PX = 980
_SUFFIXES = (".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".wmv")

_CAN_PAUSE = (TaskState.RUNNING, TaskState.WAITING)
_CAN_CANCEL = (TaskState.RUNNING, TaskState.WAITING, TaskState.PAUSED)
_CAN_RETRY = (TaskState.FAILED, TaskState.CANCELLED)


class RecordingsPage(WindowPage):
    """Adds recordings to the queue and drives it; the queue works on while other pages show."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._queue = services.recordings
        self.table = RecordingTable()
        self.count = Caption()
        self.mode = mode_field()
        self.group_minimum = group_minimum_field()
        self.rate = self._rate_field()
        self.course = QLineEdit(placeholderText=self.tr("optional"))
        self.course.setMaxLength(200)
        self.course.setAccessibleName(self.tr("Course"))
        self.add_button = self._button(
            self.tr("&Add recordings…"), self.tr("Choose video files (Ctrl+O)"), self.on_add
        )
        self.add_button.setShortcut("Ctrl+O")
        self._buttons = self._task_buttons()
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.on_timeout)
        self.setAcceptDrops(True)
        self._fill()
        self._lay_out()
        self._connect()
        self._show_tasks()

    def on_shown(self) -> None:
        """Show the queue as it is now."""
        self._show_tasks()

    def on_timeout(self) -> None:
        """Follow the queue while it works."""
        self._show_tasks()

    def on_add(self) -> None:
        """Ask for video files."""
        dialog = QFileDialog(self, self.tr("Add recordings"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        videos = self.tr("Videos ({0})").format(" ".join(f"*{end}" for end in _SUFFIXES))
        dialog.setNameFilters([videos, self.tr("All files (*)")])
        movies = QStandardPaths.StandardLocation.MoviesLocation
        dialog.setDirectory(QStandardPaths.writableLocation(movies))
        dialog.filesSelected.connect(self.add)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, names: Sequence[str]) -> None:
        """Put files at the end of the queue, a folder's files in the place of the folder."""
        choices = RecordingChoices(
            mode=self.mode.currentData(),
            group_minimum=self.group_minimum.value(),
            rate_hz=self.rate.value(),
            course=self.course.text().strip(),
        )
        paths = [path for name in names for path in _files(Path(name))]
        self._services.analyse_recordings(paths, choices)
        self._show_tasks()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that were dropped."""
        self.add([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def on_pause(self) -> None:
        """Pause the selected recordings that run or wait, or resume them if none does."""
        selected = self.table.selected()
        running = [task for task in selected if task.state in _CAN_PAUSE]
        for task in running:
            self._queue.pause(task.task_id)
        for task in () if running else selected:
            self._queue.resume(task.task_id)
        self._show_tasks()

    def on_cancel(self) -> None:
        """Cancel the selected recordings; their finished seconds stay."""
        self._for_selected(self._queue.cancel)

    def on_retry(self) -> None:
        """Try the selected recordings again; what is analysed already is gone on with."""
        self._for_selected(self._queue.retry)

    def on_remove(self) -> None:
        """Take the selected recordings off the list, those under way by cancelling them first."""
        for task in self.table.selected():
            forget = self._queue.remove if task.state in OVER else self._queue.cancel
            forget(task.task_id)
        self._show_tasks()

    def on_open(self) -> None:
        """Open the first selected recording's session."""
        done = [task.session_id for task in self.table.selected() if task.session_id is not None]
        if done:
            self.open_session.emit(done[0])

    def fit_width(self, width_px: int) -> None:
        """Put the count above the buttons where it doesn't fit beside them."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(down if width_px < _NARROW_PX else across)

    def _for_selected(self, act: Callable[[int], None]) -> None:
        for task in self.table.selected():
            act(task.task_id)
        self._show_tasks()

    def _show_tasks(self) -> None:
        tasks = self._queue.tasks()
        self.table.show_tasks(tasks)
        self._count(tasks)
        self._allow()
        if any(task.state not in OVER for task in tasks):
            self._timer.start()
        else:
            self._timer.stop()

    def _count(self, tasks: Sequence[RecordingTask]) -> None:
        done = sum(task.state is TaskState.DONE for task in tasks)
        failed = sum(task.state is TaskState.FAILED for task in tasks)
        text = self.tr("{0} of {1} recordings analysed").format(done, len(tasks))
        if failed:
            text += "  ·  " + self.tr("{0} failed").format(failed)
        self.count.setText(text if tasks else "")

    def _allow(self) -> None:
        pause, cancel, retry, opened, remove = self._buttons
        states = {task.state for task in self.table.selected()}
        resumes = TaskState.PAUSED in states and not states & set(_CAN_PAUSE)
        pause.setText(self.tr("&Resume") if resumes else self.tr("&Pause"))
        pause.setEnabled(resumes or bool(states & set(_CAN_PAUSE)))
        cancel.setEnabled(bool(states & set(_CAN_CANCEL)))
        retry.setEnabled(bool(states & set(_CAN_RETRY)))
        opened.setEnabled(TaskState.DONE in states)
        remove.setEnabled(bool(states))

    def _connect(self) -> None:
        self.table.opened.connect(self.on_open)
        self.table.pause_toggled.connect(self.on_pause)
        self.table.removed.connect(self.on_remove)
        self.table.selectionModel().selectionChanged.connect(self._allow)

    def _fill(self) -> None:
        settings = self._services.settings
        self.mode.setCurrentIndex(self.mode.findData(settings.mode))
        self.group_minimum.setValue(settings.group_minimum)
        self.rate.setValue(settings.rate_hz)
        self.course.setText(settings.course)

    def _rate_field(self) -> QDoubleSpinBox:
        field = QDoubleSpinBox(minimum=0.1, maximum=60.0, decimals=1, singleStep=1.0)
        field.setSuffix(self.tr(" a second"))
        field.setAccessibleName(self.tr("Looks a second"))
        field.setToolTip(
            self.tr("How many of a recording's frames a second are looked at; fewer are faster.")
        )
        return field

    def _button(self, text: str, tip: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda _=False: act())
        return button

    def _task_buttons(self) -> tuple[QPushButton, ...]:
        return (
            self._button(
                self.tr("&Pause"), self.tr("Let it wait, or go on (Space)"), self.on_pause
            ),
            self._button(
                self.tr("&Cancel"), self.tr("Stop it; finished seconds stay"), self.on_cancel
            ),
            self._button(self.tr("&Try again"), self.tr("Go on where it stopped"), self.on_retry),
            self._button(self.tr("&Open session"), self.tr("Review it (Enter)"), self.on_open),
            self._button(
                self.tr("Take off the &list"),
                self.tr("Its session stays (Delete)"),
                self.on_remove,
            ),
        )

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(SPACING_PX)
        add_field(fields, self.tr("&Mode"), self.mode, 0)
        add_field(fields, self.tr("&Group minimum"), self.group_minimum, 0)
        add_field(fields, self.tr("Loo&ks"), self.rate, 0)
        add_field(fields, self.tr("Co&urse"), self.course, 1)
        add_field(fields, "", self.add_button, 0)
        choices = Card()
        choices.setLayout(fields)
        fields.setContentsMargins(16, 10, 16, 12)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING_PX)
        buttons.addStretch(1)
        for button in self._buttons:
            buttons.addWidget(button)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(SPACING_PX)
        self._foot.addWidget(self.count, 1)
        self._foot.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, SPACING_PX)
        column.setSpacing(SPACING_PX)
        column.addWidget(choices)
        column.addWidget(card, 1)
        column.addLayout(self._foot)


def _files(path: Path) -> list[Path]:
    """The file itself, or a folder's videos, by name; a folder that can't be read is left whole."""
    if not path.is_dir():
        return [path]
    try:
        inside = sorted(path.iterdir())
    except OSError:
        return [path]  # its analysis says why
    return [file for file in inside if file.suffix.lower() in _SUFFIXES and file.is_file()]
