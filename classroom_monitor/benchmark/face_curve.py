"""Recall by face size against precision, from finds that were matched to true faces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SizeBand:
    """Faces from low_px up to, but not including, high_px."""

    low_px: float
    high_px: float

    @property
    def title(self) -> str:
        """The band as tables name it, for example "20-32" or "64+"."""
        return (
            f"{self.low_px:g}+" if np.isinf(self.high_px) else f"{self.low_px:g}-{self.high_px:g}"
        )

    def holds(self, sizes_px: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which of (n,) sizes are in the band."""
        return np.asarray((sizes_px >= self.low_px) & (sizes_px < self.high_px))


SIZE_BANDS = (
    SizeBand(12, 20),
    SizeBand(20, 32),
    SizeBand(32, 64),
    SizeBand(64, np.inf),
)

CURVE_SCORES = np.round(np.arange(0.98, 0.0, -0.02), 2)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What counting the finds from a score on gives.

    recall is the share of the faces of each of SIZE_BANDS that are found, None where there is none
    in the pictures; precision the share of finds that are faces, None where nothing is found.
    """

    score: float
    finds: int
    precision: float | None
    recall: tuple[float | None, ...]
    recall_all: float | None

    def document(self) -> dict[str, object]:
        """Return it for a JSON document."""
        return {
            "score": round(self.score, 4),
            "finds": self.finds,
            "precision": self.precision,
            "recall": {
                band.title: value for band, value in zip(SIZE_BANDS, self.recall, strict=True)
            },
            "recall_all": self.recall_all,
        }


class FaceCurve:
    """Gathers matched finds picture by picture."""

    def __init__(self) -> None:
        self._scores: list[float] = []
        self._bands: list[int] = []
        self._faces = np.zeros(len(SIZE_BANDS), np.int64)

    @property
    def faces(self) -> tuple[int, ...]:
        """How many true faces each of SIZE_BANDS has."""
        return tuple(int(count) for count in self._faces)

    def add(
        self,
        scores: NDArray[np.float64],
        matched: NDArray[np.intp],
        sizes_px: NDArray[np.float64],
    ) -> None:
        """Add a picture: (n,) scores, (n,) indices of the faces found or -1, (m,) face sizes."""
        bands = np.full(len(sizes_px), len(SIZE_BANDS))
        for index, band in enumerate(SIZE_BANDS):
            bands[band.holds(sizes_px)] = index
            self._faces[index] += int((bands == index).sum())
        for score, face in zip(scores.tolist(), matched.tolist(), strict=True):
            if face < 0 or bands[face] < len(SIZE_BANDS):
                self._scores.append(score)
                self._bands.append(-1 if face < 0 else int(bands[face]))

    def point(self, score: float) -> CurvePoint:
        """Return the figures when finds count from a score on."""
        bands = np.array(self._bands, np.int64)[np.array(self._scores) >= score]
        found = [int((bands == index).sum()) for index in range(len(SIZE_BANDS))]
        return CurvePoint(
            score=score,
            finds=len(bands),
            precision=_share(sum(found), len(bands)),
            recall=tuple(map(_share, found, self.faces)),
            recall_all=_share(sum(found), sum(self.faces)),
        )

    def points(self) -> tuple[CurvePoint, ...]:
        """Return the whole curve, from few certain finds to all of them."""
        return tuple(self.point(float(score)) for score in CURVE_SCORES)

    def at_precision(self, precision: float) -> CurvePoint | None:
        """Return the point of the lowest score that is at least so precise."""
        order = np.argsort(-np.array(self._scores), kind="stable")
        scores = np.array(self._scores)[order]
        true = np.cumsum(np.array(self._bands, np.int64)[order] >= 0)
        precise = true / np.arange(1, len(order) + 1) >= precision
        lowest_of_its_score = np.append(scores[1:] < scores[:-1], True)[: len(order)]
        good = np.flatnonzero(precise & lowest_of_its_score)
        return self.point(float(scores[good[-1]])) if len(good) else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
