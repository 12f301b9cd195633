"""Writing and reading artifacts, beside what plain numpy does with the same arrays.

Ours adds to numpy's: a digest, a rename and a sync of the folder when writing; the digest and a
look at every header when reading.
"""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.folder.artifacts import FolderArtifacts
from application.artifact_format import decode, encode
from domain.artifact import Artifact, artifact_path
from tests.builders import an_artifact, an_identity

pytestmark = pytest.mark.bench

ROUNDS = 40
WRITE_RATIO_MAX = 1.3
READ_RATIO_MAX = 1.5
IDENTITY = an_identity()
PATH = artifact_path(IDENTITY, "loudness")

Act = Callable[[], object]


def arrays_of(frames: int) -> dict[str, NDArray[Any]]:
    """What a large component of a minute (720 frames) yields: some 2 MiB."""
    noise = np.random.default_rng(132)
    return {
        "times_s": np.arange(frames) / 12.0,
        "frame_indices": np.arange(frames),
        "embedding": noise.standard_normal((frames, 512)).astype(np.float32),
        "histogram": noise.random((frames, 48)),
        "curve": noise.random(frames),
        "flow": noise.random((frames, 16)).astype(np.float32),
        "known": noise.random(frames) > 0.1,
    }


def side_by_side(ours: Act, theirs: Act) -> tuple[float, float]:
    """Milliseconds of each, wall time, the best of many turns: others' load only adds."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for act, spent in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            act()
            spent.append(1000 * (time.perf_counter() - began))
    return min(times[0]), min(times[1])


def report(what: str, ours_ms: float, theirs_ms: float, goal: float) -> float:
    ratio = ours_ms / theirs_ms
    print(f"\n{what}: {ours_ms:.2f} ms, numpy {theirs_ms:.2f} ms, ratio {ratio:.2f} (goal {goal})")
    return ratio


def saved_and_synced(file: Path, arrays: dict[str, NDArray[Any]]) -> None:
    with file.open("wb") as stream:
        np.savez(stream, allow_pickle=False, **arrays)
        stream.flush()
        os.fsync(stream.fileno())


@pytest.fixture
def store(tmp_path: Path) -> FolderArtifacts:
    return FolderArtifacts(tmp_path / "store")


def stored(store: FolderArtifacts, arrays: dict[str, NDArray[Any]]) -> Artifact:
    return an_artifact(IDENTITY, written=store.write(PATH, encode(arrays, {"n": 1})))


@pytest.mark.parametrize("frames", [720, 7200])
def test_an_atomic_write_against_savez_and_fsync(
    store: FolderArtifacts, tmp_path: Path, frames: int
) -> None:
    arrays = arrays_of(frames)
    plain = tmp_path / "plain.npz"
    ours_ms, theirs_ms = side_by_side(
        lambda: stored(store, arrays), lambda: saved_and_synced(plain, arrays)
    )
    report(f"write, {frames} frames", ours_ms, theirs_ms, WRITE_RATIO_MAX)
    content = encode(arrays, {})
    digest_ms, _ = side_by_side(lambda: hashlib.sha256(content), lambda: None)
    print(f"the digest alone, which numpy does not make: {digest_ms:.2f} ms")


@pytest.mark.parametrize("frames", [720, 7200])
@pytest.mark.parametrize("key", ["curve", "embedding"])
def test_a_verified_read_of_one_key_against_load(
    store: FolderArtifacts, tmp_path: Path, frames: int, key: str
) -> None:
    arrays = arrays_of(frames)
    artifact, plain = stored(store, arrays), tmp_path / "plain.npz"
    saved_and_synced(plain, arrays)

    def load() -> NDArray[Any]:
        with np.load(plain, allow_pickle=False) as archive:
            found: NDArray[Any] = archive[key]
            return found

    def ours() -> NDArray[Any]:
        return decode(store.read(artifact), names=(key,))[0][key]

    assert np.array_equal(ours(), load())
    ours_ms, theirs_ms = side_by_side(ours, load)
    report(f"read {key}, {frames} frames", ours_ms, theirs_ms, READ_RATIO_MAX)


@pytest.mark.parametrize("frames", [720, 7200])
def test_a_verified_read_of_everything_against_load(
    store: FolderArtifacts, tmp_path: Path, frames: int
) -> None:
    arrays = arrays_of(frames)
    artifact, plain = stored(store, arrays), tmp_path / "plain.npz"
    saved_and_synced(plain, arrays)

    def load() -> dict[str, NDArray[Any]]:
        with np.load(plain, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}

    ours_ms, theirs_ms = side_by_side(lambda: decode(store.read(artifact)), load)
    report(f"read all, {frames} frames", ours_ms, theirs_ms, READ_RATIO_MAX)
