"""A running live session: the threads from camera to store, and the snapshot the window draws."""

from __future__ import annotations

from classroom_monitor.contracts import LiveSnapshot
from classroom_monitor.live.parts import SessionParts, SessionPlan


class LiveSession:
    """Captures, analyses and records until it is stopped or its recording ends.

    Three owners: the capture thread has the camera, the analysis thread the models, the recorder
    thread the timeline and the store. start, snapshot and mark return at once.
    """

    def __init__(self, plan: SessionPlan, parts: SessionParts) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Start the threads; camera, models and store are opened in them."""

    def snapshot(self) -> LiveSnapshot:
        """Return the newest state; cheap enough for every repaint."""
        raise NotImplementedError

    def mark(self, text: str) -> None:
        """Set a marker at the present moment of the session."""

    def stop(self, timeout_s: float) -> bool:
        """End the session and save it; False if a thread had to be left behind.

        Stops producers first: capture, analysis, last write, store. Harmless when repeated.
        """
        raise NotImplementedError
