"""What goes on before a session: the choices are offered and kept, and the room is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from classroom_monitor.contracts import CameraInfo
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.room_check_control import RoomCheckControl
from classroom_monitor.gui.room_check_panel import RoomCheckPanel
from classroom_monitor.gui.room_remedies import CheckedWith
from classroom_monitor.gui.services import DEMO_SOURCE, Services, SessionRequest
from classroom_monitor.gui.session_setup import SessionSetup


class BeforeSession(QObject):
    """Connects the fields, the room check and its panel; the page lays them out.

    The camera is opened when the user asks for a check, never by itself.
    """

    problem = Signal(object)  # Exception
    unanswered = Signal()  # a camera waits for the first-start page
    panel_wanted = Signal(bool)  # in place of the desk

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self.setup = SessionSetup()
        self.panel = RoomCheckPanel()
        self.control = RoomCheckControl(services, background, self)
        self.panel.hide()
        self._connect()

    def list_cameras(self) -> None:
        """List the cameras in a thread; a hanging driver only keeps the list from changing."""
        self.setup.show_refreshing(True)
        self._background.run(
            "list cameras", self._services.cameras, self.on_cameras, self.on_cameras_failed
        )

    def on_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """Offer the cameras that there are."""
        self.setup.show_refreshing(False)
        self.setup.source.show_cameras(cameras)

    def on_cameras_failed(self, error: Exception) -> None:
        """Say why the cameras cannot be listed."""
        self.setup.show_refreshing(False)
        self.problem.emit(error)

    def list_models(self) -> None:
        """Offer the models and finders there are, once they have been looked at in a thread."""
        self._background.run(
            "list models", self._services.models, self.setup.show_models, self.problem.emit
        )
        self._background.run(
            "list finders", self._services.finders, self.setup.show_finders, self.problem.emit
        )

    def remember(self) -> None:
        """Keep what is chosen for the next time; finder and model hold from now on."""
        try:
            self._services.save_settings(self.setup.chosen(self._services.settings))
        except EnvironmentProblem as problem:
            self.problem.emit(problem)

    def release(self, then: Callable[[], None]) -> None:
        """Make room for a session: end the check, and go on once its camera is free."""
        self.control.stop(then)

    def on_check(self, request: SessionRequest) -> None:
        """Check the room with what is chosen now, once it was said where this is used."""
        if request.source != DEMO_SOURCE and not self._services.settings.answered:
            self.unanswered.emit()
            return
        self.remember()
        self.control.start(request)

    def on_toggle(self) -> None:
        """Begin a check, or end the one that runs."""
        self.setup.on_check()

    def on_looks_changed(self) -> None:
        """Look again, with what was chosen now, if a check is under way."""
        if self.control.running:
            self.on_check(self.setup.request())

    def on_running(self, running: bool) -> None:
        """Show a check that begins; leave what one that ended has measured."""
        self.setup.show_checking(running)
        if not running:
            self.panel.end()
            return
        self.panel.begin(self._checked_with())
        self.panel_wanted.emit(True)

    def _checked_with(self) -> CheckedWith:
        settings, request = self._services.settings, self.setup.request()
        return CheckedWith(
            is_camera=self.setup.source.is_camera,
            resolution=request.resolution,
            finder=settings.finder,
            mode=request.mode,
            group_minimum=None if settings.counts_only else request.group_minimum,
        )

    def _connect(self) -> None:
        self.setup.refresh_requested.connect(self.list_cameras)
        self.setup.check_requested.connect(self.on_check)
        self.setup.check_end_requested.connect(self.control.stop)
        self.setup.looks_changed.connect(self.on_looks_changed)
        self.control.running_changed.connect(self.on_running)
        self.control.snapshot_taken.connect(self.panel.show_snapshot)
        self.control.failed.connect(self.problem)
