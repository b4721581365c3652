"""Bundles are found by name or folder, added whole or not at all, and never overwritten."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from classroom_monitor.contracts import CropBatch, Float32Array, Scores, UInt8Array
from classroom_monitor.errors import BundleProblem
from classroom_monitor.vision import bundle_check
from classroom_monitor.vision.bundle import Bundle, load_bundle
from classroom_monitor.vision.bundle_archive import bundle_folder
from classroom_monitor.vision.bundle_check import check_bundle, probe_faces
from classroom_monitor.vision.bundle_library import BundleLibrary, BundlePlace, bundle_state
from classroom_monitor.vision.classifier import LiteRtClassifier
from tests.vision.bundles import make_tiny_bundle, tiny_bundle_json, write_bundle_json


@pytest.fixture
def library(tmp_path: Path) -> BundleLibrary:
    """A library with one shipped bundle and nothing added."""
    make_tiny_bundle(tmp_path / "shipped" / "best")
    return BundleLibrary(tmp_path / "shipped", tmp_path / "data" / "models")


@pytest.fixture(scope="module")
def faces() -> Sequence[UInt8Array]:
    return probe_faces()


def names(library: BundleLibrary) -> list[tuple[str, str]]:
    return [(place.name, place.origin) for place in library.places()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ------------------------------------------------------------------ finding


def test_a_folder_under_the_shipped_ones_is_all_it_takes(
    library: BundleLibrary, tmp_path: Path
) -> None:
    assert names(library) == [("best", "shipped")]
    make_tiny_bundle(tmp_path / "shipped" / "another")
    (tmp_path / "shipped" / ".hidden").mkdir()
    (tmp_path / "shipped" / "README.txt").write_text("no bundle", encoding="utf-8")
    assert names(library) == [("another", "shipped"), ("best", "shipped")]


def test_a_bundle_is_found_by_name_and_by_folder(library: BundleLibrary, tmp_path: Path) -> None:
    shipped = BundlePlace("best", tmp_path / "shipped" / "best", "shipped")
    assert library.find("best") == shipped
    assert library.find(str(tmp_path / "shipped" / "." / "best")) == shipped
    elsewhere = make_tiny_bundle(tmp_path / "elsewhere")
    place = library.find(str(elsewhere))
    assert (place.folder, place.origin, place.reference) == (elsewhere, "folder", str(elsewhere))


def test_a_name_goes_before_a_folder_of_that_name(
    library: BundleLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tiny_bundle(tmp_path / "here" / "best")
    monkeypatch.chdir(tmp_path / "here")
    assert library.find("best").folder == tmp_path / "shipped" / "best"
    assert library.find("./best").folder == tmp_path / "here" / "best"


@pytest.mark.parametrize("reference", ["nothing", "no/where", "a\0b", "x" * 5000])
def test_what_is_not_there_is_named(library: BundleLibrary, reference: str) -> None:
    with pytest.raises(BundleProblem, match="no model bundle"):
        library.find(reference)


def test_a_shipped_bundle_hides_an_added_one_of_its_name(
    library: BundleLibrary, tmp_path: Path
) -> None:
    hidden = make_tiny_bundle(tmp_path / "data" / "models" / "Best")
    assert names(library) == [("best", "shipped"), ("Best", "folder")]
    assert library.find("best").origin == "shipped"
    assert library.find(str(hidden)).folder == hidden
    with pytest.raises(BundleProblem, match="none that you added"):
        library.find_added("Best")


def test_the_state_of_a_bundle_tells_whether_sessions_can_use_it(tmp_path: Path) -> None:
    good = BundlePlace("good", make_tiny_bundle(tmp_path / "good"), "added")
    assert bundle_state(good).for_sessions
    classes = {"no": ["sad"], "yes": ["happy"]}
    two = make_tiny_bundle(tmp_path / "two", classes=list(classes), groups=classes)
    state = bundle_state(BundlePlace("two", two, "added"))
    assert state.problem == ""
    assert not state.for_sessions
    empty = tmp_path / "empty"
    empty.mkdir()
    state = bundle_state(BundlePlace("empty", empty, "added"))
    assert state.bundle is None
    assert "bundle.json" in state.problem
    assert not state.for_sessions


def test_a_folder_that_may_not_be_read_is_one_clear_line(
    library: BundleLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> list[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(BundleProblem, match=r"Permission denied.*check its permissions") as caught:
        library.places()
    assert str(tmp_path / "shipped") in str(caught.value)


# ------------------------------------------------------------------ adding, removing


def test_adding_copies_what_bundle_json_names_and_nothing_else(
    library: BundleLibrary, tmp_path: Path
) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    (source / "secret.txt").write_text("not part of it", encoding="utf-8")
    place = library.add(load_bundle(source), "mine")
    assert place == library.find("mine")
    assert place.folder == tmp_path / "data" / "models" / "mine"
    (source / "secret.txt").unlink()
    assert contents(place.folder) == contents(source)
    assert [path.name for path in place.folder.parent.iterdir()] == ["mine"]


@pytest.mark.parametrize("name", ["best", "BEST", "mine", "Mine"])
def test_no_bundle_is_overwritten(library: BundleLibrary, tmp_path: Path, name: str) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "source"))
    first = library.add(bundle, "mine")
    other = load_bundle(make_tiny_bundle(tmp_path / "other", version="2.0"))
    with pytest.raises(BundleProblem, match="already"):
        library.add(other, name)
    assert load_bundle(first.folder).version == "1.0"
    assert names(library) == [("best", "shipped"), ("mine", "added")]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../up", "a/b", "a\\b", "default", "Default", "a."]
)
def test_names_that_are_no_folder_names_are_refused(
    library: BundleLibrary, tmp_path: Path, name: str
) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "source"))
    with pytest.raises(BundleProblem, match="--name"):
        library.add(bundle, name)
    assert not (tmp_path / "data").exists()


def test_a_copy_that_fails_leaves_nothing(
    library: BundleLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "source"))

    def full_disk(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full_disk)
    with pytest.raises(BundleProblem, match="No space left"):
        library.add(bundle, "mine")
    assert list((tmp_path / "data" / "models").iterdir()) == []


def test_a_bundle_that_changes_while_it_is_added_is_refused(
    library: BundleLibrary, tmp_path: Path
) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    bundle = load_bundle(source)
    (source / "int8.tflite").write_bytes(b"another network")
    with pytest.raises(BundleProblem, match="damaged or was changed"):
        library.add(bundle, "mine")
    assert list((tmp_path / "data" / "models").iterdir()) == []


def test_only_added_bundles_can_be_removed(library: BundleLibrary, tmp_path: Path) -> None:
    library.add(load_bundle(make_tiny_bundle(tmp_path / "source")), "mine")
    library.remove(library.find_added("mine"))
    assert list((tmp_path / "data" / "models").iterdir()) == []
    for name in ("best", "mine", "../shipped/best"):
        with pytest.raises(BundleProblem, match="none that you added"):
            library.find_added(name)
    assert names(library) == [("best", "shipped")]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_removing_a_link_leaves_what_it_leads_to(library: BundleLibrary, tmp_path: Path) -> None:
    elsewhere = make_tiny_bundle(tmp_path / "elsewhere")
    (tmp_path / "data" / "models").mkdir(parents=True)
    (tmp_path / "data" / "models" / "linked").symlink_to(elsewhere, target_is_directory=True)
    library.remove(library.find_added("linked"))
    assert names(library) == [("best", "shipped")]
    assert load_bundle(elsewhere).name == "tiny"


# ------------------------------------------------------------------ archives


def pack(archive: Path, folder: Path, top: str = "") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, top + path.name)
    return archive


@pytest.mark.parametrize("top", ["", "tiny/"])
def test_an_archive_gives_its_bundle_and_nothing_stays(tmp_path: Path, top: str) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    (source / "notes.txt").write_text("not named in bundle.json", encoding="utf-8")
    archive = pack(tmp_path / "packed.zip", source, top)
    with bundle_folder(archive) as folder:
        assert load_bundle(folder).name == "tiny"
        assert not (folder / "notes.txt").exists()
    assert not folder.exists()


def test_a_folder_is_used_where_it_is(tmp_path: Path) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    with bundle_folder(source) as folder:
        assert folder == source
    assert load_bundle(source).name == "tiny"


def outside(packed: zipfile.ZipFile) -> None:
    packed.writestr("../outside.txt", "escaped")


def deep_outside(packed: zipfile.ZipFile) -> None:
    packed.writestr("a/../../outside.txt", "escaped")


def absolute(packed: zipfile.ZipFile) -> None:
    packed.writestr("/tmp/outside.txt", "escaped")


def with_drive(packed: zipfile.ZipFile) -> None:
    packed.writestr("C:outside.txt", "escaped")


def with_backslash(packed: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = "..\\outside.txt"
    packed.writestr(info, "escaped")


def a_link(packed: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("link.tflite")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    packed.writestr(info, "/etc/hostname")


def second_bundle(packed: zipfile.ZipFile) -> None:
    packed.writestr("other/bundle.json", "{}")


def twice(packed: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr("int8.tflite", "again")


@pytest.mark.parametrize(
    ("addition", "said"),
    [
        (outside, "leads out"),
        (deep_outside, "leads out"),
        (absolute, "leads out"),
        (with_drive, "leads out"),
        (with_backslash, "leads out"),
        (a_link, "link"),
        (second_bundle, "more than one"),
        (twice, "twice"),
    ],
)
def test_an_archive_with_a_suspicious_member_is_refused_before_anything_is_written(
    tmp_path: Path, addition: Callable[[zipfile.ZipFile], None], said: str
) -> None:
    archive = pack(tmp_path / "packed.zip", make_tiny_bundle(tmp_path / "source"))
    with zipfile.ZipFile(archive, "a") as packed:
        addition(packed)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BundleProblem, match=said) as caught, bundle_folder(archive):
        pass
    assert str(archive) in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_member_larger_than_bundle_json_says_is_not_unpacked(tmp_path: Path) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    (source / "int8.tflite").write_bytes(bytes(5_000_000))
    archive = pack(tmp_path / "bomb.zip", source)
    assert archive.stat().st_size < 100_000
    with pytest.raises(BundleProblem, match="5000000 bytes") as caught, bundle_folder(archive):
        pass
    assert str(archive) in str(caught.value)


def test_a_huge_description_is_not_unpacked(tmp_path: Path) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    (source / "bundle.json").write_text(" " * 2_000_000, encoding="utf-8")
    with (
        pytest.raises(BundleProblem, match="2000000 bytes"),
        bundle_folder(pack(tmp_path / "bomb.zip", source)),
    ):
        pass


def test_sizes_that_no_network_has_are_refused(tmp_path: Path) -> None:
    source = make_tiny_bundle(tmp_path / "source")
    document = tiny_bundle_json(source)
    for number in range(3):
        entry = {"role": f"role{number}", "sha256": "0" * 64, "bytes": 2**31}
        document["files"][f"huge{number}"] = entry
    write_bundle_json(source, document)
    with (
        pytest.raises(BundleProblem, match="GiB"),
        bundle_folder(pack(tmp_path / "huge.zip", source)),
    ):
        pass


def test_what_is_wrong_inside_an_archive_is_told_by_the_archives_path(tmp_path: Path) -> None:
    source = make_tiny_bundle(tmp_path / "source", temperature=-1)
    archive = pack(tmp_path / "packed.zip", source)
    with pytest.raises(BundleProblem, match="temperature") as caught, bundle_folder(archive):
        pass
    assert str(archive / "bundle.json") in str(caught.value)


def not_an_archive(path: Path) -> None:
    path.write_bytes(b"PK but no archive")


def cut_off(path: Path) -> None:
    pack(path, make_tiny_bundle(path.parent / "source"))
    path.write_bytes(path.read_bytes()[:-30])


def damaged_inside(path: Path) -> None:
    pack(path, make_tiny_bundle(path.parent / "source"))
    content = bytearray(path.read_bytes())
    content[60:120] = bytes(60)
    path.write_bytes(content)


def without_bundle(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a/b/bundle.json", "{}")


def without_weights(path: Path) -> None:
    source = make_tiny_bundle(path.parent / "source")
    (source / "int8.tflite").unlink()
    pack(path, source)


def absent(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    "make", [not_an_archive, cut_off, damaged_inside, without_bundle, without_weights, absent]
)
def test_an_archive_without_a_whole_bundle_is_one_clear_line(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    archive = tmp_path / "packed.zip"
    make(archive)
    with pytest.raises(BundleProblem) as caught, bundle_folder(archive):
        pass
    assert str(archive) in str(caught.value)
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------ checking


def test_a_sound_bundle_passes_with_both_engines(
    tmp_path: Path, faces: Sequence[UInt8Array]
) -> None:
    checked = check_bundle(make_tiny_bundle(tmp_path / "tiny"), faces)
    assert checked.engines == ("litert-int8", "litert-float32")
    assert checked.max_difference is not None
    assert 0 < checked.max_difference < 0.1


def test_one_engine_is_enough(tmp_path: Path, faces: Sequence[UInt8Array]) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny")
    document = tiny_bundle_json(folder)
    del document["files"]["float32.tflite"]
    write_bundle_json(folder, document)
    checked = check_bundle(folder, faces)
    assert (checked.engines, checked.max_difference) == (("litert-int8",), None)


def test_a_bundle_without_an_engine_that_runs_is_refused(
    tmp_path: Path, faces: Sequence[UInt8Array]
) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny")
    document = tiny_bundle_json(folder)
    del document["files"]["float32.tflite"]
    document["files"]["int8.tflite"]["role"] = "keras"
    write_bundle_json(folder, document)
    with pytest.raises(BundleProblem, match="keras only"):
        check_bundle(folder, faces)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"input": {"size_px": 33, "channels": 3}}, "3-channel"),
        ({"input": {"size_px": 16, "channels": 3}}, "3-channel"),
        ({"outputs": ["sad", "angry", "calm", "happy", "bored"]}, "5 outputs"),
        ({"classes": ["negative", "neutral"]}, "groups"),
    ],
)
def test_preprocessing_or_labels_that_do_not_fit_the_network_are_refused(
    tmp_path: Path, faces: Sequence[UInt8Array], changes: dict[str, object], said: str
) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny", **changes)
    with pytest.raises(BundleProblem, match=said):
        check_bundle(folder, faces)


def test_weights_that_are_no_network_are_refused(
    tmp_path: Path, faces: Sequence[UInt8Array]
) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny")
    content = b"not a network"
    (folder / "int8.tflite").write_bytes(content)
    document = tiny_bundle_json(folder)
    document["files"]["int8.tflite"]["sha256"] = hashlib.sha256(content).hexdigest()
    write_bundle_json(folder, document)
    with pytest.raises(BundleProblem, match="can't be run on engine litert-int8"):
        check_bundle(folder, faces)


class TurnedClassifier(LiteRtClassifier):
    """Gives the classes' probabilities in the wrong order."""

    def score(self, crops: CropBatch, both_ways: bool = True) -> Scores:
        return Scores(super().score(crops, both_ways).probabilities[:, ::-1])


