"""Artifacts come back as they were written, and nothing hostile is read (hardening 70 and 71)."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from numpy.typing import NDArray

from application.artifact_format import MEMBERS_MAX, decode, encode
from application.errors import ArtifactCorrupt
from domain.canonical import JsonValue
from tests.application import hostile_npz
from tests.builders import some_arrays
from tests.outside import ROOT
from tests.planted import without

DTYPES = st.sampled_from(["<f8", "<f4", "<i8", "|u1", "|b1", "<U1", "<U7"])
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name != "meta")
ARRAYS = st.dictionaries(
    NAMES,
    DTYPES.flatmap(
        lambda dtype: arrays_of.arrays(
            dtype, arrays_of.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
        )
    ),
    max_size=4,
)
META = st.dictionaries(
    st.text(max_size=5),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    max_size=4,
)


def same(found: NDArray[Any], given: NDArray[Any]) -> bool:
    """Equal in type, shape and every bit, NaN included."""
    alike = found.dtype == given.dtype and found.shape == given.shape
    return alike and found.tobytes() == np.asarray(given, order="C").tobytes()


@given(arrays=ARRAYS, meta=META)
def test_arrays_and_meta_come_back_bit_for_bit(
    arrays: dict[str, NDArray[Any]], meta: dict[str, JsonValue]
) -> None:
    content = encode(arrays, meta)
    found, found_meta = decode(content)
    assert found_meta == meta
    assert found.keys() == arrays.keys()
    assert all(same(found[name], arrays[name]) for name in arrays)
    assert all(array.flags.aligned and array.flags.c_contiguous for array in found.values())
    assert encode(found, found_meta) == content


@given(arrays=ARRAYS)
def test_numpy_itself_reads_the_same(arrays: dict[str, NDArray[Any]]) -> None:
    """R-304: NPZ is the source of truth, for anybody with numpy, with pickle off."""
    with np.load(io.BytesIO(encode(arrays, {"a": 1})), allow_pickle=False) as archive:
        assert str(archive["meta"]) == '{"a":1}'
        assert all(same(archive[name], arrays[name]) for name in arrays)


@pytest.mark.parametrize(
    "array",
    [np.arange(24.0).reshape(4, 6).T, np.arange(24.0)[::3], np.broadcast_to(1.5, (3, 2))],
    ids=["another order", "strides", "broadcast"],
)
def test_the_layout_in_memory_does_not_matter(array: NDArray[Any]) -> None:
    assert encode({"x": array}, {}) == encode({"x": array.copy()}, {})


def test_equal_arrays_give_equal_bytes_at_any_time() -> None:
    """Content may be addressed by its digest: the bytes hold no time and no machine."""
    content = encode(some_arrays(), {"b": 1, "a": 2.0})
    assert content == encode(some_arrays(), {"a": 2, "b": 1.0})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_only_what_is_asked_for_is_made() -> None:
    content = encode(some_arrays(), {"n": 1})
    found, meta = decode(content, names=("times_s",))
    assert list(found) == ["times_s"]
    assert meta == {"n": 1}
    with pytest.raises(KeyError):
        decode(content, names=("unheard_of",))


def test_text_of_no_width_is_text() -> None:
    empty: NDArray[np.str_] = np.ndarray((2,), dtype="<U0")
    assert decode(encode({"x": empty}, {}))[0]["x"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"meta": np.zeros(1)}, "not free"),
        ({"Bad": np.zeros(1)}, "not an array name"),
        ({"../x": np.zeros(1)}, "not an array name"),
        ({"x": np.array([None])}, "no type"),
        ({"x": np.zeros(1, dtype=np.float16)}, "no type"),
        ({"x": np.zeros(1, dtype=">f8")}, "no type"),
        ({"x": np.array(["2026-01-02"], dtype="M8[D]")}, "no type"),
        ({f"a{i}": np.zeros(1) for i in range(MEMBERS_MAX)}, "more than an artifact holds"),
    ],
)
def test_what_could_not_be_read_is_not_written(
    arrays: dict[str, NDArray[Any]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        encode(arrays, {})


def test_what_is_too_large_is_not_written() -> None:
    small = without("application.artifact_format", "256 * 2**20", "2_000")
    assert small.decode(small.encode({"x": np.zeros(100)}, {}))
    with pytest.raises(ValueError, match="more than an artifact holds"):
        small.encode({"x": np.zeros(300)}, {})
    with pytest.raises(ArtifactCorrupt, match="claims 2"):
        small.decode(encode({"x": np.zeros(300)}, {}))


def test_meta_without_a_json_spelling_is_not_written() -> None:
    with pytest.raises(ValueError, match="no spelling"):
        encode({}, {"x": float("nan")})


@pytest.mark.parametrize(
    "kind", [hostile_npz.pickles, hostile_npz.bombs, hostile_npz.lies], ids=lambda k: k.__name__
)
def test_hostile_files_are_refused(kind: Any) -> None:
    """Hardening 70 and 71: all of them, and as corrupt, never as a bug of ours."""
    for name, content in kind().items():
        with pytest.raises(ArtifactCorrupt) as told:
            decode(content)
        assert told.value.code == "artifact_corrupt", name


@given(position=st.integers(0, len(hostile_npz.GOOD) - 1), value=st.integers(0, 255))
def test_a_changed_byte_is_refused_or_changes_nothing(position: int, value: int) -> None:
    harmed = bytearray(hostile_npz.GOOD)
    harmed[position] = value
    try:
        found, meta = decode(bytes(harmed))
    except ArtifactCorrupt:
        return
    assert {name: array.tolist() for name, array in found.items()} == {"x": list(range(8))}
    assert meta == {}


@given(st.binary(max_size=200), st.integers(0, len(hostile_npz.GOOD)))
def test_any_bytes_put_anywhere_are_refused(junk: bytes, position: int) -> None:
    content = hostile_npz.GOOD[:position] + junk + hostile_npz.GOOD[position:]
    try:
        found, _ = decode(content)
    except ArtifactCorrupt:
        return
    assert found["x"].tolist() == list(range(8))


MEASURE = """
import sys
from pathlib import Path
{read}
refused = 0
for file in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read(file.read_bytes())
    except Exception:
        refused += 1
