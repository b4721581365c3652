"""How the running session is doing, in one quiet line."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QWidget

from classroom_monitor.contracts import CaptureState, LiveStatus
from classroom_monitor.gui.theme import Caption

_FIGURES_MS = 250
"""Figures change with every picture; nobody reads them that often, and laying out text costs."""


class StatusLine(Caption):
    """State, rates, latency, what is reduced, lost and skipped frames, model, engine, finder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWordWrap(True)
        self.setToolTip(
            self.tr(
                "Lost: frames that the camera gave and nobody could take. Skipped: frames that a"
                " newer one replaced before it was analysed; that is normal. Delay: from the"
                " picture to its finished analysis. Scored: how often each face is looked at for"
                " its mood; four times a second is the aim.\n"
                "On a computer that is too slow for that, quality is reduced in this order: faces"
                " are no longer scored a second time as a mirror image; new faces are looked for"
                " at half speed, then at a quarter; faces are scored twice a second, then once."
                " It comes back by itself when there is time."
            )
        )
        self._states = {
            CaptureState.OPENING: self.tr("Opening the source"),
            CaptureState.RUNNING: self.tr("Running"),
            CaptureState.STALLED: self.tr("No picture"),
            CaptureState.LOST: self.tr("Source lost"),
            CaptureState.PAUSED: self.tr("Paused"),
            CaptureState.ENDED: self.tr("Ended"),
        }
        self._shown: LiveStatus | None = None
        self._since_shown = QElapsedTimer()
        self.show_idle()

    def show_idle(self) -> None:
        """Say that no session runs."""
        self._shown = None
        self.setText(self.tr("No session is running. F5 starts one."))

    def show_status(self, status: LiveStatus) -> None:
        """Show a status; parts that are not known yet are left out.

        What a session does is shown at once, its figures a few times a second.
        """
        same = self._shown is not None and _words(self._shown) == _words(status)
        if same and not self._since_shown.hasExpired(_FIGURES_MS):
            return
        self._shown = status
        self._since_shown.start()
        self.setText("  ·  ".join(self._parts(status)))

    def _parts(self, status: LiveStatus) -> list[str]:
        parts = [self._states[status.capture]]
        if status.fps_captured or status.fps_analysed:
            parts.append(self.tr("{0:.1f} frames/s").format(status.fps_captured))
            parts.append(self.tr("{0:.1f} analysed/s").format(status.fps_analysed))
            parts.append(self.tr("delay {0:.0f} ms").format(status.latency_ms))
        if status.scored_hz:
            parts.append(self.tr("each face scored {0:.1f}/s").format(status.scored_hz))
        if status.effort:
            parts.append(status.effort)
        parts.append(self.tr("lost {0}").format(status.lost))
        parts.append(self.tr("skipped {0}").format(status.skipped))
        if status.model:
            parts.append(self.tr("model {0}").format(status.model))
        if status.engine:
            parts.append(self.tr("engine {0}").format(status.engine))
        if status.finder:
            parts.append(self.tr("finder {0}").format(status.finder))
        if status.message and status.capture not in (CaptureState.STALLED, CaptureState.LOST):
            parts.append(status.message)
        return parts


def _words(status: LiveStatus) -> tuple[object, ...]:
    """Return what of a status isn't a figure."""
    return (
        status.capture,
        status.message,
        status.effort,
        status.model,
        status.engine,
        status.finder,
    )
