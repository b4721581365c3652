"""Splitting without letting the same picture stand on both sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.trainer.splits import duplicate_groups, held_out, is_duplicate_of
from tests.trainer.faces import drawn_faces


def test_copies_share_a_group_and_others_do_not() -> None:
    faces = drawn_faces(6).images
    brighter = np.clip(faces[2].astype(np.int64) + 30, 0, 255).astype(np.uint8)
    noise = np.random.default_rng(3).normal(0, 2, faces[4].shape)
    noisy = np.clip(faces[4] + noise, 0, 255).astype(np.uint8)
    other = np.random.default_rng(4).integers(0, 255, faces[0].shape).astype(np.uint8)
    coloured = np.repeat(noisy[:, :, None], 3, axis=2)
    assert is_duplicate_of([brighter, coloured, other], faces).tolist() == [True, True, False]
    groups = duplicate_groups(np.stack([faces[2], brighter, faces[4], noisy, other]))
    assert groups[0] == groups[1]
    assert groups[2] == groups[3]
    assert groups[4] not in groups[:4]


@settings(max_examples=50, deadline=None)
@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), min_size=60, max_size=200),
)
def test_a_group_never_stands_on_both_sides(seed: int, members: list[tuple[int, int]]) -> None:
    labels = np.array([label for label, _ in members])
    groups = np.array([group for _, group in members])
    chosen = held_out(labels, groups, share=0.2, seed=seed)
    for group in np.unique(groups):
        assert len(set(chosen[groups == group].tolist())) == 1
    assert np.array_equal(chosen, held_out(labels, groups, share=0.2, seed=seed))


def test_each_class_gives_its_share_and_the_seed_decides_which() -> None:
    labels = np.repeat([0, 1, 2], [500, 300, 200])
    groups = np.arange(1000)
    first, second = (held_out(labels, groups, share=0.1, seed=seed) for seed in (1, 2))
    assert [int(first[labels == label].sum()) for label in range(3)] == [50, 30, 20]
    assert not np.array_equal(first, second)
