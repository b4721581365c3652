"""Runs a program and tells every file it opened for writing and every address it spoke to.

Two witnesses: strace, which sees every process and every library (Linux), and Python's audit hooks,
which see what Python code does, in every process that runs Python, on every system.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.privacy.audit_hook import OUT_VARIABLE, read_events

ROOT = Path(__file__).resolve().parents[2]
NO_STRACE = "strace is not on this machine (it runs on Linux only), or may not look at processes"

_OPENING = "open,openat,openat2,creat"
_NAMING = "rename,renameat,renameat2,link,linkat,symlink,symlinkat,mknod,mknodat,mkdir,mkdirat"
_OTHER = "truncate,memfd_create,shmget,socket,connect,bind,sendto,sendmsg,sendmmsg"
_CALLS = ",".join((_OPENING, _NAMING, _OTHER))
_WATCHING = ("strace", "-ff", "-qq", "-y", "--seccomp-bpf", "-s", "4096", "-e", f"trace={_CALLS}")
_CALL = re.compile(r"^(?P<name>\w+)\((?P<arguments>.*)\)\s+= (?P<result>\d+)(<(?P<path>.*)>)?$")
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_INET = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\).*?"
    r'(?:inet_addr\("(?P<four>[^"]+)"\)|inet_pton\(AF_INET6, "(?P<six>[^"]+)")'
)
_LOCAL = re.compile(r'sa_family=AF_UNIX, sun_path=(?P<path>@?"[^"]*")')
_SHARED = re.compile(r"\b(memfd_create|shmget)\(")


@functools.cache
def can_watch() -> bool:
    """Return whether strace is here, and may look at processes."""
    if shutil.which("strace") is None:
        return False
    trial = ["strace", "-o", os.devnull, "-e", "trace=none", "true"]
    return subprocess.run(trial, stderr=subprocess.DEVNULL, check=False).returncode == 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run did, as one witness saw it.

    written are files opened for writing or brought to a name, folders the folders made, addresses
    are "host:port" of whatever it connected or sent to or listened at, local the local sockets'
    names, and shared the kinds of nameless shared memory it asked for.
    """

    written: frozenset[str]
    folders: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Traced:
    """A finished run: its exit code and output, and what the witnesses saw (system: strace)."""

    code: int
    output: str
    python: Seen
    system: Seen | None


def run_traced(
    command: Sequence[str], folder: Path, cwd: Path, environment: Mapping[str, str]
) -> Traced:
    """Run a command; folder, which must not exist, is for the witnesses' records."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import sys\nfrom tests.privacy.audit_hook import listen\nlisten()\n", encoding="utf-8"
    )
    record = folder / "strace"
    watcher = [*_WATCHING, "-o", str(record)] if can_watch() else []
    done = subprocess.run(
        [*watcher, *command],
        cwd=cwd,
        env={
            **environment,
            "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            OUT_VARIABLE: str(folder / "events"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    lines = [
        line
        for path in folder.glob("strace.*")
        for line in path.read_text("utf-8", "replace").splitlines()
    ]
    events = read_events(folder)
    own = str(folder)  # the witness's own record
    return Traced(
        done.returncode,
        done.stdout,
        _without(own, seen_by_python(events)),
        _without(own, seen_by_system(lines)) if can_watch() else None,
    )


def seen_by_system(lines: Sequence[str]) -> Seen:
    """Read strace's lines; calls that failed are left out, but for connections."""
    written: set[str] = set()
    folders: set[str] = set()
    addresses: set[str] = set()
    local: set[str] = set()
    shared: set[str] = set()
    for line in lines:
        for met in _INET.finditer(line):
            addresses.add(f"{met['four'] or met['six']}:{met['port']}")
        for met in _LOCAL.finditer(line):
            local.add(met["path"])
        if asked := _SHARED.match(line):
            shared.add(asked[1])
        call = _CALL.match(line)
        if call is None:
            continue
        names = _QUOTED.findall(call["arguments"])
        if call["name"] in _OPENING.split(",") and _WRITES.search(_after_names(call["arguments"])):
            written.add(call["path"] or names[-1])
        elif call["name"].startswith("mkdir"):
            folders.add(names[-1])
        elif (call["name"] in _NAMING.split(",") or call["name"] == "truncate") and names:
            written.add(names[-1])
    return Seen(*map(frozenset, (written, folders, addresses, local, shared)))


def seen_by_python(events: Sequence[tuple[str, ...]]) -> Seen:
    """Sort the audit hooks' events (audit_hook.py)."""
    kinds = ("written", "folder", "address", "local")
    found: dict[str, set[str]] = {kind: set() for kind in kinds}
    for kind, value in events:
        found[kind].add(value)
    return Seen(*(frozenset(found[kind]) for kind in kinds))


def python_module(*words: object) -> list[str]:
    """The command that runs a module with this interpreter."""
    return [sys.executable, "-m", *map(str, words)]


def _after_names(arguments: str) -> str:
    """Arguments without the file names in them, which may hold anything."""
    return _QUOTED.sub("", arguments)


def _without(own: str, seen: Seen) -> Seen:
    return Seen(
        frozenset(path for path in seen.written if not path.startswith(own)),
        seen.folders,
        seen.addresses,
        seen.local,
        seen.shared,
    )
