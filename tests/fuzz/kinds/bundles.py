"""Model bundles as `models add` and `models use` are given them: folders and archives."""

from __future__ import annotations

import copy
import io
import json
import random
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from classroom_monitor.cli.bundle_trial import BundleCrash, try_bundle
from classroom_monitor.vision.bundle_archive import bundle_folder
from classroom_monitor.vision.bundle_library import BundleLibrary
from tests.fuzz.kind import Place
from tests.fuzz.mutations import TELLING, mutate, nudge
from tests.fuzz.texts import hostile_text
from tests.vision.bundles import make_tiny_bundle, replace_weights

_LEADING_OUT = (
    *("../victim", "/tmp/victim", "..\\victim", "C:\\victim", "a/../../victim", "./bundle.json"),
    *("bundle.json\0x", "dir/bundle.json", "con", "x" * 300, ""),
)


class Bundles:
    """Bundles whose weights, description or archive are broken or forged, sums put right."""

    def __init__(self) -> None:
        with TemporaryDirectory() as folder:
            make_tiny_bundle(Path(folder))
            self._good = {path.name: path.read_bytes() for path in Path(folder).iterdir()}

    def make(self, dice: random.Random, place: Place) -> Path:
        way = dice.random()
        if way < 0.5:
            return self._with_weights(dice, place.inputs / "bundle")
        files = dict(self._good)
        if way < 0.8:
            files["bundle.json"] = forged_json(dice, files["bundle.json"])
            folder = place.inputs / "bundle"
            folder.mkdir()
            for name, content in files.items():
                (folder / name).write_bytes(content)
            return folder
        path = place.inputs / "bundle.zip"
        archive = _forged_zip(dice, files)
        path.write_bytes(archive if dice.random() < 0.5 else mutate(dice, archive))
        return path

    def attempt(self, case: Path, place: Place) -> str:
        library = BundleLibrary(place.inputs / "shipped", place.target / "models")
        try:
            with bundle_folder(case) as folder:
                bundle = try_bundle(folder).bundle
                library.require_free(bundle.name)
                library.add(bundle, bundle.name)
        except BundleCrash:
            return "crashed its trial"
        return "added"

    def close(self) -> None:
        pass

    def _with_weights(self, dice: random.Random, folder: Path) -> Path:
        make_tiny_bundle(folder)
        name = dice.choice(("float32.tflite", "int8.tflite"))
        good = self._good[name]
        broken = nudge(dice, good) if dice.random() < 0.6 else mutate(dice, good)
        replace_weights(folder, name, broken)
        return folder


def forged_json(dice: random.Random, good: bytes, within: str = "") -> bytes:
    """Return a bundle.json with members that no bundle has, at any depth, or broken bytes."""
    if dice.random() < 0.3:
        return mutate(dice, good)
    document = json.loads(good)
    for _ in range(dice.randint(1, 3)):
        _forge_member(dice, document[within] if within else document)
    return json.dumps(document).encode()


def _forge_member(dice: random.Random, document: dict[str, Any]) -> None:
    """Change one member, at any depth."""
    held = document
    while True:
        if not held:
            held["x"] = _value(dice)
            return
        name = dice.choice(tuple(held))
        inner = held[name]
        if isinstance(inner, dict) and dice.random() < 0.8:
            held = inner
            continue
        way = dice.random()
        if way < 0.6:
            held[name] = _value(dice)
        elif way < 0.8:
            del held[name]
        else:
            held[dice.choice((*_LEADING_OUT, hostile_text(dice)))] = copy.deepcopy(inner)
        return


def _value(dice: random.Random) -> object:
    return dice.choice(
        (
            *(None, True, -1, 0, 1, 16, 1024, 1e308, float("nan"), float("inf"), 10**400, "", []),
            *({}, [[]], ["negative"], dice.choice(TELLING), hostile_text(dice)),
            dice.choice(_LEADING_OUT),
        )
    )


def _forged_zip(dice: random.Random, files: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    way = dice.choice(("whole", "leads out", "link", "twice", "bomb", "json"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            forged = way == "json" and name == "bundle.json"
            archive.writestr(name, forged_json(dice, content) if forged else content)
        if way == "leads out":
            archive.writestr(dice.choice(_LEADING_OUT) or "x", b"victim")
        elif way == "link":
            link = zipfile.ZipInfo("weights")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, "/etc/passwd")
        elif way == "bomb":
            archive.writestr("zeros.bin", bytes(30_000_000))
    content = file.getvalue()
    if way == "twice":
        return content.replace(b"int8.tflite", b"bundle.json")
    return content
