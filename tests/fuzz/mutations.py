"""Breaks good bytes as files are broken and forged; the same dice, the same file."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

TELLING = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
"""Numbers at which sizes and signs go over."""

HEADER_BYTES = 512
"""Half of the changes are made so near the start, where files say what they are."""


def mutate(dice: random.Random, content: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Return content with one to six changes; others are files to take parts from."""
    broken = bytearray(content)
    donors = [bytes(content), *others]
    for _ in range(dice.randint(1, 6)):
        if not broken:
            return bytes(broken)
        dice.choice(_CHANGES)(dice, broken, dice.choice(donors))
    return bytes(broken)


def nudge(dice: random.Random, content: bytes) -> bytes:
    """Return content with one to three bytes changed, so that most of what checks it is passed."""
    broken = bytearray(content)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(broken))
        broken[place] = dice.choice((broken[place] ^ 1 << dice.randrange(8), dice.randrange(256)))
    return bytes(broken)


def _place(dice: random.Random, broken: bytearray) -> int:
    limit = len(broken) if dice.random() < 0.5 else min(len(broken), HEADER_BYTES)
    return dice.randrange(limit)


def _flip(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        broken[_place(dice, broken)] ^= 1 << dice.randrange(8)


def _tell(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    width, order = dice.choice((1, 2, 4, 8)), dice.choice(("little", "big"))
    number = dice.choice((*TELLING, len(broken), len(broken) + 1)) % (1 << 8 * width)
    start = _place(dice, broken)
    written = number.to_bytes(width, "little")
    broken[start : start + width] = written if order == "little" else written[::-1]


def _cut(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    del broken[_place(dice, broken) :]


def _take_out(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    start = _place(dice, broken)
    del broken[start : start + dice.choice((1, 4, 64, 1024))]


def _repeat(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    start = _place(dice, broken)
    part = broken[start : start + dice.choice((1, 4, 64, 1024))]
    broken[start:start] = part * dice.choice((1, 2, 50))


def _put_in(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    start, taken = _place(dice, broken), dice.randrange(len(donor))
    broken[start:start] = donor[taken : taken + dice.choice((4, 64, 4096))]


def _overwrite(dice: random.Random, broken: bytearray, donor: bytes) -> None:
    start, length = _place(dice, broken), dice.choice((4, 16, 256))
    end = min(len(broken), start + length)
    fill = dice.choice((b"\0", b"\xff", b"A", b""))
    broken[start:end] = fill * (end - start) if fill else dice.randbytes(end - start)


_CHANGES: tuple[Callable[[random.Random, bytearray, bytes], None], ...] = (
    *(_flip, _flip, _tell, _tell, _cut),
    *(_take_out, _repeat, _put_in, _overwrite),
)