# Not `ru_maxrss`, which a child begins with its parent's.
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(refused, int(status["VmHWM"].split()[0]) // 1024)
"""
OURS = "from application.artifact_format import decode as read"
TRUSTING = """
import io, numpy as np
def read(content):
    with np.load(io.BytesIO(content), allow_pickle=True) as archive:
        return [archive[name] for name in archive.files]
"""


def read_by(reader: str, folder: Path) -> tuple[int, int]:
    """How many files a reader refused, and the most memory it took, in MiB."""
    command = [sys.executable, "-c", MEASURE.format(read=reader), str(folder)]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    refused, memory_mib = run.stdout.split()
    return int(refused), int(memory_mib)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, content in enumerate(hostile_npz.bombs().values()):
        (folder / f"{number}.npz").write_bytes(content)
    return folder


def test_bombs_are_refused_within_64_mib(corpus: Path) -> None:
    refused, memory_mib = read_by(OURS, corpus)
    assert refused == len(hostile_npz.bombs())
    assert memory_mib < 64


def test_a_trusting_reader_is_harmed_by_such_a_bomb(tmp_path: Path) -> None:
    """The planted removal: what the test above would say without the header pass."""
    (tmp_path / "bomb.npz").write_bytes(hostile_npz.bombs()["a bomb of 1027 to 1"])
    refused, memory_mib = read_by(TRUSTING, tmp_path)
    assert refused == 0
    assert memory_mib > 64


def test_a_trusting_reader_runs_the_pickle() -> None:
    """The planted removal for hardening 70: the corpus is no paper tiger."""
    content = hostile_npz.pickles()["an object array"]
    with (
        np.load(io.BytesIO(content), allow_pickle=True) as archive,
        pytest.raises(RuntimeError, match="a pickle ran"),
    ):
        archive["x"]


GUARDS = [
    # What stands in the code, what stands there once the guard is removed, what gets through then.
    (" or name in layouts:", ":", "one name twice"),
    ("not _NAME.fullmatch(name) or name == info.filename or", "", "a path upwards"),
    ("not _NAME.fullmatch(name) or name == info.filename or", "", "a path from the root"),
    ("not _NAME.fullmatch(name) or name == info.filename or", "", "a path downwards"),
    ("if info.compress_type != zipfile.ZIP_STORED:", "if 0:", "a compressed member"),
    ("if disk or first_disk or here != members or", "if", "a zip of many disks"),
    ("if spelled not in _NUMBERS and", "if 0 and", "halves"),
    ("np.any(array.view(np.uint8) > 1)", "0", "a truth beyond true"),
    (".max() > _LAST_CODE_POINT", ".max() < 0", "text beyond Unicode"),
    ("if not isinstance(meta, dict):", "if 0:", "meta that is a list"),
    ("not 0 < members <= MEMBERS_MAX or directory_bytes > _DIRECTORY_BYTES_MAX", "0", "65 members"),
]


@pytest.mark.parametrize(("guard", "instead", "hostile"), GUARDS, ids=lambda text: text[:40])
def test_without_its_guard_a_hostile_file_is_read(guard: str, instead: str, hostile: str) -> None:
    """Planted removals for hardening 71: each guard alone holds something back."""
    careless = without("application.artifact_format", guard, instead)
    assert careless.decode({**hostile_npz.lies(), **hostile_npz.bombs()}[hostile])


SIZE_GUARD = "if offset + math.prod(shape) * dtype.itemsize != info.file_size:"


@pytest.mark.parametrize("hostile", ["too many values", "too few values"])
def test_members_that_nobody_asked_for_are_looked_at_too(hostile: str) -> None:
    content = hostile_npz.lies()[hostile]
    with pytest.raises(ArtifactCorrupt):
        decode(content, names=())
    careless = without("application.artifact_format", SIZE_GUARD, "if 0:")
    assert careless.decode(content, names=()) == ({}, {})
