"""The systems that are released for, as pip and as a package's markers know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PYTHONS = ("3.11", "3.12", "3.13")

_OLDEST_FIRST = (
    "manylinux1_x86_64",
    "manylinux2010_x86_64",
    "manylinux2014_x86_64",
    *(f"manylinux_2_{minor}_x86_64" for minor in range(17, 36)),
)
"""Of several wheels the one for the oldest system is taken: it runs on every later one."""


@dataclass(frozen=True, slots=True)
class System:
    """A system that is released for: pip's names of it, and what its markers say."""

    name: str
    platforms: tuple[str, ...]
    markers: Mapping[str, str]


SYSTEMS = (
    System(
        "Linux x86-64",
        _OLDEST_FIRST,
        {
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
            "os_name": "posix",
        },
    ),
    System(
        "Windows x86-64",
        ("win_amd64",),
        {
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": "AMD64",
            "os_name": "nt",
        },
    ),
    System(
        "macOS arm64",
        ("macosx_14_0_arm64",),
        {
            "sys_platform": "darwin",
            "platform_system": "Darwin",
            "platform_machine": "arm64",
            "os_name": "posix",
        },
    ),
)


def environment(system: System, python: str) -> dict[str, str]:
    """Return the markers of a Python on a system, all that requirements may ask for."""
    return {
        **system.markers,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
    }
