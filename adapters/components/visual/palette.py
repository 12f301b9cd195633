"""The main colours of many pixels: k-means in CIELAB (Lloyd 1982), the same on every run."""

import cv2
import numpy as np
from numpy.typing import NDArray

ROUNDS_MAX = 30
NEAR_LAB = 6.0
"""Two colours closer than this are one to the eye at a glance."""


def palette(
    pixels: NDArray[np.uint8], *, count: int
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """At most `count` colours, shape (k, 3) RGB, and their shares (k,), the largest first.

    The first centre is the mean, each further one the pixel furthest from all centres so far, so
    nothing is drawn by lot; a colour that is near one already there is not added.
    """
    lab = _lab(pixels)
    centres = lab.mean(axis=0, keepdims=True)
    while len(centres) < count:
        distance = _distances(lab, centres).min(axis=1)
        if distance.max() < NEAR_LAB**2:
            break
        centres = np.vstack([centres, lab[distance.argmax()]])
    nearest = _distances(lab, centres).argmin(axis=1)
    for _ in range(ROUNDS_MAX):
        centres = _means(lab, nearest, centres)
        moved = _distances(lab, centres).argmin(axis=1)
        if np.array_equal(moved, nearest):
            break
        nearest = moved
    return _ranked(pixels, nearest, len(centres))


def _ranked(
    pixels: NDArray[np.uint8], nearest: NDArray[np.int64], count: int
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    sizes = np.bincount(nearest, minlength=count)
    order = [int(i) for i in np.argsort(-sizes, kind="stable") if sizes[i]]
    colours = [pixels[nearest == i].mean(axis=0).round() for i in order]
    return np.array(colours, dtype=np.uint8), sizes[order] / len(pixels)


def _means(
    lab: NDArray[np.float32], nearest: NDArray[np.int64], centres: NDArray[np.float32]
) -> NDArray[np.float32]:
    found = [lab[nearest == i] for i in range(len(centres))]
    means = [
        part.mean(axis=0) if len(part) else old for part, old in zip(found, centres, strict=True)
    ]
    return np.array(means, dtype=np.float32)


def _distances(lab: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Squared distances, shape (pixels, centres), one centre at a time to bound memory."""
    columns = [np.square(lab - centre).sum(axis=1) for centre in centres]
    return np.stack(columns, axis=1)


def _lab(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    scaled = pixels.reshape(1, -1, 3).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2Lab)[0], dtype=np.float32)
