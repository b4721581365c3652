"""Recipe best: a second generation of mobilenet_valence, which is its start and its teacher.

Ten people's votes are a small sample: a face that got 6 to 4 may well deserve 5 to 5. The teacher's
opinion, counted as further votes, takes that noise off (Furlanello et al. 2018, "Born Again Neural
Networks"). The layers that see edges and texture know faces already; leaving them as they are makes
an epoch half as long, so that more of them fit into the same time.

Cost: about an hour and a half on two CPU cores for FER2013's 28,500 training faces.
"""

from __future__ import annotations

from classroom_monitor.trainer.recipes.mobilenet_valence import About, MobilenetValence, Stage

BEST = MobilenetValence(
    stages=(Stage(64, 28), Stage(80, 18)),
    frozen_until="conv_dw_4",
    patience=18,
    about=About(name="best"),
)
"""teacher_votes stays 10: on 2,275 held-out faces the likelihood of the votes, taken as drawn from
a Dirichlet distribution round the teacher's opinion, is highest at a weight of 10 to 15 votes."""
