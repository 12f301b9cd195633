"""slovnet's archive and Navec's vectors become one graph that computes what they are known to."""

import gzip
import io
import json
import struct
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from adapters.model_repository.lookup import word_key
from adapters.model_repository.recipes_names import slovnet_ner

WORDS = ["кот", "москва", "<unk>", "<pad>"]
PARTS, SHAPES, LOOK, WIDE, TAGS = 2, 3, 2, 5, 8
RANDOM = np.random.default_rng(3)
CODES = RANDOM.integers(0, 256, size=(len(WORDS), PARTS)).astype(np.uint8)
CENTRES = RANDOM.normal(size=(PARTS, 256, 3)).astype(np.float32)
IN = PARTS * 3 + LOOK
ARRAYS = {
    name: RANDOM.normal(size=shape).astype(np.float32)
    for name, shape in {
        "look": (SHAPES, LOOK),
        "conv": (WIDE, IN, 3),
        "bias": (WIDE,),
        "gain": (WIDE,),
        "shift": (WIDE,),
        "mean": (WIDE,),
        "proj": (WIDE, TAGS),
        "last": (TAGS,),
        "follows": (TAGS, TAGS),
    }.items()
}
ARRAYS["std"] = RANDOM.uniform(1, 2, size=WIDE).astype(np.float32)


def _tar(file: Path, members: Mapping[str, bytes]) -> Path:
    with tarfile.open(file, "w") as archive:
        for name, content in members.items():
            told = tarfile.TarInfo(name)
            told.size = len(content)
            archive.addfile(told, io.BytesIO(content))
    return file


def _told(name: str) -> dict[str, Any]:
    at = list(ARRAYS).index(name)
    return {"shape": ARRAYS[name].shape, "dtype": "float32", "array": at}


def _files(folder: Path, *, vectors_of: list[str] = WORDS) -> dict[str, Path]:
    norm = {"weight": "gain", "bias": "shift", "mean": "mean", "std": "std"}
    layer = {
        "conv": {"weight": _told("conv"), "bias": _told("bias"), "padding": 1},
        "norm": {key: _told(name) for key, name in norm.items()},
    }
    model = {
        "emb": {"shape": {"weight": _told("look")}},
        "encoder": {"layers": [layer]},
        "head": {
            "proj": {"weight": _told("proj"), "bias": _told("last")},
            "crf": {"transitions": _told("follows")},
        },
    }
    members = {f"arrays/{at}.bin": array.tobytes() for at, array in enumerate(ARRAYS.values())}
    members["model.json"] = json.dumps(model).encode()
    members["vocabs/word.gz"] = gzip.compress("\n".join(WORDS).encode())
    quantised = struct.pack("<IIII", len(WORDS), PARTS * 3, PARTS, 256)
    counted = struct.pack(f"<{len(vectors_of) + 1}I", len(vectors_of), *range(len(vectors_of)))
    vectors = {
        "pq.bin": quantised + CODES.tobytes() + CENTRES.tobytes(),
        "vocab.bin": gzip.compress(counted + "\n".join(vectors_of).encode()),
    }
    return {
        "weights": _tar(folder / "ner.tar", members),
        "vectors": _tar(folder / "navec.tar", vectors),
    }


def _expected(rows: list[int], shapes: list[int]) -> NDArray[np.float64]:
    """The same by hand: word after word, nothing on either side."""
    meaning = CENTRES[np.arange(PARTS), CODES[rows]].reshape(len(rows), -1)
    given = np.concatenate([meaning, ARRAYS["look"][shapes]], axis=1)
    wide = np.pad(given, ((1, 1), (0, 0)))
    found = []
    for at in range(len(rows)):
        window = np.einsum("oik,ki->o", ARRAYS["conv"], wide[at : at + 3]) + ARRAYS["bias"]
        scaled = (np.maximum(window, 0) - ARRAYS["mean"]) / ARRAYS["std"]
        found.append(scaled * ARRAYS["gain"] + ARRAYS["shift"])
    return np.asarray(np.array(found) @ ARRAYS["proj"] + ARRAYS["last"], dtype=np.float64)


def test_a_small_reader_gives_what_was_computed_by_hand_in_any_company(tmp_path: Path) -> None:
    content = slovnet_ner(_files(tmp_path)).SerializeToString()
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    cat, moscow, unknown = (word_key(word.encode()) for word in ("кот", "москва", "пёс"))
    words = np.array([[moscow, unknown, cat], [cat, -1, -1]])
    shapes = np.array([[1, 2, 2], [1, 0, 0]])

    fits, follows = session.run(None, {"words": words, "shapes": shapes})

    np.testing.assert_allclose(fits[0], _expected([1, 2, 0], [1, 2, 2]), atol=1e-4)
    np.testing.assert_allclose(fits[1, :1], _expected([0], [1]), atol=1e-4)
    np.testing.assert_array_equal(follows, np.stack([ARRAYS["follows"]] * 2))


def test_vectors_of_another_vocabulary_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other vectors"):
        slovnet_ner(_files(tmp_path, vectors_of=["пёс", *WORDS[1:]]))
