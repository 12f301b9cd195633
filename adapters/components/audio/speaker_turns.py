"""Speaker turns: how many voices speak and who speaks when, by the served model GE2E.

Voices are told apart within one recording and by nothing else: no vector of a voice leaves the
component, so that nobody can be found again by it.
"""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio.excerpts import excerpts
from adapters.components.audio.speaker_turns_schema import SCHEMA
from adapters.components.audio.voice_windows import RATE_HZ, WINDOW, voice_mel, windows
from application.ports.components import Component, Inputs, Measurement, Sound
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality, SoundKind

MODEL = "ge2e"

SPEC = ComponentSpec(
    name="speaker_turns",
    modality=Modality.AUDIO,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    needs=("voice_activity",),
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
)

_SPEECH_S_MIN = 3.0
_BATCH = 16
_SAME_COSINE = 0.6
"""Windows of one voice have 0.7 to 0.9 in the corpus, also under music; of two at most 0.57."""
_WINDOWS_MIN = 2
_MINUTE_S = 60.0

Voices = NDArray[np.float32]
Labels = NDArray[np.int64]


def measure(inputs: Inputs) -> Measurement:
    """Empty without speech, or with less than 3 s of it."""
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"speaker_turns reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    spoken_s = inputs.artifacts["voice_activity"]["speech_bounds_s"]
    if not len(spoken_s):
        return Measurement.empty(EmptyReason.NO_SPEECH)
    starts_s, shares_s = windows(spoken_s, duration_s=sound.sample_count / RATE_HZ)
    if float((shares_s[:, 1] - shares_s[:, 0]).sum()) < _SPEECH_S_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 3 s of speech")
    order = np.argsort(starts_s, kind="stable")
    voices = np.concatenate(list(_voices(sound, starts_s[order], inputs.served)))
    return Measurement(_arrays(speakers(voices[np.argsort(order)]), shares_s))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _voices(sound: Sound, starts_s: NDArray[np.float64], served: Inference) -> Iterator[Voices]:
    """The direction of the voice in each window, some windows at a time, shape (n, 256)."""
    firsts = np.round(starts_s * RATE_HZ).astype(int).tolist()
    cut = excerpts(sound, [(first, first + WINDOW) for first in firsts])
    while some := list(islice(cut, _BATCH)):
        mels = [voice_mel(np.pad(samples, (0, WINDOW - len(samples)))) for samples in some]
        yield served.infer(MODEL, {"mel": np.stack(mels)})["voice"]


def speakers(voices: Voices) -> Labels:
    """Which voice speaks in each window, shape (n,), numbered by how much they speak.

    Windows are joined while the mean cosine between two groups stays above 0.6. A group of one
    window is a change of voices or a noise: it goes to the group that is most like it.
    """
    if len(voices) < _WINDOWS_MIN:
        return np.zeros(len(voices), dtype=np.int64)
    tree = scipy.cluster.hierarchy.linkage(voices.astype(np.float64), "average", metric="cosine")
    labels = scipy.cluster.hierarchy.fcluster(tree, 1 - _SAME_COSINE, "distance") - 1
    counts = np.bincount(labels)
    lasting = np.flatnonzero(counts >= _WINDOWS_MIN)
    if len(lasting):
        means = np.stack([voices[labels == label].mean(axis=0) for label in lasting])
        for at in np.flatnonzero(counts[labels] < _WINDOWS_MIN):
            labels[at] = lasting[np.argmax(means @ voices[at])]
    _, numbered, counts = np.unique(labels, return_inverse=True, return_counts=True)
    ranks = np.argsort(np.argsort(-counts, kind="stable"), kind="stable")
    return np.asarray(ranks[numbered], dtype=np.int64)


def _arrays(labels: Labels, shares_s: NDArray[np.float64]) -> dict[str, NDArray[np.generic]]:
    changes = np.flatnonzero(np.diff(labels)) + 1
    firsts, lasts = np.concatenate([[0], changes]), np.concatenate([changes, [len(labels)]]) - 1
    turns_s = np.stack([shares_s[firsts, 0], shares_s[lasts, 1]], axis=1)
    lengths_s = shares_s[:, 1] - shares_s[:, 0]
    spoken_s = np.bincount(labels, weights=lengths_s)
    # Of the same sums, so that one voice has all of it to the last bit.
    total_s = float(spoken_s.sum())
    return {
        "speaker_count": np.array(len(spoken_s), dtype=np.int64),
        "dominant_share": np.array(float(spoken_s.max()) / total_s),
        "turn_count": np.array(len(turns_s), dtype=np.int64),
        "changes_per_minute": np.array(_MINUTE_S * len(changes) / total_s),
        "turn_median_s": np.array(float(np.median(turns_s[:, 1] - turns_s[:, 0]))),
        "turn_bounds_s": turns_s,
        "turn_speakers": labels[firsts],
        "speaker_shares": spoken_s / total_s,
    }
