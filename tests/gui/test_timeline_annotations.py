"""Markers, segments and exclusions as things on a time axis."""

from hypothesis import given
from hypothesis import strategies as st

from classroom_monitor.contracts import Annotations, Exclusion, Marker, Segment
from classroom_monitor.gui.timeline_annotations import (
    find,
    in_order,
    moved_to,
    stretches,
    with_changed,
    with_edge,
)

TIMES = st.floats(-50, 500)


@given(start=st.floats(0, 90), length=st.floats(1, 10), to=TIMES, last=st.booleans())
def test_an_exclusion_stays_inside_the_session_and_keeps_a_second(
    start: float, length: float, to: float, last: bool
) -> None:
    exclusion = Exclusion(1, start, start + length)
    moved = moved_to(exclusion, to, 100)
    assert isinstance(moved, Exclusion)
    for changed in (moved, with_edge(exclusion, to, 100, last=last)):
        assert 0 <= changed.start_s < changed.end_s <= 100 + 1e-9
        assert changed.end_s - changed.start_s >= 1 - 1e-9
    assert abs(moved.end_s - moved.start_s - length) < 1e-9


@given(TIMES)
def test_a_marker_stays_inside_the_session(to: float) -> None:
    moved = moved_to(Marker(1, 10, "a"), to, 100)
    assert isinstance(moved, Marker)
    assert 0 <= moved.t_s <= 100


def test_a_segment_lasts_to_the_next_or_to_the_end() -> None:
    later, first = Segment(1, 50, "b"), Segment(2, 0, "a")
    assert [(s.start_s, s.end_s) for s in stretches([later, first], 80)] == [(0, 50), (50, 80)]
    assert [(s.start_s, s.end_s) for s in stretches([later], 20)] == [(50, 50)]
    assert stretches([], 80) == ()


def test_what_is_changed_takes_its_new_place() -> None:
    one, two = Marker(1, 10, "one"), Marker(2, 20, "two")
    topic = Segment(1, 15, "topic")  # the same number as a marker, which is another thing
    annotations = Annotations((one, two), (topic,))
    changed = with_changed(annotations, Marker(1, 30, "one"))
    assert changed == Annotations((two, Marker(1, 30, "one")), (topic,))
    assert in_order(changed) == (topic, two, Marker(1, 30, "one"))
    assert find(changed, one) == Marker(1, 30, "one")
    assert find(changed, Exclusion(1, 0, 1)) is None
