"""shots_neural: shots and transitions by TransNet V2 (Souček and Lokoč 2020) over 12 fps frames.

The network learnt from films of 24 to 30 frames a second: each frame is shown to it twice. A cut is
the moment of the first frame of the new shot.
"""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.curves import RATE_HZ
from adapters.components.visual.passages import Passage, passages
from adapters.components.visual.served_items import answers
from adapters.components.visual.shots_neural_schema import SCHEMA
from application.ports.components import (
    Arrays,
    Component,
    Inputs,
    Measurement,
    StreamFrame,
    Timeline,
)
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

MODEL = "transnet_v2"

SPEC = ComponentSpec(
    name="shots_neural",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="3",
    schema_version="1",
    streams=True,
    cost=Cost.FRAMES,
    memory_mib=1000,
)

_FRAMES_MIN = 6
_TIMES_SHOWN = 2
_WINDOW, _STEP, _MARGIN = 200, 150, 25
_WIDTH_PX, _HEIGHT_PX = 48, 27
_OUTPUTS = ("ends", "transitions")


class SmallFrames:
    """Keeps every frame 48 by 27 (`FrameWatcher`), in one piece: 2.8 MB a minute.

    Sees nothing more once it was asked what it observed.
    """

    def __init__(self, timeline: Timeline) -> None:
        del timeline
        self._pixels = bytearray()

    def see(self, frame: StreamFrame) -> None:
        size = (_WIDTH_PX, _HEIGHT_PX)
        small = cv2.resize(frame.half_rgb, size, interpolation=cv2.INTER_AREA)
        self._pixels += np.asarray(small, dtype=np.uint8).data

    def observed(self) -> Arrays:
        """Shape (n, 27, 48, 3)."""
        pixels = np.frombuffer(self._pixels, dtype=np.uint8)
        return {"frames": pixels.reshape(-1, _HEIGHT_PX, _WIDTH_PX, 3)}


def measure(inputs: Inputs) -> Measurement:
    """Empty with less than half a second of frames."""
    frames = inputs.observed["frames"]
    if len(frames) < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{len(frames)} frames")
    told = list(answers(inputs.served, MODEL, "frames", windows(frames)))
    ends, during = (_joined([one[name] for one in told], len(frames)) for name in _OUTPUTS)
    # The network takes the start of the film for a cut, and its end where something moves fast.
    ends[[0, -2, -1]] = during[[0, -1]] = 0.0
    found = passages(frames, ends, during)
    arrays = _arrays(found, ends, inputs.timeline.duration_s)
    return Measurement(arrays, units=float(len(frames)))


COMPONENT = Component(SPEC, SCHEMA, measure, SmallFrames)


def windows(frames: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """200 in a row of the frames shown twice, every 150; beyond the film its ends go on."""
    for start in range(0, len(frames) * _TIMES_SHOWN, _STEP):
        rows = np.arange(start - _MARGIN, start - _MARGIN + _WINDOW) // _TIMES_SHOWN
        yield frames[np.clip(rows, 0, len(frames) - 1)]


def _joined(parts: list[NDArray[np.float32]], count: int) -> NDArray[np.float64]:
    """The inner 150 of every window, in a row; of the times a frame was shown the likeliest."""
    inner = [part[_MARGIN : _MARGIN + _STEP] for part in parts]
    shown = np.concatenate(inner)[: count * _TIMES_SHOWN].astype(np.float64)
    whole = shown.reshape(count, _TIMES_SHOWN).max(axis=1)
    return np.asarray(np.clip(whole, 0.0, 1.0), dtype=np.float64)


def _arrays(found: list[Passage], ends: NDArray[np.float64], duration_s: float) -> Arrays:
    cuts_s = np.array([_moment_s(one) for one in found], dtype=np.float64)
    end_s = max(duration_s, len(ends) / RATE_HZ)
    edges_s = np.concatenate([[0.0], cuts_s, [end_s]])
    bounds_s = [(one.last / RATE_HZ, one.first / RATE_HZ) for one in found]
    arrays: dict[str, NDArray[Any]] = {
        "shot_count": np.array(len(found) + 1),
        "cut_times_s": cuts_s,
        "transition_kinds": np.array([one.kind for one in found], dtype="<U8"),
        "transition_strength": np.array([one.strength for one in found], dtype=np.float64),
        "transition_bounds_s": np.array(bounds_s, dtype=np.float64).reshape(-1, 2),
        "shot_bounds_s": np.stack([edges_s[:-1], edges_s[1:]], axis=1),
        "cut_probability": ends,
        "times_s": np.arange(len(ends)) / RATE_HZ,
    }
    return arrays


def _moment_s(one: Passage) -> float:
    """The first frame of the new shot after a cut; the middle of a slower passage."""
    return (one.first if one.kind == "cut" else (one.last + one.first) / 2) / RATE_HZ
