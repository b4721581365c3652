"""Texts that mean something to a shell, a spreadsheet, a page, a file system or a terminal."""

from __future__ import annotations

import random

HOSTILE = (
    *("../../etc/passwd", "..\\..\\windows\\system32", "/etc/shadow", "C:\\con", "\\\\host\\share"),
    *("con", "nul.txt", "aux", ".", "..", "...", " ", "", "-rf", "--help", "~", "$HOME", "%PATH%"),
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        '=HYPERLINK("http://x","y")',
        "\t=1",
        "\r=1",
        "\uff1d1\uff0b1",
    ),
    *("=cmd|' /C calc'!A0", "'=1", '"=1', ";=1", ",=1", '=1",=2'),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;", "]]>", "<!--"),
    *("{{7*7}}", "${7*7}", "%s%n%x", "{0.__class__}", "\\u0000", "$(touch code-was-run)"),
    *("`touch code-was-run`", "; touch code-was-run", "' OR 1=1 --", "'); DROP TABLE sessions;--"),
    *("\x00", "a\x00b", "\x1b[2J\x1b]0;owned\x07", "\x07\x08\x7f", "\u0085", "a\nb", "a\r\nb"),
    *("\u202etxt.exe", "\u200f\u05d0\u05d1", "\u2066x\u2069", "שלום עולם", "مرحبا", "\ufeffx"),
    *("\ud800", "\udcff", "x\udfffy", "e\u0301" * 50, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢", "👩‍👩‍👧‍👦" * 40, "\U0010ffff"),
    *("x" * 10_000, "A" * 255, "ß" * 255, "𒀀" * 300, "\u2028" * 20, 'a/b\\c:d*e?f"g<h>i|j'),
    *("NaN", "inf", "1e999", "0x10", "true", "null", "9" * 400, "__proto__", "file:///etc/passwd"),
)


def hostile_text(dice: random.Random) -> str:
    """Return one of the texts, several joined, or characters by chance."""
    choice = dice.random()
    if choice < 0.5:
        return dice.choice(HOSTILE)
    if choice < 0.8:
        return dice.choice(("", " ", "\n", ",", ";")).join(dice.choices(HOSTILE, k=3))
    length = dice.choice((1, 10, 300, 10_000))
    most = dice.choice((0x7F, 0x2FF, 0xFFFF, 0x10FFFF))
    return "".join(chr(dice.randint(0, most)) for _ in range(length))
