"""What every store of results must do."""

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest

from application.artifact_format import decode, encode
from application.errors import ArtifactCorrupt
from application.ports.artifacts import Artifacts
from domain.artifact import artifact_path
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound
from tests.builders import an_artifact, an_identity, some_arrays

CONTENT = bytes(range(256)) * 40
UNSAFE_PATHS = [
    "../outside.npz",
    "youtube/../../outside.npz",
    "/etc/passwd",
    "youtube//x.npz",
    "youtube/./x.npz",
    "youtube/.hidden.npz",
    "youtube\\x.npz",
    "youtube/x\x00.npz",
    "youtube/x\n.npz",
    "youtube/" + "x" * 300,
    "",
    ".",
]


class ArtifactsContract(ABC):
    """Subclass and give `store`."""

    @pytest.fixture
    @abstractmethod
    def store(self) -> Artifacts: ...

    @pytest.mark.parametrize("content", [b"", b"x", CONTENT])
    def test_what_was_written_is_read(self, store: Artifacts, content: bytes) -> None:
        identity = an_identity()
        path = artifact_path(identity, "loudness")
        written = store.write(path, content)
        assert written == (len(content), sha256(content).hexdigest())
        assert store.read(an_artifact(identity, written=written)) == content

    def test_arrays_come_back_through_the_store(self, store: Artifacts) -> None:
        """R-304: an NPZ of typed arrays, read with pickle off."""
        identity, arrays = an_identity(), some_arrays()
        written = store.write(artifact_path(identity, "loudness"), encode(arrays, {"n": 1}))
        found, meta = decode(store.read(an_artifact(identity, written=written)))
        assert meta == {"n": 1}
        assert {n: (a.dtype, a.tolist()) for n, a in found.items()} == {
            n: (a.dtype, a.tolist()) for n, a in arrays.items()
        }

    def test_what_was_never_written_is_not_found(self, store: Artifacts) -> None:
        with pytest.raises(ArtifactNotFound) as refused:
            store.read(an_artifact(an_identity()))
        assert refused.value.fields == {"component": "loudness"}

    def test_of_two_writers_the_last_counts_whole(self, store: Artifacts) -> None:
        """Hardening 74: two writers for one key."""
        identity = an_identity()
        path = artifact_path(identity, "loudness")
        old = store.write(path, b"old")
        new = store.write(path, CONTENT)
        assert store.read(an_artifact(identity, written=new)) == CONTENT
        with pytest.raises(ArtifactCorrupt):
            store.read(an_artifact(identity, written=old))

    def test_many_writers_at_once_leave_one_of_them_whole(self, store: Artifacts) -> None:
        """Hardening 74: writers of equal content leave just that, of others one of them."""
        identity = an_identity()
        path = artifact_path(identity, "loudness")
        contents = [bytes([number]) * 100_000 for number in range(8)]
        with ThreadPoolExecutor(8) as pool:
            written = list(pool.map(lambda content: store.write(path, content), contents))
        whole = []
        for each in written:
            try:
                whole.append(store.read(an_artifact(identity, written=each)))
            except ArtifactCorrupt:
                continue
        assert len(whole) == 1

    @pytest.mark.parametrize("path", UNSAFE_PATHS)
    def test_a_path_that_leads_elsewhere_is_refused(self, store: Artifacts, path: str) -> None:
        with pytest.raises(ValueError, match="plain names"):
            store.write(path, b"x")
        with pytest.raises(ValueError, match="plain names"):
            store.read(replace(an_artifact(an_identity()), path=path))
        with pytest.raises(ValueError, match="plain names"):
            store.location(path)

    def test_a_manifest_comes_back_as_it_was_last_written(self, store: Artifacts) -> None:
        identity, other = an_identity(), an_identity()
        manifest: dict[str, JsonValue] = {
            "run": {"status": "ok", "profile": "ночь 🌙 \ud800 \u2028 \x00"},
            "components": [{"units": 0.1, "big": 2**60, "none": None, "yes": True}],
        }
        assert store.read_manifest(identity) is None
        store.write_manifest(identity, {"run": {}})
        assert identity.video_id in store.write_manifest(identity, manifest)
        assert store.read_manifest(identity) == manifest
        assert store.read_manifest(other) is None

    @pytest.mark.parametrize("value", [float("nan"), float("inf")])
    def test_a_manifest_never_holds_what_json_cannot_spell(
        self, store: Artifacts, value: float
    ) -> None:
        identity = an_identity()
        with pytest.raises(ValueError, match=r"JSON|JSON compliant"):
            store.write_manifest(identity, {"components": [value]})
        assert store.read_manifest(identity) is None

    def test_sweeping_leaves_what_is_whole(self, store: Artifacts) -> None:
        identity = an_identity()
        written = store.write(artifact_path(identity, "loudness"), CONTENT)
        store.write_manifest(identity, {"run": {}})
        store.sweep(identity)
        store.sweep(an_identity())
        assert store.read(an_artifact(identity, written=written)) == CONTENT
        assert store.read_manifest(identity) == {"run": {}}
