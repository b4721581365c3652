"""The hand-off holds one item, the newest, and loses none unaccounted."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_monitor.live.slot import Slot, SlotClosed
from tests.fakes.threads import no_threads_left


@settings(deadline=None)
@given(st.lists(st.sampled_from(["put", "take", "close"]), max_size=40))
def test_every_item_is_taken_skipped_refused_or_waiting(actions: list[str]) -> None:
    slot: Slot[int] = Slot()
    given_items, refused, taken = 0, 0, []
    for action in actions:
        if action == "put":
            given_items += 1
            refused += not slot.put(given_items)
        elif action == "close":
            slot.close()
        else:
            try:
                item = slot.take(timeout_s=0)
            except SlotClosed:
                assert slot.closed
                continue
            if item is not None:
                taken.append(item)
    waiting = waiting_items(slot)
    assert taken == sorted(set(taken))
    assert len(taken) + slot.skipped + refused + waiting == given_items


def waiting_items(slot: Slot[int]) -> int:
    try:
        return int(slot.take(timeout_s=0) is not None)
    except SlotClosed:
        return 0


@settings(deadline=None)
@given(st.integers(1, 20))
def test_the_newest_wins(count: int) -> None:
    slot: Slot[int] = Slot()
    for item in range(count):
        slot.put(item)
    assert slot.take() == count - 1
    assert slot.skipped == count - 1


def test_a_closed_slot_gives_its_last_item_and_takes_no_more() -> None:
    slot: Slot[str] = Slot()
    slot.put("last")
    slot.close()
    slot.close()
    assert not slot.put("too late")
    assert slot.take() == "last"
    with pytest.raises(SlotClosed):
        slot.take()


def test_none_is_an_item_like_any_other() -> None:
    slot: Slot[None] = Slot()
    slot.put(None)
    slot.put(None)
    assert slot.skipped == 1


def test_items_cross_threads_in_order_until_the_slot_is_closed() -> None:
    slot: Slot[int] = Slot()
    taken: list[int] = []
    ended = threading.Event()

    def take_all() -> None:
        try:
            while True:
                item = slot.take()
                assert item is not None
                taken.append(item)
        except SlotClosed:
            ended.set()

    with no_threads_left():
        threading.Thread(target=take_all).start()
        for item in range(2000):
            slot.put(item)
        slot.close()
    assert ended.is_set()
    assert taken[-1] == 1999
    assert taken == sorted(set(taken))
    assert len(taken) + slot.skipped == 2000
