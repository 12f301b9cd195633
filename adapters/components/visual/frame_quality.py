"""How fit stored frames are to be shown: focus, light, contrast, colour."""

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

WEIGHTS = np.array([0.5, 0.25, 0.125, 0.125])
"""Of focus, light, contrast and colour. Ours: a blurred frame is no key frame, however bright."""
BLACK_LEVELS_MAX = 24.0
"""A frame whose brightest hundredth stays below this of 255 shows nothing."""

_REDUCTION = 4
_BRIGHTEST_PERCENTILE = 99.0
_MIDDLE_LIGHT = 127.5


@dataclass(frozen=True, slots=True)
class Looks:
    """Figures of each frame, shape (n,): light and contrast in levels of 255."""

    light: NDArray[np.float64]
    contrast: NDArray[np.float64]
    colour: NDArray[np.float64]
    black: NDArray[np.bool_]


def looks(pictures: Iterable[NDArray[np.uint8]]) -> Looks:
    """Looks at each RGB picture once, at a quarter of its size."""
    rows = np.array([_look(picture) for picture in pictures])
    return Looks(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3] < BLACK_LEVELS_MAX)


def qualities(seen: Looks, focus: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each quality of each frame, 0 to 1 against the best of this video, shape (n, 4).

    Light is best in the middle of the scale. Frames whose focus is not known count as blurred.
    """
    light = 1 - np.abs(seen.light - _MIDDLE_LIGHT) / _MIDDLE_LIGHT
    sharp = _against_best(np.nan_to_num(focus, nan=0.0))
    return np.stack([sharp, light, _against_best(seen.contrast), _against_best(seen.colour)], 1)


def colourfulness(picture: NDArray[np.uint8]) -> float:
    """After Hasler & Süsstrunk (SPIE 5007, 2003): 0 for grey, about 100 for very colourful."""
    red, green, blue = (picture[..., at].astype(np.float64) for at in range(3))
    across, along = red - green, (red + green) / 2 - blue
    spread = np.hypot(across.std(), along.std())
    return float(spread + 0.3 * np.hypot(across.mean(), along.mean()))


def _look(picture: NDArray[np.uint8]) -> tuple[float, float, float, float]:
    height_px, width_px = picture.shape[:2]
    size = (max(1, width_px // _REDUCTION), max(1, height_px // _REDUCTION))
    small = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    luma = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))
    brightest = float(np.percentile(luma, _BRIGHTEST_PERCENTILE))
    return float(luma.mean()), float(luma.std()), colourfulness(small), brightest


def _against_best(values: NDArray[np.float64]) -> NDArray[np.float64]:
    best = float(values.max())
    return np.clip(values / best, 0.0, 1.0) if best > 0 else np.zeros(len(values))
