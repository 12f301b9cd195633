"""The recogniser in this process keeps the contract of served models."""

import json
from pathlib import Path

import numpy as np
import pytest

from adapters.ctranslate2.inference import WhisperInference
from adapters.model_repository.placed import FolderPlacedModels
from application.errors import AdapterError
from application.ports.inference import ModelInputRefused
from tests.components.served import needing, placed

MODEL = "whisper_tiny_en"


@pytest.fixture(scope="module")
def whisper() -> WhisperInference:
    needing(MODEL)
    return WhisperInference(placed("ctranslate2"))


def _items(
    count: int, *, seed: int = 2
) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    mel = np.random.default_rng(seed).uniform(-1, 1, (count, 80, 3000))
    return {"mel": mel.astype(np.float32), "length_s": np.full(count, 9.0, np.float32)}


def test_it_tells_which_weights_answer_and_which_languages_they_know(
    whisper: WhisperInference,
) -> None:
    """R-304."""
    told = whisper.model(MODEL)
    assert told.languages == ("en",)
    assert told.engine.startswith("ctranslate2 ")
    assert len(told.weights_sha256) == 64


def test_items_are_answered_in_order_whatever_their_company(whisper: WhisperInference) -> None:
    items = _items(5)
    together = whisper.infer(MODEL, items)
    alone = whisper.infer(MODEL, {key: value[4:] for key, value in items.items()})
    assert all(len(value) == 5 for value in together.values())
    assert together["words"][4].tolist() == alone["words"][0].tolist()
    np.testing.assert_allclose(together["log_probability"][4:], alone["log_probability"], atol=1e-3)


def test_other_inputs_are_refused(whisper: WhisperInference) -> None:
    items = _items(1)
    for wrong in (
        {"mel": items["mel"]},
        items | {"length_s": np.array([31.0], np.float32)},
        items | {"length_s": np.array([0.0], np.float32)},
        items | {"mel": items["mel"].astype(np.float64)},
        items | {"mel": items["mel"][:, :40]},
        items | {"length_s": np.zeros(2, np.float32)},
    ):
        with pytest.raises(ModelInputRefused):
            whisper.infer(MODEL, wrong)


def test_a_damaged_file_is_told_by_its_name(tmp_path: Path) -> None:
    place = tmp_path / "models-ctranslate2" / MODEL / "1"
    place.mkdir(parents=True)
    (place / "model.bin").write_bytes(b"no weights")
    (place / "vocabulary.txt").write_text("<|startoftranscript|>\n")
    told = {"weights_sha256": "0" * 64, "batch_max": 1, "languages": ["en"]}
    (place / "built.json").write_text(json.dumps(told))
    damaged = FolderPlacedModels(tmp_path / "models", "ctranslate2", {MODEL: "1"})
    with pytest.raises(AdapterError, match="models verify") as unreadable:
        WhisperInference(damaged).model(MODEL)
    assert unreadable.value.code == "model_unreadable"
