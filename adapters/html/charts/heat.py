"""Heat strips: many values over time as shades, one row a band."""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adapters.html.charts.axes import Plot

Tint = tuple[int, int, int]

COLUMNS_MAX = 600
_ABSENT = (128, 128, 128, 70)
"""Grey, where every value has a colour."""
_MISSING = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatChart:
    """A picture of one pixel a cell, first band at the bottom, with the scale of its shades."""

    template: ClassVar[str] = "heat"
    plot: Plot
    rows: tuple[str, ...]
    picture: str
    shades: str
    low: str
    high: str


def shade(values: NDArray[np.float64], *, low: float, high: float) -> NDArray[np.uint8]:
    """Values (n, k) as shades 0 to 254, rows of the picture from the top; 255 where missing.

    More columns than a plot can show are averaged in equal stretches.
    """
    thin = _averaged(values)
    span = high - low if high > low else 1.0
    share = np.clip((thin - low) / span, 0.0, 1.0)
    shades = np.where(np.isfinite(thin), np.round(np.nan_to_num(share) * 254), _MISSING)
    return np.ascontiguousarray(shades.T[::-1].astype(np.uint8))


def picture(shades: NDArray[np.uint8], tint: Tint) -> str:
    """The shades as a PNG, base64: one colour, the stronger the higher, over whatever is below."""
    image = Image.fromarray(shades, mode="P")
    image.putpalette([*(255 * tint), *_ABSENT[:3]])
    target = BytesIO()
    strengths = bytes([*range(255), _ABSENT[3]])
    image.save(target, format="PNG", optimize=True, transparency=strengths)
    return base64.b64encode(target.getvalue()).decode("ascii")


def shade_scale(tint: Tint) -> str:
    """A strip of all shades from low to high, as a PNG, base64."""
    return picture(np.arange(0, 255, 2, dtype=np.uint8)[np.newaxis, :], tint)


def _averaged(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(values) <= COLUMNS_MAX:
        return values
    edges = np.linspace(0, len(values), COLUMNS_MAX + 1).astype(int)[:-1]
    present = np.isfinite(values)
    counts = np.add.reduceat(present.astype(np.float64), edges, axis=0)
    sums = np.add.reduceat(np.where(present, values, 0.0), edges, axis=0)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
