"""What is sealed can be neither read nor changed without its passphrase."""

from __future__ import annotations

import random
import sys

import pytest

from classroom_monitor import sealed as module
from classroom_monitor.errors import EnvironmentProblem
from classroom_monitor.sealed import (
    NotSealed,
    WrongPassphrase,
    require_passphrase,
    seal,
    unseal,
)

WORDS = "four words are enough"
HEAD_BYTES = 27 + 16 + 24
REAL_KEY = module._key

pytestmark = pytest.mark.usefixtures("quick_key")


@pytest.mark.parametrize("length", [0, 1, 2**16 - 1, 2**16, 2**16 + 1, 200_000])
def test_what_is_sealed_comes_back(length: int) -> None:
    data = random.Random(length).randbytes(length)
    sealed = seal(data, WORDS)
    assert unseal(sealed, WORDS) == data
    parts = max(1, -(-length // 2**16))
    assert len(sealed) == HEAD_BYTES + length + 17 * parts
    assert seal(data, WORDS) != sealed  # salt and stream are new each time


def test_nothing_of_the_content_shows() -> None:
    data = b"Optics 4, notes of a lecturer" * 5000
    assert b"lecturer" not in seal(data, WORDS)


@pytest.mark.parametrize("words", ["four words are enoug", "Four words are enough", ""])
def test_another_passphrase_opens_nothing(words: str) -> None:
    with pytest.raises(WrongPassphrase):
        unseal(seal(b"data", WORDS), words)


def test_the_same_passphrase_may_be_typed_in_other_ways() -> None:
    assert unseal(seal(b"data", "Zürich im Frühling"), "Zu\u0308rich im Fru\u0308hling") == b"data"


def test_no_byte_may_change() -> None:
    rng = random.Random(3)
    sealed = seal(rng.randbytes(150_000), WORDS)
    for place in [*range(27, HEAD_BYTES), *rng.sample(range(HEAD_BYTES, len(sealed)), 100)]:
        changed = bytearray(sealed)
        changed[place] ^= 1 << rng.randrange(8)
        with pytest.raises(WrongPassphrase):
            unseal(bytes(changed), WORDS)


def test_nothing_may_be_cut_off_added_or_moved() -> None:
    sealed = seal(random.Random(4).randbytes(3 * 2**16), WORDS)
    part = 2**16 + 17
    head, parts = sealed[:HEAD_BYTES], [sealed[HEAD_BYTES + k * part :][:part] for k in range(3)]
    cuts = [sealed[:end] for end in (HEAD_BYTES, HEAD_BYTES + 5, HEAD_BYTES + part, -part, -1)]
    moved = [head + parts[1] + parts[0] + parts[2], head + parts[0] + parts[2], head + parts[2]]
    added = [sealed + b"x", sealed + parts[2], sealed + sealed[HEAD_BYTES:]]
    for wrong in (*cuts, *moved, *added):
        with pytest.raises(WrongPassphrase):
            unseal(wrong, WORDS)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"classroom-monitor sealed 2\n" + b"x" * 99])
def test_other_files_are_told_apart(data: bytes) -> None:
    with pytest.raises(NotSealed):
        unseal(data, WORDS)


def test_short_passphrases_are_refused() -> None:
    require_passphrase("ten charas")
    with pytest.raises(EnvironmentProblem, match="too short"):
        require_passphrase("nine char")


def test_guessing_costs_memory_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is made with libsodium's moderate limits: nobody lowers them unseen."""
    asked: list[dict[str, int]] = []

    def kdf(_size: int, _words: bytes, _salt: bytes, **limits: int) -> bytes:
        asked.append(limits)
        return b"k" * 32

    monkeypatch.setattr(module, "_key", REAL_KEY)
    monkeypatch.setattr("nacl.pwhash.argon2id.kdf", kdf)
    unseal(seal(b"data", WORDS), WORDS)
    assert asked == [{"opslimit": 3, "memlimit": 256 * 2**20}] * 2


def test_without_the_package_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nacl.bindings", None)
    with pytest.raises(EnvironmentProblem, match="pip install"):
        module.require_library()
