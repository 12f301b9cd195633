"""The one conversion from stored YUV planes to what components look at.

Planes are 4:2:0, BT.601, limited range; every view goes through here so that two components can
never see two different pictures.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Planes = NDArray[np.uint8]
"""One frame, shape (height * 3 // 2, width)."""

_FULL_RANGE = np.clip(np.rint((np.arange(256) - 16) * (255 / 219)), 0, 255).astype(np.uint8)
_FULL_CHROMA = np.clip(np.rint((np.arange(256) - 128) * (255 / 224) + 128), 0, 255).astype(np.uint8)


def luma(planes: Planes) -> NDArray[np.uint8]:
    """Full-range luma 0-255, shape (height, width)."""
    height = planes.shape[0] * 2 // 3
    return np.asarray(cv2.LUT(planes[:height], _FULL_RANGE), dtype=np.uint8)


def rgb(planes: Planes) -> NDArray[np.uint8]:
    """Full-range RGB, shape (height, width, 3)."""
    return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420), dtype=np.uint8)


def hsv(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """HSV of an RGB picture: hue 0-179, saturation and value 0-255."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV), dtype=np.uint8)


def half(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture at half width and height, by area averaging."""
    height, width = picture.shape[:2]
    size = (width // 2, height // 2)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def half_rgb(planes: Planes, half_luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGB at half width and height: the stored colour planes have that size already.

    Shape (height // 2, width // 2, 3); a quarter of the work of halving `rgb`.
    """
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    size = (height // 2) * (width // 2)
    chroma = cv2.LUT(planes[height:], _FULL_CHROMA).reshape(-1)
    blue = chroma[:size].reshape(height // 2, width // 2)
    red = chroma[size : 2 * size].reshape(height // 2, width // 2)
    merged = cv2.merge([half_luma, red, blue])
    return np.asarray(cv2.cvtColor(merged, cv2.COLOR_YCrCb2RGB), dtype=np.uint8)


def planes_of(picture: NDArray[np.uint8]) -> Planes:
    """The stored form of an RGB picture with even sides; the inverse of `rgb` but for rounding."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420), dtype=np.uint8)
