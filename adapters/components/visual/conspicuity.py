"""Where a picture stands out from its surroundings: centre-surround contrast over many scales.

After Itti, Koch & Niebur (IEEE PAMI 20, 1998): differences of Gaussians of intensity and of the two
opponent colours, here the strongest over the scales and channels. The spectral residual of Hou &
Zhang (CVPR 2007) was tried first: on a disc wider than a quarter of the picture it peaks at the
rim, 13-32 % from the centre, and the tolerance is 5 %.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

MAP_SHORT_SIDE_CELLS = 32
CONTRAST_MIN = 4.0
"""Levels of 255 that something must stand out by; below is noise of the camera and the codec."""

_SIGMAS_CELLS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Each is the surround of the one before."""
_SUBJECT_LEVEL = 0.5
_AREA = cv2.INTER_AREA


@dataclass(frozen=True, slots=True)
class Subject:
    """What stands out most: its centre as shares of width and height, and its share of the area."""

    x: float
    y: float
    area_share: float


def conspicuity(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Contrast to the surroundings in levels of 255, on a grid whose short side has 32 cells.

    `picture` is RGB, shape (height, width, 3).
    """
    height_px, width_px = picture.shape[:2]
    scale = MAP_SHORT_SIDE_CELLS / min(height_px, width_px)
    size = (max(1, round(width_px * scale)), max(1, round(height_px * scale)))
    # Halving first takes OpenCV's fast path: four times quicker than one step.
    half = cv2.resize(picture, (max(1, width_px // 2), max(1, height_px // 2)), None, 0, 0, _AREA)
    small = cv2.resize(half, size, None, 0, 0, _AREA).astype(np.float32)
    strongest = np.zeros(small.shape[:2], dtype=np.float32)
    channels = _opponents(small)
    for centre, surround in pairwise(_blurred(channels, sigma) for sigma in _SIGMAS_CELLS):
        difference = cv2.absdiff(centre, surround)
        for channel in range(difference.shape[2]):
            np.maximum(strongest, difference[..., channel], out=strongest)
    return strongest


def subject(contrast: NDArray[np.float32]) -> Subject | None:
    """The region around the peak that stands out at least half as much; None in a flat picture."""
    peak = float(contrast.max())
    if peak < CONTRAST_MIN:
        return None
    _, regions = cv2.connectedComponents((contrast >= _SUBJECT_LEVEL * peak).astype(np.uint8))
    region = regions == regions[np.unravel_index(int(contrast.argmax()), contrast.shape)]
    rows, columns = np.nonzero(region)
    weights = contrast[region].astype(np.float64)
    return Subject(
        x=float(np.average(columns + 0.5, weights=weights)) / contrast.shape[1],
        y=float(np.average(rows + 0.5, weights=weights)) / contrast.shape[0],
        area_share=float(region.mean()),
    )


def _opponents(small: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intensity, red against green and blue against yellow, each spanning 255 levels."""
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    intensity = 0.299 * red + 0.587 * green + 0.114 * blue
    return np.stack([intensity, (red - green) / 2, (blue - (red + green) / 2) / 2], axis=2)


def _blurred(channels: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    across = 2 * math.ceil(3 * sigma) + 1
    blurred = cv2.GaussianBlur(channels, (across, across), sigma, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, dtype=np.float32)
