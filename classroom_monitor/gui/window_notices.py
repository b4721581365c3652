"""What must always be said, above the pages: problems, and parts that are missing."""

from __future__ import annotations

import logging

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.gui.background import Background
from classroom_monitor.gui.banner import Banner
from classroom_monitor.gui.model_notice import ModelNotice
from classroom_monitor.gui.palette import Tone
from classroom_monitor.gui.retention_notice import RetentionNotice
from classroom_monitor.gui.services import Services
from classroom_monitor.gui.theme import MARGIN_PX, SPACING_PX

logger = logging.getLogger(__name__)


class WindowNotices(QWidget):
    """Banners one below the other; those with nothing to say take no room."""

    settings_requested = Signal()
    log_requested = Signal()

    def __init__(
        self, services: Services, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.problem = Banner()
        self.model = ModelNotice(
            services.check_model,
            self.tr("Sessions use the default model. The chosen one cannot be used: {0}"),
            background,
            self.settings_requested.emit,
        )
        self.finder = ModelNotice(
            services.check_finder,
            self.tr("Sessions find faces with MediaPipe. What was chosen cannot be used: {0}"),
            background,
            self.settings_requested.emit,
        )
        self.retention = RetentionNotice(services, background)
        self.retention.problem.connect(self.on_problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        column.setSpacing(SPACING_PX // 2)
        for banner in (self.problem, self.model, self.finder, self.retention):
            column.addWidget(banner)

    def on_problem(self, error: Exception) -> None:
        """Show a problem: its own line if the user can mend it, else where to look."""
        if isinstance(error, EnvironmentProblem):
            self.problem.say(Tone.ERROR, str(error))
            return
        logger.error("unexpected problem", exc_info=error)
        self.problem.say(
            Tone.ERROR,
            self.tr(
                "An error in the program: {0}. The log has the details; what runs goes on."
            ).format(f"{type(error).__name__}: {error}"),
            action=(self.tr("Log…"), self.log_requested.emit),
        )

    def check_choices(self) -> None:
        """Look, in threads, whether the chosen model and finder can be used."""
        self.model.refresh(self.on_problem)
        self.finder.refresh(self.on_problem)
