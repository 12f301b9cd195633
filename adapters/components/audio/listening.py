"""What a served recogniser hears in stretches of speech, and whether it understood them."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.excerpts import Excerpt
from adapters.components.audio.whisper_mel import RATE_HZ, whisper_mel
from application.ports.inference import Inference

_BATCH = 4
# Whisper's own signs of failure are -1 and 2.4; of the tiny network, speech in another language
# reaches -0.8 in the corpus while English stays above -0.4.
_LOG_PROBABILITY_MIN = -0.6
_REPETITION_MAX = 2.4
_TEXT_MIN = 40
_NO_SPEECH_MAX = 0.6


@dataclass(frozen=True, slots=True)
class Heard:
    """One stretch: its words, when each is said on the sound's clock, and how sure it is."""

    start_s: float
    length_s: float
    words: tuple[str, ...] = field(repr=False)
    bounds_s: NDArray[np.float64]
    probability: NDArray[np.float32]
    token_count: int
    log_probability: float
    no_speech: float
    language: str = ""
    """As a recogniser of several languages tells it."""

    @property
    def is_understood(self) -> bool:
        """Whether these may be the words that were said.

        A recogniser makes words up from a language that it does not know: unsure ones, or the same
        ones over and over, which shows in how far they can be compressed (Radford et al., 2022).
        """
        is_speech = bool(self.words) and self.no_speech <= _NO_SPEECH_MAX
        is_sure = self.log_probability >= _LOG_PROBABILITY_MIN
        return is_speech and is_sure and not self.is_repetitive

    @property
    def is_repetitive(self) -> bool:
        """Whether the same comes again and again, to the last token of an answer it may be.

        Made up, or truly said: a loop, a slogan, a chorus. Heard a little at a time it shows.
        """
        text = " ".join(self.words).encode()
        return len(text) >= _TEXT_MIN and len(text) > _REPETITION_MAX * len(zlib.compress(text))


def listen(
    model: str,
    served: Inference,
    bounds_s: NDArray[np.float64],
    stretches: Iterable[Excerpt],
) -> Iterator[Heard]:
    """Asks about each stretch, four at a time. Raises what `Inference` raises."""
    pairs = zip(bounds_s[:, 0].tolist(), stretches, strict=True)
    while some := list(islice(pairs, _BATCH)):
        lengths_s = [len(samples) / RATE_HZ for _, samples in some]
        answer = served.infer(
            model,
            {
                "mel": np.stack([whisper_mel(samples) for _, samples in some]),
                "length_s": np.asarray(lengths_s, dtype=np.float32),
            },
        )
        for at, (start_s, _) in enumerate(some):
            yield _heard({key: value[at] for key, value in answer.items()}, start_s, lengths_s[at])


def _heard(answer: dict[str, NDArray[Any]], start_s: float, length_s: float) -> Heard:
    count = int(answer["word_count"])
    within_s = np.clip(answer["word_bounds_s"][:count].astype(np.float64), 0, length_s)
    return Heard(
        start_s=start_s,
        length_s=length_s,
        words=tuple(str(word) for word in answer["words"][:count]),
        bounds_s=start_s + within_s,
        probability=np.clip(answer["word_probability"][:count], 0, 1),
        token_count=int(answer["token_count"]),
        log_probability=float(answer["log_probability"]),
        no_speech=float(answer["no_speech"]),
        language=str(answer.get("language", "")),
    )
