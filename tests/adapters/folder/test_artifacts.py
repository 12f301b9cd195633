"""The folder of results keeps to its root, is synced, and tells its failures apart."""

import errno
import json
import os
import resource
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.folder.artifacts import FolderArtifacts
from application.errors import AdapterError, ArtifactCorrupt, ResourceExhausted
from domain.artifact import artifact_path, manifest_path
from domain.errors import ArtifactNotFound
from tests.builders import an_artifact, an_identity
from tests.planted import without

IDENTITY = an_identity()
PATH = artifact_path(IDENTITY, "loudness")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "result_store"


@pytest.fixture
def store(root: Path) -> FolderArtifacts:
    return FolderArtifacts(root)


def names(root: Path) -> list[str]:
    return sorted(str(file.relative_to(root)) for file in root.rglob("*") if not file.is_dir())


def test_files_lie_where_the_layout_says(store: FolderArtifacts, root: Path) -> None:
    """R-303: result_store/<platform>/<video>/<run>/<component>/*.npz and manifest.json beside."""
    store.write(PATH, b"x")
    place = store.write_manifest(IDENTITY, {"a": "ё"})
    run = f"youtube/{IDENTITY.video_id}/{IDENTITY.run_id}"
    assert names(root) == [f"{run}/loudness/loudness.npz", f"{run}/manifest.json"]
    assert Path(place).read_text(encoding="utf-8") == '{\n  "a": "ё"\n}\n'
    assert store.location(PATH) == str(root / PATH)
    assert stat.S_IMODE((root / PATH).stat().st_mode) & 0o600 == 0o600