def test_engines_that_disagree_are_refused(
    tmp_path: Path, faces: Sequence[UInt8Array], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny", temperature=0.05)

    def open_turned(bundle: Bundle, engine: str) -> LiteRtClassifier:
        make = TurnedClassifier if engine == "litert-float32" else LiteRtClassifier
        return make(bundle, engine)

    assert check_bundle(folder, faces).engines == ("litert-int8", "litert-float32")
    monkeypatch.setattr(bundle_check, "open_classifier", open_turned)
    with pytest.raises(BundleProblem, match="disagree") as caught:
        check_bundle(folder, faces)
    assert str(folder) in str(caught.value)


def test_a_further_engine_is_tried_where_the_bundle_has_its_weights(
    tmp_path: Path, faces: Sequence[UInt8Array]
) -> None:
    folder = make_tiny_bundle(tmp_path / "tiny")
    document = tiny_bundle_json(folder)
    (folder / "network.h5").write_bytes((folder / "int8.tflite").read_bytes())
    document["files"]["network.h5"] = {**document["files"]["int8.tflite"], "role": "keras"}
    write_bundle_json(folder, document)

    def agreeing(bundle: Bundle, crops: CropBatch) -> Float32Array:
        return LiteRtClassifier(bundle, "litert-int8").score(crops).probabilities

    def turned(bundle: Bundle, crops: CropBatch) -> Float32Array:
        certain: Float32Array = np.eye(3, dtype=np.float32)[agreeing(bundle, crops).argmin(axis=1)]
        return certain

    checked = check_bundle(folder, faces, {"keras": agreeing, "other": turned})
    assert checked.engines == ("litert-int8", "litert-float32", "keras")
    assert check_bundle(folder, faces).engines == ("litert-int8", "litert-float32")
    with pytest.raises(BundleProblem, match="keras"):
        check_bundle(folder, faces, {"keras": turned})


def test_probe_faces_differ_and_are_pictures(faces: Sequence[UInt8Array]) -> None:
    assert len(faces) == 20
    assert {face.shape for face in faces} == {(200, 200, 3), (30, 30, 3)}
    assert len({face.tobytes() for face in faces}) == 20
    assert all(face.dtype == np.uint8 and 10 < face.mean() < 245 for face in faces)
