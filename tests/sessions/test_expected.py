from __future__ import annotations

from collections.abc import Sequence

from classroom_monitor.sessions.expected import ExpectedAudience


def run(seen: Sequence[int | None]) -> list[int]:
    expected = ExpectedAudience()
    return [expected.add(count) for count in seen]


def test_is_the_highest_five_second_median_so_far() -> None:
    assert run([10] * 5 + [4] * 5) == [10] * 10
    assert run([4] * 5 + [10] * 5) == [4] * 7 + [10] * 3


def test_one_wild_second_does_not_raise_it() -> None:
    assert run([10, 10, 10, 90, 10, 10, 10]) == [10] * 7


def test_the_first_seconds_stand_in_and_are_not_remembered() -> None:
    assert run([90, 10, 10, 10]) == [90, 50, 10, 10]


def test_forgets_after_three_minutes() -> None:
    expected = run([10] * 5 + [4] * 200)
    # Seconds 2 to 6 still have a median of 10 (three of their five seconds); the window of 180
    # seconds starts at second 2 last when second 181 is added.
    assert expected[:182] == [10] * 182
    assert expected[183:] == [4] * (205 - 183)


def test_gaps_carry_it_on_and_do_not_lower_the_medians() -> None:
    assert run([10] * 5 + [None] * 3 + [10, 10]) == [10] * 10
    assert run([None, None, 7]) == [0, 0, 7]


def test_a_gap_longer_than_the_window_starts_afresh() -> None:
    expected = run([10] * 5 + [None] * 300 + [4])
    assert expected[5:305] == [10] * 300
    assert expected[305] == 4
