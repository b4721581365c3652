"""How far a second's shares can be trusted: bounds from how many faces, and how sure they are.

The interval is Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession,
and statistical inference", JASA 22, 1927) on an effective number of faces (E. L. Korn and
B. I. Graubard, "Confidence intervals for proportions with small expected number of positive
counts estimated from survey data", Survey Methodology 24, 1998):

    variance  = p (1 - p) / n  +  mean(p_i (1 - p_i)) / n
    n_eff     = p (1 - p) / variance

p is the mean of the faces' probabilities, n the used faces and p_i the class's probability for face
i. The first part is the
sampling variance of n faces, the second what the classifier itself leaves open about them (the
variance of a Poisson binomial count, over n squared). For perfectly calibrated scores of
independent faces the first part alone would do; faces of one room share light, camera and each
other's company, and calibration on other faces never carries over whole, so the sum errs on the
wide side: n_eff lies between n / 2 (nothing known about any face) and n (every face certain).

The interval is then widened by half a face, 1 / (2 n), to each side (a continuity correction):
the true share of n faces is a whole number of n-ths, the mean of their probabilities isn't, and
for few faces Wilson's lower bound of a rare mood would exclude the likeliest truth, none at all.
In simulated rooms with calibrated scores (tests/sessions/test_bounds.py) the truth of 5 faces lay
within the bounds in 27 to 88% of the rooms without the half face, in 99% or more with it.

Several looks within a second see the same faces: n counts faces, never face-looks.
"""

from __future__ import annotations

import math
from statistics import NormalDist

CONFIDENCE_LEVEL = 0.95
"""The level of every bound that is computed, stored and exported."""

_Z = NormalDist().inv_cdf(0.5 + CONFIDENCE_LEVEL / 2)


def share_bounds(share: float, doubt: float, faces: int) -> tuple[float, float]:
    """Return the lower and upper bound of a share in [0, 1] at CONFIDENCE_LEVEL.

    doubt is the mean over faces of p (1 - p), in [0, 0.25]; faces is at least 1. The bounds lie
    in [0, 1] and enclose the share; more faces or less doubt never widen them.
    """
    spread = share * (1.0 - share)
    effective = faces if spread <= 0.0 else faces / (1.0 + min(1.0, doubt / spread))
    low, high = wilson(share, effective)
    half_face = 0.5 / faces
    return max(0.0, min(share, low - half_face)), min(1.0, max(share, high + half_face))


def wilson(share: float, faces: float) -> tuple[float, float]:
    """Return Wilson's score interval at CONFIDENCE_LEVEL for a share of a number of faces.

    faces may be fractional, above 0. For any share it lies in [0, 1], but for rounding.
    """
    z2_n = _Z * _Z / faces
    centre = (share + z2_n / 2) / (1 + z2_n)
    half = math.sqrt(z2_n * (share * (1 - share) + z2_n / 4)) / (1 + z2_n)
    return centre - half, centre + half
