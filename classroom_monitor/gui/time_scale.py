"""How times become pixels inside a plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF


@dataclass(frozen=True, slots=True)
class TimeScale:
    """What is in view of a view box: its first second, its pixels, how many there are a second."""

    first_s: float
    px_per_s: float
    rect: QRectF

    @classmethod
    def of(cls, box: Any) -> TimeScale:
        """Return the scale of a pyqtgraph ViewBox as it is now."""
        (first_s, last_s), _ = box.viewRange()
        rect = QRectF(box.rect())
        return cls(float(first_s), rect.width() / max(float(last_s - first_s), 1e-9), rect)

    def x_px(self, t_s: float) -> float:
        """Return where a time lies, in pixels from the plot's left edge."""
        return (t_s - self.first_s) * self.px_per_s

    def shows(self, x_px: float, margin_px: float = 1.0) -> bool:
        """Whether a place is in view, or no more than a margin beside it."""
        return -margin_px <= x_px <= self.rect.width() + margin_px

    def stretch(self, first_s: float, last_s: float) -> QRectF:
        """Return what is in view of a stretch of time, over the plot's whole height."""
        left = max(-2.0, self.x_px(first_s))
        right = min(self.rect.width() + 2.0, self.x_px(last_s))
        return QRectF(left, self.rect.top(), max(0.0, right - left), self.rect.height())
