"""Speech transcript: what is said and when, by the served recogniser Whisper.

The words themselves are not kept: R-703 allows raw text only of owners that are verified, which no
installation does yet. What others compute from words is counted here.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.excerpts import excerpts
from adapters.components.audio.listening import Heard, listen
from adapters.components.audio.speech_cuts import LENGTH_S_MAX, Bounds, cuts
from adapters.components.audio.speech_transcript_schema import SCHEMA
from adapters.components.audio.word_signs import ends_question, is_filler, syllable_count
from application.errors import AdapterError
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality, SoundKind

MODEL = "whisper_tiny_en"

SPEC = ComponentSpec(
    name="speech_transcript",
    modality=Modality.AUDIO,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="4",
    schema_version="1",
    needs=("voice_activity",),
    reads_metadata=("language",),
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
    memory_mib=700,
)

RATE_HZ = 16_000
_SPEECH_S_MIN = 1.0
_UNDERSTOOD_MIN = 0.5
_REPEATED_S_MAX = (10.0, 5.0)
"""A sentence fits once or twice, which is no repetition yet; then once."""


class LanguageNotServed(AdapterError):
    """The served recogniser does not understand what is spoken: another language, or no speech."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="speech_language_not_served")


def measure(inputs: Inputs) -> Measurement:
    """Empty without speech, or with less than a second of it. Raises LanguageNotServed."""
    spoken_s = inputs.artifacts["voice_activity"]["speech_bounds_s"]
    if not len(spoken_s):
        return Measurement.empty(EmptyReason.NO_SPEECH)
    if float(np.diff(spoken_s).sum()) < _SPEECH_S_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of speech")
    languages = inputs.served.model(MODEL).languages
    declared = (inputs.metadata.language or "").lower()[:2]
    if declared and declared not in languages:
        raise LanguageNotServed(f"declared {declared}, served are {', '.join(languages)}")
    heard = transcribed(inputs)
    understood = [each for each in heard if each.is_understood]
    speech_s = sum(each.length_s for each in heard)
    share = sum(each.length_s for each in understood) / speech_s
    if share < _UNDERSTOOD_MIN:
        raise LanguageNotServed(f"understood {share:.0%}, served are {', '.join(languages)}")
    told = _language(understood) or languages[0]
    return Measurement(_arrays(understood, share, language=told))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def transcribed(inputs: Inputs) -> list[Heard]:
    """What is heard in each stretch of speech, cut where it pauses. Raises what `infer` raises.

    A recogniser that repeats itself may not come out of it before its answer is full. Where it does
    it hears again, a little at a time, and then less.
    """
    heard = list(_heard(inputs, _cut(inputs, longest_s=LENGTH_S_MAX)))
    for longest_s in _REPEATED_S_MAX:
        heard = _in_pieces(inputs, heard, longest_s)
    return heard


def _in_pieces(inputs: Inputs, heard: list[Heard], longest_s: float) -> list[Heard]:
    """Stretches that are repetitive and longer than these heard again in pieces, in one pass."""
    pieces_s = {}
    for each in heard:
        if not each.is_repetitive:
            continue
        within_s = (each.start_s, each.start_s + each.length_s)
        own_s = _cut(inputs, within_s=within_s, longest_s=longest_s)
        if len(own_s) > 1:
            pieces_s[each.start_s] = own_s
    if not pieces_s:
        return heard
    kept = [each for each in heard if each.start_s not in pieces_s]
    again = _heard(inputs, np.concatenate(list(pieces_s.values())))
    return sorted([*kept, *again], key=lambda each: each.start_s)


def _cut(
    inputs: Inputs, *, longest_s: float, within_s: tuple[float, float] = (0.0, np.inf)
) -> Bounds:
    """All speech in pieces that reach nowhere beyond `within_s`, shape (n, 2)."""
    activity = inputs.artifacts["voice_activity"]
    spoken_s = np.clip(activity["speech_bounds_s"], *within_s)
    bounds_s = cuts(
        spoken_s[np.ptp(spoken_s, axis=1) > 0],
        activity["times_s"],
        activity["speech_probability"],
        duration_s=inputs.sounds[SoundKind.SPEECH].sample_count / RATE_HZ,
        longest_s=longest_s,
    )
    return np.clip(bounds_s, *within_s)


def _heard(inputs: Inputs, bounds_s: Bounds) -> Iterator[Heard]:
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"speech_transcript reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    samples = [(round(first * RATE_HZ), round(last * RATE_HZ)) for first, last in bounds_s]
    return listen(MODEL, inputs.served, bounds_s, excerpts(sound, samples))


def _language(understood: list[Heard]) -> str:
    """The language that is spoken longest; empty where the recogniser knows but one."""
    spoken_s: dict[str, float] = {}
    for each in understood:
        spoken_s[each.language] = spoken_s.get(each.language, 0.0) + each.length_s
    return max(spoken_s, key=lambda language: (spoken_s[language], language))


def _arrays(
    understood: list[Heard], share: float, *, language: str
) -> dict[str, NDArray[np.generic]]:
    words = [word for each in understood for word in each.words]
    probability = np.concatenate([each.probability for each in understood]).astype(np.float32)
    stretches_s = [(each.start_s, each.start_s + each.length_s) for each in understood]
    return {
        "word_count": np.array(len(words), dtype=np.int64),
        "token_count": np.array(sum(each.token_count for each in understood), dtype=np.int64),
        "language": np.array(language),
        "understood_share": np.array(min(1.0, share)),
        "confidence": np.array(float(probability.mean())),
        "understood_bounds_s": np.asarray(stretches_s, dtype=np.float64),
        "word_bounds_s": np.concatenate([each.bounds_s for each in understood]),
        "word_probability": probability,
        "word_syllables": np.array([syllable_count(word) for word in words], dtype=np.int64),
        "fillers": np.array([is_filler(word) for word in words], dtype=np.bool_),
        "question_ends": np.array([ends_question(word) for word in words], dtype=np.bool_),
        "words": np.array([], dtype="U1"),
    }
