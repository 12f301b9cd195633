"""Builders of component inputs from made signals and pictures."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from adapters.preparation import pictures
from adapters.preparation.frames import ArrayFrames
from adapters.preparation.sound import BLOCK_S, ArraySound
from adapters.preparation.spectra import BLOCK_COLUMNS, ArraySpectra
from adapters.preparation.stream import FrameStream
from application.artifact_validation import validate
from application.ports.components import Arrays, Component, Inputs, Measurement, Timeline
from domain.component import SoundKind
from domain.sampling import frame_count, plan
from domain.video import Metadata
from tests.components.signals import white_noise

Picture = NDArray[np.uint8]


def a_timeline(
    *, duration_s: float = 10.0, width_px: int = 568, height_px: int = 320, has_sound: bool = True
) -> Timeline:
    return Timeline(
        frame_count=frame_count(duration_s),
        duration_s=duration_s,
        width_px=width_px,
        height_px=height_px,
        has_sound=has_sound,
    )


def sound_inputs(
    component: Component,
    sounds: Mapping[SoundKind, tuple[NDArray[np.float32], int]],
    *,
    artifacts: Mapping[str, Arrays] | None = None,
    block_s: float = BLOCK_S,
    block_columns: int = BLOCK_COLUMNS,
) -> Inputs:
    """Inputs of a sound component from samples (n,) or (n, channels) and their rates."""
    given = {k: ArraySound(s, rate_hz=r, block_s=block_s) for k, (s, r) in sounds.items()}
    samples, rate_hz = next(iter(sounds.values()))
    spectra = None
    if component.spec.spectra:
        spectra = ArraySpectra(given[SoundKind.MUSIC], block_columns=block_columns)
    return Inputs(
        timeline=a_timeline(duration_s=len(samples) / rate_hz),
        metadata=Metadata(),
        parameters=component.spec.parameters,
        sounds=given,
        spectra=spectra,
        artifacts=artifacts or {},
    )


def spoken_inputs(
    component: Component, *, seconds: float, bounds_s: tuple[float, float], rate_hz: int = 16_000
) -> Inputs:
    """Inputs of a component of speech from noise in which a voice is surely heard within bounds."""
    times_s = np.arange(0.016, seconds, 0.032)
    activity = {
        "speech_bounds_s": np.array([bounds_s]),
        "times_s": times_s,
        "speech_probability": np.ones(len(times_s), np.float32),
    }
    sounds = {SoundKind.SPEECH: (white_noise(seconds, rate_hz=rate_hz), rate_hz)}
    return sound_inputs(component, sounds, artifacts={"voice_activity": activity})


def picture_inputs(
    component: Component,
    shown: Iterable[Picture],
    *,
    artifacts: Mapping[str, Arrays] | None = None,
    metadata: Metadata | None = None,
    shown_s: Sequence[float] = (),
) -> Inputs:
    """Inputs of a picture component from RGB pictures at 12 fps, streamed and sampled.

    `shown_s` are the moments that the pictures were made at; without any, those of the grid.
    """
    planes = [pictures.planes_of(picture) for picture in shown]
    return planes_inputs(component, planes, artifacts=artifacts, metadata=metadata, shown_s=shown_s)


def planes_inputs(
    component: Component,
    planes: Sequence[pictures.Planes] | NDArray[np.uint8],
    *,
    artifacts: Mapping[str, Arrays] | None = None,
    metadata: Metadata | None = None,
    shown_s: Sequence[float] = (),
) -> Inputs:
    """Inputs of a picture component from stored planes, as a decoded clip gives them."""
    height_px, width_px = planes[0].shape[0] * 2 // 3, planes[0].shape[1]
    line = Timeline(
        frame_count=len(planes),
        duration_s=len(planes) / 12,
        width_px=width_px,
        height_px=height_px,
        has_sound=False,
        shown_s=tuple(shown_s) or tuple(index / 12 for index in range(len(planes))),
    )
    return Inputs(
        timeline=line,
        metadata=metadata or Metadata(),
        parameters=component.spec.parameters,
        observed=_watched(component, planes, line),
        frames=_sampled(component, planes, detail=False),
        detail=_sampled(component, planes, detail=True),
        artifacts=artifacts or {},
    )


def measured(component: Component, inputs: Inputs) -> Measurement:
    """Runs the component and, when it found something, checks it against its schema."""
    found = component.measure(inputs)
    if found.empty_reason is None:
        validate(found.arrays, component.schema)
    return found


def _watched(
    component: Component, planes: Sequence[pictures.Planes] | NDArray[np.uint8], line: Timeline
) -> Arrays:
    if component.watch is None:
        return {}
    watcher, stream = component.watch(line), FrameStream()
    for index, one in enumerate(planes):
        watcher.see(stream.frame(index, one))
    return watcher.observed()


def _sampled(
    component: Component, planes: Sequence[pictures.Planes] | NDArray[np.uint8], *, detail: bool
) -> ArrayFrames | None:
    budget = component.spec.detail if detail else component.spec.frames
    if budget is None:
        return None
    indices = plan(len(planes), {"it": budget}, {}).frames["it"]
    return ArrayFrames(indices, [planes[index] for index in indices])
