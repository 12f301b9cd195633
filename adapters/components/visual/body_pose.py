"""body_pose: seventeen points of the most central body, and how lively its arms are."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.body_pose_schema import POINTS, SCHEMA
from adapters.components.visual.fitting import boxed
from adapters.components.visual.sampled import sampled
from adapters.components.visual.sampled_time import edges_of, share_of_time
from adapters.components.visual.served_items import answers
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Kind, Modality

MODEL = "movenet"

SPEC = ComponentSpec(
    name="body_pose",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="2",
    schema_version="1",
    frames=FrameBudget(120, 250, 600),
    cost=Cost.FRAMES,
    memory_mib=200,
)

SCORE_MIN = 0.3
POINTS_MIN = 6
SEEN_SHARE_MIN = 0.1
"""The model gives points where nobody is: a body in fewer frames than this is none."""
SHOULDERS_MIN_SHARE = 0.04
"""Of the picture's longer side: of a smaller or sideways body the model's own trembling counts."""
GAP_MAX_S = 1.0
"""Between frames further apart an arm may have gone anywhere."""
LEAP_MAX_WIDTHS, SIZE_RATIO_MAX = 1.0, 1.5
"""Of two people the model points now at one, now at the other: shoulders that leap by more than
their width, or change it by more than half, are somebody else's. In the corpus those of one person
move by a third of it from frame to frame at most, those of two by three to seven widths."""

_SIDE_PX = 192
_SHOULDERS = [POINTS.index("left_shoulder"), POINTS.index("right_shoulder")]
_ARMS = [POINTS.index(name) for name in ("left_elbow", "right_elbow", "left_wrist", "right_wrist")]


def measure(inputs: Inputs) -> Measurement:
    """Empty when no body is seen."""
    frames = sampled(inputs)
    size = np.array([inputs.timeline.width_px, inputs.timeline.height_px], dtype=np.float64)
    shown = (boxed(picture, _SIDE_PX)[0] for picture in frames.rgb())
    told = [answer["points"] for answer in answers(inputs.served, MODEL, "frame", shown)]
    found = np.array(told, dtype=np.float64).reshape(-1, len(POINTS), 3)
    # Shares of the square, whose side is the picture's longer one.
    points_px = found[..., 1::-1] * size.max()
    scores = np.clip(found[..., 2], 0.0, 1.0)
    seen = (scores >= SCORE_MIN).sum(axis=1) >= POINTS_MIN
    if seen.mean() < SEEN_SHARE_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, f"{seen.sum()} frames with a body")
    times_s = frames.indices / 12
    sure = seen[:, None] & (scores >= SCORE_MIN)
    width_min_px = SHOULDERS_MIN_SHARE * size.max()
    energy = gesture_energy(points_px, sure, times_s, width_min_px=float(width_min_px))
    followed = ~np.isnan(energy)
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    mean = energy[followed].mean() if followed.any() else np.nan
    arrays: dict[str, NDArray[Any]] = {
        "body_share": np.array(share_of_time(seen, edges_s)),
        "mean_gesture_energy": np.array(mean),
        "has_gestures": np.array(followed.any()),
        "times_s": times_s,
        "gesture_energy": energy.astype(np.float32),
        "arms_followed": followed,
        "body_seen": seen,
        "point_names": np.array(POINTS),
        "points": (points_px / size).astype(np.float32),
        "point_scores": scores.astype(np.float32),
    }
    return Measurement(arrays, units=float(len(times_s)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def gesture_energy(
    points_px: NDArray[np.float64],
    sure: NDArray[np.bool_],
    times_s: NDArray[np.float64],
    *,
    width_min_px: float,
) -> NDArray[np.float64]:
    """Mean speed of the arms' sure points, in shoulder widths a second, shape (n,).

    Speeds are against the middle of the shoulders, so that walking and panning are no gestures. NaN
    where shoulders or arms are not sure in a frame and the one before it, where the shoulders are
    narrower than `width_min_px`, and where they leap as from one person to another. `points_px` has
    shape (n, 17, 2), `sure` (n, 17).
    """
    middles = points_px[:, _SHOULDERS].mean(axis=1)
    widths = np.hypot(*np.diff(points_px[:, _SHOULDERS], axis=1)[:, 0].T)
    found = np.full(len(times_s), np.nan)
    for at in range(1, len(times_s)):
        gap_s = times_s[at] - times_s[at - 1]
        both = sure[at] & sure[at - 1]
        arms = [arm for arm in _ARMS if both[arm]]
        width = (widths[at] + widths[at - 1]) / 2
        if gap_s > GAP_MAX_S or not both[_SHOULDERS].all() or not arms or width < width_min_px:
            continue
        leap = float(np.hypot(*(middles[at] - middles[at - 1])))
        narrow, wide = sorted((widths[at], widths[at - 1]))
        if leap > LEAP_MAX_WIDTHS * width or wide > SIZE_RATIO_MAX * narrow:
            continue
        moved = (points_px[at, arms] - middles[at]) - (points_px[at - 1, arms] - middles[at - 1])
        found[at] = np.hypot(*moved.T).mean() / width / gap_s
    return found