def test_a_changed_bit_is_told_when_reading(store: FolderArtifacts, root: Path) -> None:
    """Hardening 72: a bit changed at rest gives `artifact_corrupt`, wherever it is."""
    content = bytes(64)
    written = store.write(PATH, content)
    for bit in range(0, 8 * len(content), 37):
        harmed = bytearray(content)
        harmed[bit // 8] ^= 1 << bit % 8
        (root / PATH).write_bytes(harmed)
        with pytest.raises(ArtifactCorrupt) as told:
            store.read(an_artifact(IDENTITY, written=written))
        assert told.value.code == "artifact_corrupt"
        assert not told.value.retryable


def test_without_the_digest_a_changed_bit_would_be_read(root: Path) -> None:
    """The planted removal for hardening 72."""
    guard = "hashlib.sha256(content).hexdigest() != artifact.sha256"
    careless = without("adapters.folder.artifacts", guard, "0").FolderArtifacts(root)
    written = careless.write(PATH, bytes(64))
    (root / PATH).write_bytes(b"\x01" + bytes(63))
    assert careless.read(an_artifact(IDENTITY, written=written)) != bytes(64)


@pytest.mark.parametrize("size_bytes", [0, 63, 65])
def test_a_file_of_another_size_is_told(
    store: FolderArtifacts, root: Path, size_bytes: int
) -> None:
    written = store.write(PATH, bytes(64))
    (root / PATH).write_bytes(bytes(size_bytes))
    with pytest.raises(ArtifactCorrupt, match=f"{size_bytes} bytes"):
        store.read(an_artifact(IDENTITY, written=written))


@pytest.mark.parametrize("text", ["", "{", "[]", '"text"', "\xff"])
def test_a_harmed_manifest_is_told(store: FolderArtifacts, root: Path, text: str) -> None:
    store.write_manifest(IDENTITY, {})
    (root / manifest_path(IDENTITY)).write_bytes(text.encode("latin-1"))
    with pytest.raises(ArtifactCorrupt):
        store.read_manifest(IDENTITY)


def test_a_manifest_reads_as_plain_json_for_anybody(store: FolderArtifacts, root: Path) -> None:
    store.write_manifest(IDENTITY, {"odd": "\ud800", "run": {"b": 1, "a": None}})
    content = (root / manifest_path(IDENTITY)).read_bytes()
    assert json.loads(content.decode("utf-8")) == {"odd": "\ud800", "run": {"b": 1, "a": None}}
    assert b"\n" in content.strip()


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_a_linked_folder_is_not_followed(
    store: FolderArtifacts, root: Path, tmp_path: Path, depth: int
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    link = root.joinpath(*Path(PATH).parts[: depth + 1])
    link.parent.mkdir(parents=True)
    link.symlink_to(outside, target_is_directory=True)
    with pytest.raises(AdapterError) as told:
        store.write(PATH, b"x")
    assert told.value.code == "storage_failed"
    assert list(outside.iterdir()) == []
    with pytest.raises(AdapterError):
        store.read(an_artifact(IDENTITY))


def test_a_linked_file_is_replaced_not_followed(
    store: FolderArtifacts, root: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (root / PATH).parent.mkdir(parents=True)
    (root / PATH).symlink_to(secret)
    with pytest.raises(AdapterError):
        store.read(an_artifact(IDENTITY, written=(6, "0" * 64)))
    store.write(PATH, b"x")
    assert secret.read_bytes() == b"secret"
    assert (root / PATH).read_bytes() == b"x"


def test_a_pipe_or_a_folder_in_the_place_of_a_file_is_told_at_once(
    store: FolderArtifacts, root: Path
) -> None:
    (root / PATH).parent.mkdir(parents=True)
    os.mkfifo(root / PATH)
    with pytest.raises(ArtifactCorrupt, match="is no file"):
        store.read(an_artifact(IDENTITY))
    (root / PATH).unlink()
    (root / PATH).mkdir()
    with pytest.raises(ArtifactCorrupt, match="is no file"):
        store.read(an_artifact(IDENTITY))
    with pytest.raises(AdapterError):
        store.write(PATH, b"x")
    assert names(root) == [], "what could not be put in place is not left beside it"


def test_leftovers_of_a_killed_writer_are_swept_from_that_run_only(
    store: FolderArtifacts, root: Path
) -> None:
    other = artifact_path(an_identity(), "loudness")
    for path in (PATH, other):
        store.write(path, b"x")
        (root / path).with_name(".loudness.npz.0123456789abcdef.tmp").write_bytes(b"torn")
    (root / manifest_path(IDENTITY)).with_name(".manifest.json.00.tmp").write_bytes(b"torn")
    store.sweep(IDENTITY)
    left = names(root)
    assert sum(name.endswith(".tmp") for name in left) == 1
    assert {PATH, other} < set(left)


def test_sweeping_does_not_follow_links(store: FolderArtifacts, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / ".mine.tmp").write_bytes(b"x")
    store.write(PATH, b"x")
    (root / PATH).parent.with_name("linked").symlink_to(outside, target_is_directory=True)
    store.sweep(IDENTITY)
    assert (outside / ".mine.tmp").exists()


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system without room; made by limiting what this process may write to one file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    yield tmp_path / "full"
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_leaves_the_old_file(full_disk: Path) -> None:
    """Hardening 19 for artifacts: `resource_exhausted`, and nothing half-written stays."""
    store = FolderArtifacts(full_disk)
    written = store.write(PATH, b"old")
    with pytest.raises(ResourceExhausted) as told:
        store.write(PATH, bytes(2_000))
    assert told.value.code == "resource_exhausted"
    assert store.read(an_artifact(IDENTITY, written=written)) == b"old"
    assert names(full_disk) == [PATH]


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(AdapterError, match=errno.errorcode[errno.ENOTDIR]) as told:
        FolderArtifacts(file / "below").write(PATH, b"x")
    assert told.value.code == "storage_failed"


def test_nothing_stored_yet_is_not_found(store: FolderArtifacts) -> None:
    with pytest.raises(ArtifactNotFound):
        store.read(an_artifact(IDENTITY))
    store.sweep(IDENTITY)
