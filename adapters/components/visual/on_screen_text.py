"""on_screen_text: where and how long text stands in the picture, how much, and in what letters.

The words themselves are not kept: R-703 allows raw text only of owners that are verified, which no
installation does yet. What others compute from words is computed here: letters, calls to action,
and the direction of the text, by which it is compared with the title.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text.markers import Marker, find
from adapters.components.text.pieces import VOCABULARY, Pieces
from adapters.components.text.sentence_vectors import MODEL, WIDTH, vectors_of
from adapters.components.text.text_language import language_of
from adapters.components.text.words import script_counts
from adapters.components.visual.on_screen_text_schema import SCHEMA, SCRIPTS
from adapters.components.visual.sampled_time import edges_of, share_of_time
from adapters.components.visual.text_boxes import DETECTOR, find_text
from adapters.components.visual.text_lines import CYRILLIC_READER, READER
from adapters.components.visual.text_tracks import Line, LineTrack, followed, read_over_time
from application.ports.components import Component, Inputs, Measurement
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Kind, Modality
from domain.video import ANALYSIS_RATE_HZ

SPEC = ComponentSpec(
    name="on_screen_text",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(DETECTOR, READER, CYRILLIC_READER, MODEL, VOCABULARY),
    producer_version="2",
    schema_version="1",
    detail=FrameBudget(16, 40, 80),
    cost=Cost.FRAMES,
    memory_mib=800,
)

_LETTERS_MIN = 2


def measure(inputs: Inputs) -> Measurement:
    """Empty where no text is read. Raises what `infer` raises."""
    if inputs.detail is None or not inputs.detail.indices.size:
        raise ValueError("no frames at the source's resolution were planned for this component")
    found = find_text(inputs.served, inputs.detail.rgb())
    shown = list(read_over_time(inputs.served, found))
    tracks = followed(shown)
    if not tracks:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED)
    times_s = inputs.detail.indices / ANALYSIS_RATE_HZ
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    said = list(dict.fromkeys(track.best.reading.text for track in tracks))
    arrays: dict[str, NDArray[Any]] = {
        "times_s": times_s,
        **_over_time(shown, edges_s),
        **_appearances(tracks, edges_s),
        **_each_line(shown, inputs.detail.indices),
        **_letters(said),
        **_direction(inputs.served, " ".join(said)),
        "words": np.array([], dtype="U1"),
    }
    return Measurement(arrays, units=float(len(times_s)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _over_time(
    shown: Sequence[Sequence[Line]], edges_s: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    areas = np.array([min(1.0, sum(line.area_share for line in lines)) for lines in shown])
    there = np.array([bool(lines) for lines in shown])
    return {
        "area_share": areas,
        "characters": np.array([sum(len(line.key) for line in lines) for lines in shown]),
        "lines": np.array([len(lines) for lines in shown]),
        "text_time_share": np.array(share_of_time(there, edges_s)),
        "mean_area_share": np.array(areas[there].mean()),
        "first_text_s": np.array(edges_s[np.flatnonzero(there)[0]]),
    }


def _appearances(
    tracks: Sequence[LineTrack], edges_s: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    best = [track.best for track in tracks]
    bounds_s = np.array([(edges_s[one.rows[0]], edges_s[one.rows[-1] + 1]) for one in tracks])
    calls = [bool(find(line.reading.text, (Marker.CALL_TO_ACTION,))) for line in best]
    return {
        "line_count": np.array(len({line.key for line in best})),
        "line_bounds_s": bounds_s,
        "line_characters": np.array([len(line.key) for line in best]),
        "line_confidence": np.array([line.reading.confidence for line in best]),
        "line_height_share": np.array([line.bounds[3] - line.bounds[1] for line in best]),
        "line_scripts": np.array([_script(line.reading.text) for line in best]),
        "calls_to_action": np.array(sum(calls)),
        "call_bounds_s": bounds_s[np.array(calls, dtype=np.bool_)],
    }


def _each_line(
    shown: Sequence[Sequence[Line]], indices: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """Where every line of every picture stands, in order of the pictures."""
    every = [(index, line) for index, lines in zip(indices, shown, strict=True) for line in lines]
    left_top_size = [
        np.concatenate([line.bounds[:2], line.bounds[2:] - line.bounds[:2]]) for _, line in every
    ]
    return {
        "box_frame_indices": np.array([index for index, _ in every], dtype=np.int64),
        "boxes": np.array(left_top_size),
    }


def _letters(said: Sequence[str]) -> dict[str, NDArray[Any]]:
    letters, cyrillic, latin = script_counts(" ".join(said))
    counted = np.array([cyrillic, latin, letters - cyrillic - latin])
    return {
        "scripts": np.array(SCRIPTS),
        "script_shares": counted / max(1, letters),
        "language": np.array(str(language_of(". ".join(said), declared=None))),
    }


def _direction(served: Inference, text: str) -> dict[str, NDArray[Any]]:
    """One direction for all that is written; none for a text without words."""
    letters, _, _ = script_counts(text)
    if letters < _LETTERS_MIN:
        return {"text_vectors": np.zeros((0, WIDTH), dtype=np.float32)}
    return {"text_vectors": vectors_of(served, Pieces.served(served), [text])}


def _script(text: str) -> str:
    """The script of most letters; `other` where there are none."""
    letters, cyrillic, latin = script_counts(text)
    counted = {"cyrillic": cyrillic, "latin": latin, "other": letters - cyrillic - latin}
    return max(SCRIPTS, key=lambda name: counted[name]) if letters else "other"
