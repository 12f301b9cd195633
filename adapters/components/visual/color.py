"""Colour: brightness, contrast, saturation, colourfulness, warmth, palette, flicker.

Brightness and contrast are mean and standard deviation of full-range luma (BT.601); saturation is
that of HSV; colourfulness is that of Hasler and Süsstrunk (SPIE 5007, 2003). Colours are looked at
in half size, where grain has averaged out.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.color_schema import CURVES, PALETTE, SCHEMA
from adapters.components.visual.flicker import flicker
from adapters.components.visual.palette import palette
from application.ports.components import (
    Arrays,
    Component,
    Inputs,
    Measurement,
    StreamFrame,
    Timeline,
)
from domain.component import ComponentSpec, EmptyReason, Modality

SPEC = ComponentSpec(
    name="color",
    modality=Modality.VISUAL,
    producer_version="1",
    schema_version="1",
    streams=True,
    tier0=True,
)

_BLACK, _WHITE, _EVEN = 0.05, 0.95, 0.05
_COLOURLESS = 4.0
_PALETTE_STRIDE = 12
_PALETTE_PIXELS = 1000
_PALETTE_PIXELS_MAX = 40_000
_FRAMES_MIN = 12


@dataclass
class Watcher:
    """Figures of every frame, and some pixels of one frame a second."""

    timeline: Timeline
    rows: list[tuple[float, ...]] = field(default_factory=list)
    pixels: list[NDArray[np.uint8]] = field(default_factory=list)

    def see(self, frame: StreamFrame) -> None:
        mean, deviation = cv2.meanStdDev(frame.luma)
        small = frame.half_rgb
        self.rows.append((mean.item() / 255, deviation.item() / 255, *_colours(small)))
        if frame.index % _PALETTE_STRIDE == 0:
            flat = small.reshape(-1, 3)
            # An odd step walks through the rows at ever other places.
            step = max(1, len(flat) // _PALETTE_PIXELS) | 1
            self.pixels.append(flat[frame.index % step :: step].copy())

    def observed(self) -> Arrays:
        seen = np.concatenate(self.pixels) if self.pixels else np.zeros((0, 3), dtype=np.uint8)
        thinned = seen[:: max(1, len(seen) // _PALETTE_PIXELS_MAX)]
        return {"rows": np.asarray(self.rows).reshape(-1, len(CURVES)), "pixels": thinned}


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of picture."""
    rows = inputs.observed["rows"]
    if len(rows) < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of picture")
    arrays: dict[str, NDArray[np.generic]] = {"times_s": inputs.timeline.times_s}
    for index, (name, *_) in enumerate(CURVES):
        arrays[name] = rows[:, index]
        arrays[f"mean_{name}"] = np.array(rows[:, index].mean())
    even = rows[:, 1] < _EVEN
    strength, frequency_hz = flicker(rows[:, 0])
    colours, shares = palette(inputs.observed["pixels"], count=PALETTE)
    return Measurement(
        {
            **arrays,
            "black_share": np.array(float((even & (rows[:, 0] < _BLACK)).mean())),
            "white_share": np.array(float((even & (rows[:, 0] > _WHITE)).mean())),
            "grey_share": np.array(float((rows[:, 3] < _COLOURLESS).mean())),
            "flicker_strength": np.array(strength),
            "flicker_hz": np.array(frequency_hz),
            "flicker_found": np.array(bool(np.isfinite(frequency_hz))),
            "palette_rgb": colours,
            "palette_shares": shares,
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure, watch=Watcher)


def _colours(small: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Saturation, colourfulness and warmth of an RGB picture."""
    red, green, blue = cv2.split(small.astype(np.int16))
    red_green = _mean_deviation(cv2.subtract(red, green))
    # Doubled, to stay in whole numbers: (red + green) / 2 - blue.
    doubled = cv2.subtract(cv2.add(red, green), cv2.add(blue, blue))
    mean, deviation = _mean_deviation(doubled)
    yellow_blue = mean / 2, deviation / 2
    spread = np.hypot(red_green[1], yellow_blue[1])
    colorfulness = spread + 0.3 * np.hypot(red_green[0], yellow_blue[0])
    saturation = cv2.mean(cv2.cvtColor(small, cv2.COLOR_RGB2HSV))[1] / 255
    warmth = _mean_deviation(cv2.subtract(red, blue))[0] / 255
    return saturation, float(colorfulness), warmth


def _mean_deviation(values: NDArray[np.generic]) -> tuple[float, float]:
    mean, deviation = cv2.meanStdDev(np.asarray(values, dtype=np.int16))
    return float(mean.item()), float(deviation.item())
