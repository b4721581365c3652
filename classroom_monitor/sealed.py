"""Seals bytes with a passphrase, so that they can be neither read nor changed without it.

The key comes from the passphrase by Argon2id with libsodium's moderate limits (256 MiB, about a
second), the sealed parts from XChaCha20-Poly1305 as a stream: each part is authentic, in its place,
and nothing is missing at the end. The limits belong to the format's version: a file cannot ask for
others. What a sealed file tells without its passphrase is its length.

Sources: https://doc.libsodium.org/secret-key_cryptography/secretstream and RFC 9106 (Argon2).
"""

from __future__ import annotations

import unicodedata

from classroom_monitor.errors import EnvironmentProblem

LEAST_CHARACTERS = 10
"""A passphrase is as long as this, at least."""

_MAGIC = b"classroom-monitor sealed 1\n"
_SALT_BYTES = 16
_STREAM_BYTES = 24
_PART_BYTES = 2**16
_LIBRARY = "encryption needs a package that isn't installed: pip install '.[encryption]'"


class NotSealed(Exception):
    """The bytes are not what seal makes."""


class WrongPassphrase(Exception):
    """The passphrase is another one, or the bytes were changed or cut."""


def require_library() -> None:
    """Raise EnvironmentProblem where the package that does the encryption is not installed."""
    try:
        import nacl.bindings  # noqa: F401
    except ImportError as error:
        raise EnvironmentProblem(_LIBRARY) from error


def require_passphrase(passphrase: str) -> None:
    """Raise EnvironmentProblem for a passphrase that is too short to protect anything."""
    if len(_normal(passphrase)) < LEAST_CHARACTERS:
        raise EnvironmentProblem(
            f"the passphrase is too short: {LEAST_CHARACTERS} characters or more, several words say"
        )


def seal(data: bytes, passphrase: str) -> bytes:
    """Return data sealed with a passphrase, which require_passphrase has let through.

    Raises EnvironmentProblem without the library or its memory.
    """
    require_library()
    from nacl import bindings
    from nacl.utils import random

    salt = random(_SALT_BYTES)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    stream = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, _key(passphrase, salt))
    head = _MAGIC + salt + stream
    parts = [data[start : start + _PART_BYTES] for start in range(0, len(data), _PART_BYTES)]
    sealed = [head]
    for place, part in enumerate(parts or [b""], start=1):
        tag = (
            bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            if place >= len(parts)
            else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        )
        sealed.append(
            bindings.crypto_secretstream_xchacha20poly1305_push(state, part, ad=head, tag=tag)
        )
    return b"".join(sealed)


def unseal(sealed: bytes, passphrase: str) -> bytes:
    """Return what was sealed. Raises NotSealed, WrongPassphrase, and EnvironmentProblem as seal."""
    start = len(_MAGIC) + _SALT_BYTES + _STREAM_BYTES
    head = sealed[:start]
    if len(head) < start or not head.startswith(_MAGIC):
        raise NotSealed
    require_library()
    from nacl import bindings, exceptions

    key = _key(passphrase, head[len(_MAGIC) : -_STREAM_BYTES])
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, head[-_STREAM_BYTES:], key)
    step = _PART_BYTES + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
    parts, final = [], bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    tag = None
    for place in range(start, len(sealed), step):
        try:
            part, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(
                state, sealed[place : place + step], ad=head
            )
        except (exceptions.RuntimeError, exceptions.ValueError) as error:
            raise WrongPassphrase from error
        if (tag == final) != (place + step >= len(sealed)):
            raise WrongPassphrase
        parts.append(part)
    if tag != final:
        raise WrongPassphrase
    return b"".join(parts)


def _key(passphrase: str, salt: bytes) -> bytes:
    from nacl import exceptions
    from nacl.pwhash import argon2id

    try:
        return argon2id.kdf(
            32,
            _normal(passphrase).encode(),
            salt,
            opslimit=argon2id.OPSLIMIT_MODERATE,
            memlimit=argon2id.MEMLIMIT_MODERATE,
        )
    except exceptions.RuntimeError as error:  # libsodium's only reason is memory
        raise EnvironmentProblem(
            "there is not enough memory for the encryption, 256 MiB: close other programs"
        ) from error


def _normal(passphrase: str) -> str:
    """The same characters for the same passphrase, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "replace").decode()
