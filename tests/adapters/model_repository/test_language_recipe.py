"""fastText's file is read, its tree walked and its codes undone; a table of keys finds its rows."""

import struct
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.lookup import rows_of, word_key
from adapters.model_repository.recipes_language import lid_176

WORDS, PIECES = (b"cat", "кот".encode()), (7, 1999)
LABELS = ((b"__label__ru", 50), (b"__label__en", 30), (b"__label__de", 10))
WIDTH = 4
RANDOM = np.random.default_rng(6)
CENTRES = RANDOM.normal(size=(2, 256, 2)).astype(np.float32)
LENGTHS = RANDOM.uniform(1, 2, size=256).astype(np.float32)
CODES = RANDOM.integers(0, 256, size=(4, 2)).astype(np.uint8)
LENGTH_CODES = RANDOM.integers(0, 256, size=4).astype(np.uint8)
LAST = RANDOM.normal(size=(3, WIDTH)).astype(np.float32)


def _file(*, magic: int = 793712314, loss: int = 1) -> bytes:
    """A model of two words, two pieces and three languages, as fastText writes it."""
    settings_of = (WIDTH, 5, 5, 1, 5, 1, loss, 3, 2_000_000, 2, 4, 100, 1e-4)
    found = struct.pack("<ii", magic, 12) + struct.pack("<12id", *settings_of)
    found += struct.pack("<iiiqq", 5, 2, 3, 100, 2)
    for word, count, kind in [*((w, 9, 0) for w in WORDS), *((w, n, 1) for w, n in LABELS)]:
        found += word + b"\0" + struct.pack("<qb", count, kind)
    # Which pieces were kept is told in no order.
    found += struct.pack("<iiii", PIECES[1], 1, PIECES[0], 0)
    found += struct.pack("<??qqi", True, True, 4, WIDTH, CODES.size) + CODES.tobytes()
    found += struct.pack("<iiii", WIDTH, 2, 2, 2) + CENTRES.tobytes()
    found += LENGTH_CODES.tobytes() + struct.pack("<iiii", 1, 1, 1, 1) + LENGTHS.tobytes()
    return found + struct.pack("<?qq", False, 3, WIDTH) + LAST.tobytes()


def _expected(rows: list[int]) -> list[float]:
    """de, en, ru by hand: the rarest two labels meet in the first node, the third in the second."""
    table = np.concatenate([CENTRES[0, CODES[:, 0]], CENTRES[1, CODES[:, 1]]], axis=1)
    mean = (table * LENGTHS[LENGTH_CODES][:, None])[rows].mean(axis=0)
    low, high = 1 / (1 + np.exp(-LAST[:2] @ mean))
    return [(1 - high) * (1 - low), (1 - high) * low, high]


def test_a_small_model_gives_what_was_computed_by_hand(tmp_path: Path) -> None:
    file = tmp_path / "lid.ftz"
    file.write_bytes(_file())
    content = lid_176({"weights": file}).SerializeToString()
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])

    keys = np.array([[word_key(WORDS[1]), PIECES[1], 12345], [PIECES[0], -1, -1]])
    (found,) = session.run(None, {"keys": keys})

    np.testing.assert_allclose(found[0], _expected([1, 3]), rtol=1e-5)
    np.testing.assert_allclose(found[1], _expected([2]), rtol=1e-5)


@pytest.mark.parametrize("content", [_file(magic=1), _file(loss=3)])
def test_a_model_of_another_kind_is_refused(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="model"):
        lid_176({"weights": file})


@settings(max_examples=25, deadline=None)
@given(known=st.lists(st.integers(0, 2**62), min_size=1, max_size=40, unique=True), seed=st.data())
def test_a_key_finds_its_row_and_no_other_does(known: list[int], seed: st.DataObject) -> None:
    strange = seed.draw(st.lists(st.integers(0, 2**62), max_size=10))
    crowded = [key * 2**16 for key in range(1, 6)]
    entries = list(dict.fromkeys([*known, *crowded]))
    graph = Graph()
    keys = graph.input("keys", TensorProto.INT64, ("N", "keys"))
    row = rows_of(graph, keys, np.array(entries, dtype=np.int64))
    graph.output("rows", row, ("N", "keys"), TensorProto.INT32)
    session = onnxruntime.InferenceSession(
        graph.model().SerializeToString(), providers=["CPUExecutionProvider"]
    )
    asked = [*entries, *strange, -1]
    (found,) = session.run(None, {"keys": np.array([asked])})
    expected = [entries.index(key) if key in entries else -1 for key in asked]
    assert found[0].tolist() == expected


def test_two_entries_of_one_key_are_refused() -> None:
    graph = Graph()
    with pytest.raises(ValueError, match="one key"):
        rows_of(graph, "keys", np.array([5, 5]))
