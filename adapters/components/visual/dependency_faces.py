"""What other components take from `faces`, when a profile has it and somebody is seen."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.sampled_time import edges_of, share_of_time
from application.ports.components import Arrays


def seen_share(faces: Arrays, *, start_s: float, end_s: float) -> float:
    """The share of a stretch of time in which at least one face is seen."""
    edges_s = edges_of(faces["times_s"], end_s)
    return share_of_time(faces["counts"] > 0, edges_s, start_s=start_s, end_s=end_s)


def largest(faces: Arrays) -> NDArray[np.int64]:
    """Which of the faces is the largest of its frame, one a frame that has any, in order."""
    boxes, frames = faces["face_boxes"], faces["face_frame_indices"]
    areas = boxes[:, 2] * boxes[:, 3]
    order = np.lexsort((-areas, frames))
    _, first = np.unique(frames[order], return_index=True)
    return np.asarray(order[first], dtype=np.int64)


def area_at(faces: Arrays, times_s: NDArray[np.float64], *, within_s: float) -> NDArray[np.float64]:
    """The part of the picture that faces take at the nearest moment looked at; 0 beyond reach."""
    seen_s, areas = faces["times_s"], faces["area_share"]
    after = np.clip(np.searchsorted(seen_s, times_s), 0, len(seen_s) - 1)
    before = np.maximum(after - 1, 0)
    is_before = np.abs(seen_s[before] - times_s) < np.abs(seen_s[after] - times_s)
    nearest = np.where(is_before, before, after)
    is_near = np.abs(seen_s[nearest] - times_s) <= within_s
    return np.asarray(np.where(is_near, areas[nearest], 0.0), dtype=np.float64)
