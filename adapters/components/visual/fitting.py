"""Pictures made as large as a served model takes them."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def boxed(picture: Picture, side_px: int) -> tuple[Picture, float]:
    """The picture whole at the top left of a black square, and pixels of the square a pixel of it.

    Shape (side_px, side_px, 3).
    """
    scale = side_px / max(picture.shape[:2])
    height_px, width_px = (max(1, round(length * scale)) for length in picture.shape[:2])
    square = np.zeros((side_px, side_px, 3), dtype=np.uint8)
    square[:height_px, :width_px] = _resized(picture, width_px, height_px)
    return square, scale


def middle(picture: Picture, *, short_side_px: int, side_px: int) -> Picture:
    """The middle square of a picture whose short side is made `short_side_px`."""
    scale = short_side_px / min(picture.shape[:2])
    height_px, width_px = (max(side_px, round(length * scale)) for length in picture.shape[:2])
    return _middle_of(_resized(picture, width_px, height_px), side_px)


def squashed(picture: Picture, *, whole_px: int, side_px: int) -> Picture:
    """The middle square of a picture made a square of `whole_px` whatever its shape."""
    return _middle_of(_resized(picture, whole_px, whole_px), side_px)


def _middle_of(picture: Picture, side_px: int) -> Picture:
    top, left = ((length - side_px) // 2 for length in picture.shape[:2])
    return np.ascontiguousarray(picture[top : top + side_px, left : left + side_px])


def _resized(picture: Picture, width_px: int, height_px: int) -> Picture:
    shrinks = width_px * height_px <= picture.shape[0] * picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, (width_px, height_px), interpolation=how), np.uint8)
