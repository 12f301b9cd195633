"""Speech recognisers of Whisper's family in this process, by CTranslate2 on the processor."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import ctranslate2
import numpy as np

from adapters.ctranslate2.spoken_words import WORDS_MAX, SpokenWord, spoken_words
from application.errors import AdapterError
from application.inference_batches import Arrays, in_batches, item_count
from application.ports.inference import ModelInputRefused
from application.ports.placed_models import PlacedModels
from domain.served_model import ServedModel

_START, _PLAIN, _SPECIAL = "<|startoftranscript|>", "<|notimestamps|>", "<|"
_SHAPES = {"mel": (80, 3000), "length_s": ()}
_FRAMES_PER_S = 100
_PRECISION = "int8"
_LENGTH_S_MAX = 30.0


@dataclass(frozen=True, slots=True)
class _Loaded:
    served: ServedModel
    network: Any
    start: int
    """The token by which a text begins."""


@dataclass(slots=True)
class WhisperInference:
    """Serves the `model.bin` of placed models (port `Inference`).

    Takes `mel` (N, 80, 3000), the levels of half a minute as Whisper wants them, and `length_s`
    (N,), how much of it is sound. Gives, padded to 224 a stretch: `words` (text), `word_bounds_s`
    (N, 224, 2), `word_probability`; and `word_count`, `token_count`, `log_probability` (mean of a
    token) and `no_speech`, each (N,). Greedy, one thread: equal input gives equal output.
    """

    placed: PlacedModels
    _loaded: dict[str, _Loaded] = field(default_factory=dict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def model(self, name: str) -> ServedModel:
        return self._model(name).served

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        loaded = self._model(name)
        item_count(name, inputs)
        _check(name, inputs)
        return in_batches(
            name, inputs, batch_max=loaded.served.batch_max, call=lambda part: _heard(loaded, part)
        )

    def _model(self, name: str) -> _Loaded:
        # Under the lock: two threads that want a model at once must not load it twice.
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = self._read(name)
            return self._loaded[name]

    def _read(self, name: str) -> _Loaded:
        placed = self.placed.find(name)
        served = placed.served(
            engine=f"ctranslate2 {ctranslate2.__version__}", precision=_PRECISION
        )
        try:
            network = ctranslate2.models.Whisper(
                str(placed.folder),
                device="cpu",
                compute_type=_PRECISION,
                inter_threads=1,
                intra_threads=1,
            )
        except RuntimeError as error:
            raise AdapterError(
                f"the model {name} cannot be read: run `trendflow models verify`",
                code="model_unreadable",
            ) from error
        listed = (placed.folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")
        return _Loaded(served, network, listed.index(_START))


def _check(name: str, inputs: Arrays) -> None:
    """Raises ModelInputRefused for another name, shape or type than is taken."""
    if inputs.keys() != _SHAPES.keys():
        raise ModelInputRefused(f"{name} takes {sorted(_SHAPES)}, not {sorted(inputs)}")
    for key, value in inputs.items():
        if value.shape[1:] != _SHAPES[key] or value.dtype != np.float32:
            raise ModelInputRefused(f"{name}.{key} takes float32{_SHAPES[key]} items")
    lengths_s = inputs["length_s"]
    if not ((lengths_s > 0) & (lengths_s <= _LENGTH_S_MAX)).all():
        raise ModelInputRefused(f"{name} listens to 30 s at most")


def _heard(loaded: _Loaded, part: Arrays) -> Arrays:
    view = ctranslate2.StorageView.from_array(np.ascontiguousarray(part["mel"]))
    states = loaded.network.encode(view)
    found = loaded.network.generate(
        states,
        [[_START, _PLAIN]] * len(part["mel"]),
        beam_size=1,
        return_scores=True,
        return_no_speech_prob=True,
    )
    said = [_said(each) for each in found]
    paths = loaded.network.align(
        states,
        [loaded.start],
        [ids for ids, _ in said],
        [max(1, round(float(length_s) * _FRAMES_PER_S)) for length_s in part["length_s"]],
    )
    words = [
        spoken_words(
            tokens,
            aligned=path.alignments,
            probabilities=path.text_token_probs,
            length_s=float(length_s),
        )
        for (_, tokens), path, length_s in zip(said, paths, part["length_s"], strict=True)
    ]
    return _padded(words) | {
        "token_count": np.array([len(ids) for ids, _ in said], dtype=np.int64),
        "log_probability": np.array([each.scores[0] for each in found], dtype=np.float32),
        "no_speech": np.array([each.no_speech_prob for each in found], dtype=np.float32),
    }


def _said(found: Any) -> tuple[list[int], list[str]]:
    """The tokens of a text without those that tell of the text."""
    pairs = zip(found.sequences_ids[0], found.sequences[0], strict=True)
    plain = [(number, token) for number, token in pairs if not token.startswith(_SPECIAL)]
    return [number for number, _ in plain], [token for _, token in plain]


def _padded(words: list[list[SpokenWord]]) -> dict[str, np.ndarray[Any, np.dtype[Any]]]:
    texts = [[word.text for word in one] + [""] * (WORDS_MAX - len(one)) for one in words]
    bounds_s = np.zeros((len(words), WORDS_MAX, 2), dtype=np.float32)
    probability = np.zeros((len(words), WORDS_MAX), dtype=np.float32)
    for item, one in enumerate(words):
        for at, word in enumerate(one):
            bounds_s[item, at] = word.start_s, word.end_s
            probability[item, at] = word.probability
    return {
        "words": np.array(texts, dtype=np.str_),
        "word_bounds_s": bounds_s,
        "word_probability": probability,
        "word_count": np.array([len(one) for one in words], dtype=np.int64),
    }
