"""The vocabulary of a sentence encoder is read out of its file and served as a table."""

import struct
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from adapters.model_repository.recipes_text import PIECE_BYTES, use_pieces

PIECES = [("<unk>", 0.0), ("▁кот", -3.5), ("s", -1.25)]


def _message(pieces: list[tuple[str, float]]) -> bytes:
    """A SentencePiece model by hand: pieces, each with a kind that nobody asks for, and a tail."""
    found = b""
    for piece, score in pieces:
        text = piece.encode()
        inner = (
            b"\x0a" + bytes([len(text)]) + text + b"\x15" + struct.pack("<f", score) + b"\x18\x03"
        )
        found += b"\x0a" + bytes([len(inner)]) + inner
    return found + b"\x12\x02ab"


def test_pieces_are_told_by_their_numbers_in_any_order(tmp_path: Path) -> None:
    file = tmp_path / "sp.model"
    file.write_bytes(_message(PIECES))
    content = use_pieces({"weights": file}).SerializeToString()
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    letters, scores = session.run(None, {"numbers": np.array([2, 0, 1])})
    assert letters.shape == (3, PIECE_BYTES)
    assert [bytes(row).rstrip(b"\0").decode() for row in letters] == ["s", "<unk>", "▁кот"]
    assert scores.tolist() == [-1.25, 0.0, -3.5]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sp.model"
    file.write_bytes(b"\x0b\x00")
    with pytest.raises(ValueError, match="of kind 3"):
        use_pieces({"weights": file})
