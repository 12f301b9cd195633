"""Where text stands in pictures: the served detector's map of text, brought to one box a line.

Differentiable binarisation (Liao et al. 2020): what is likely text is outlined, each outline is
grown, since the network learnt shrunken ones, and a box is kept where its inside is likely enough.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.fitting import Picture
from adapters.components.visual.served_items import answers
from application.ports.inference import Inference

DETECTOR = "ppocr_detector"
SHORT_SIDE_PX = 544
LONG_SIDE_PX = 1280

_SIDE_OF = 32
_LIKELY_MIN = 0.3
_MEAN_MIN = 0.6
_GROWTH = 1.6
_HEIGHT_MIN_PX = 4.0
_OUTLINES_MAX = 400
_PICTURES_A_CALL = 2
_PATCH_PX, _ALIKE_MAX = 8, 4

Corners = NDArray[np.float64]
"""Left top, right top, right bottom, left bottom of a line as it is read; x, y in pixels of the
picture, shape (4, 2)."""


@dataclass(frozen=True, slots=True)
class TextBox:
    """One line of text in one picture."""

    corners: Corners
    score: float


def find_text(
    served: Inference, shown: Iterable[Picture]
) -> Iterator[tuple[Picture, list[TextBox]]]:
    """Each picture in order with its lines from top to bottom. All are of one size.

    A picture that shows what the last one looked at shows is not looked at again.
    """
    waiting = iter(shown)
    looked_at: Picture | None = None
    boxes: list[TextBox] = []
    while chunk := list(islice(waiting, _PICTURES_A_CALL)):
        small = [fitted(picture) for picture in chunk]
        fresh = []
        for one in small:
            # With the last one looked at, not with its neighbour: what comes slowly comes too.
            fresh.append(not _alike(one, looked_at))
            looked_at = one if fresh[-1] else looked_at
        asked = [one for one, is_fresh in zip(small, fresh, strict=True) if is_fresh]
        told = answers(served, DETECTOR, "frame", asked, at_once=_PICTURES_A_CALL)
        for picture, is_fresh in zip(chunk, fresh, strict=True):
            if is_fresh:
                likely = next(told)["probabilities"][0]
                scale = np.array(picture.shape[1::-1]) / np.array(likely.shape[::-1])
                boxes = _in_order(boxes_of(likely, scale))
            yield picture, boxes


def fitted(picture: Picture) -> Picture:
    """The picture with sides of multiples of 32, none larger than the detector needs."""
    height_px, width_px = picture.shape[:2]
    scale = min(
        1.0, SHORT_SIDE_PX / min(height_px, width_px), LONG_SIDE_PX / max(height_px, width_px)
    )
    size = (_side(width_px * scale), _side(height_px * scale))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=how), dtype=np.uint8)


def boxes_of(likely: NDArray[np.float32], scale: NDArray[np.float64]) -> list[TextBox]:
    """The boxes in a map of how likely each pixel is text; `scale` brings x, y to the picture."""
    mask = (likely > _LIKELY_MIN).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:_OUTLINES_MAX]:
        box = _box(likely, np.asarray(outline, dtype=np.float32)[:, 0])
        if box is not None:
            found.append(TextBox(box.corners * scale, box.score))
    return found


def _alike(one: Picture, other: Picture | None) -> bool:
    """Whether no patch of eight pixels differs by more than noise does."""
    if other is None:
        return False
    size = (one.shape[1] // _PATCH_PX, one.shape[0] // _PATCH_PX)
    patches = (
        cv2.resize(each, size, interpolation=cv2.INTER_AREA).astype(np.int16)
        for each in (one, other)
    )
    return bool(np.abs(np.subtract(*patches)).max() <= _ALIKE_MAX)


def _box(likely: NDArray[np.float32], outline: NDArray[np.float32]) -> TextBox | None:
    middle, size, angle_deg = cv2.minAreaRect(outline)
    if min(size) < _HEIGHT_MIN_PX - 1:
        return None
    score = _mean_inside(likely, outline)
    if score < _MEAN_MIN:
        return None
    # Growing by area over girth moves every side out by the same distance (Vatti clipping).
    area, girth = size[0] * size[1], 2 * (size[0] + size[1])
    out = 2 * _GROWTH * area / girth
    grown = (middle, (size[0] + out, size[1] + out), angle_deg)
    corners = np.asarray(cv2.boxPoints(grown), dtype=np.float64)
    return TextBox(_as_read(corners), score)


def _mean_inside(likely: NDArray[np.float32], outline: NDArray[np.float32]) -> float:
    left, top = np.floor(outline.min(axis=0)).astype(int)
    right, bottom = np.ceil(outline.max(axis=0)).astype(int) + 1
    part = likely[top:bottom, left:right]
    inside = np.zeros(part.shape, dtype=np.uint8)
    cv2.fillPoly(inside, [np.round(outline - (left, top)).astype(np.int32)], (1,))
    return float(cv2.mean(part, inside)[0])


def _as_read(corners: Corners) -> Corners:
    """The corners from the top left on, clockwise, for a line that runs more or less level."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    left, right = left[np.argsort(left[:, 1])], right[np.argsort(right[:, 1])]
    return np.stack([left[0], right[0], right[1], left[1]])


def _in_order(boxes: list[TextBox]) -> list[TextBox]:
    """From top to bottom; those that begin on one height from left to right."""

    def place(box: TextBox) -> tuple[int, float]:
        height_px = float(np.linalg.norm(box.corners[3] - box.corners[0]))
        return round(float(box.corners[:, 1].mean()) / max(1.0, height_px / 2)), box.corners[0, 0]

    return sorted(boxes, key=place)


def _side(length_px: float) -> int:
    return max(_SIDE_OF, round(length_px / _SIDE_OF) * _SIDE_OF)
