"""composition: how frames are built: thirds, symmetry, detail, empty space.

The subject is what stands out most (`conspicuity`); where `faces` are known, the largest of each
frame is placed as well.
Outlines are Canny's (IEEE PAMI 8, 1986).
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.composition_schema import SCHEMA
from adapters.components.visual.conspicuity import Subject, conspicuity, subject
from adapters.components.visual.dependency_faces import largest
from adapters.components.visual.sampled import sampled
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Modality

SPEC = ComponentSpec(
    name="composition",
    modality=Modality.VISUAL,
    producer_version="2",
    schema_version="2",
    uses=("faces",),
    frames=FrameBudget(60, 120, 250),
    cost=Cost.FRAMES,
    memory_mib=100,
)

TEXTURED_SHARE_MIN = 0.1
"""With fewer frames than this to judge, averages would describe those few alone."""
TEXTURE_LEVELS_MIN = 3.0
"""Standard deviation of luma below which a picture is flat but for the noise of its making."""

_CENTRE_TO_THIRD = float(np.hypot(1 / 6, 1 / 6))
_CANNY_LEVELS = (60.0, 150.0)
_CANNY_BLUR_PX = 3
_BLOCK_PX = 16
_EMPTY_BLOCK_LEVELS = 4.0
_SYMMETRY_SHORT_SIDE_PX = 80


@dataclass(frozen=True, slots=True)
class _Frame:
    """What one frame is like; None and NaN where there is nothing to judge."""

    subject: Subject | None
    symmetry: float
    edge_density: float
    negative_space: float


def measure(inputs: Inputs) -> Measurement:
    """Empty when fewer than a tenth of the frames have any texture."""
    frames = sampled(inputs)
    looked_at = [_look(picture) for picture in frames.rgb()]
    symmetry = np.array([one.symmetry for one in looked_at])
    textured = ~np.isnan(symmetry)
    if textured.mean() < TEXTURED_SHARE_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, f"{textured.sum()} frames")
    edges = np.array([one.edge_density for one in looked_at])
    space = np.array([one.negative_space for one in looked_at])
    arrays: dict[str, NDArray[Any]] = {
        "times_s": frames.indices / 12,
        **_subjects([one.subject for one in looked_at]),
        "symmetry": symmetry,
        "textured": textured,
        "edge_density": edges,
        "negative_space": space,
        "mean_symmetry": np.array(symmetry[textured].mean()),
        "mean_edge_density": np.array(edges.mean()),
        "mean_negative_space": np.array(space.mean()),
        **_faces(inputs.artifacts.get("faces")),
    }
    return Measurement(arrays, units=float(len(looked_at)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def thirds_score(x: float, y: float) -> float:
    """1 where lines of thirds cross, falling with the distance to 0 at the centre; shares in."""
    across, down = min(abs(x - 1 / 3), abs(x - 2 / 3)), min(abs(y - 1 / 3), abs(y - 2 / 3))
    return max(0.0, 1 - float(np.hypot(across, down)) / _CENTRE_TO_THIRD)


def symmetry(luma: NDArray[np.uint8]) -> float:
    """Correlation of a picture with its mirror image, 0 where negative; NaN when it is flat."""
    scale = _SYMMETRY_SHORT_SIDE_PX / min(luma.shape)
    size = (round(luma.shape[1] * scale), round(luma.shape[0] * scale))
    small = cv2.resize(luma, size, interpolation=cv2.INTER_AREA).astype(np.float64)
    if small.std() < TEXTURE_LEVELS_MIN:
        return float("nan")
    centred = small - small.mean()
    return max(0.0, float((centred * centred[:, ::-1]).mean() / centred.var()))


def edge_density(luma: NDArray[np.uint8]) -> float:
    """Share of pixels on an outline."""
    smooth = cv2.GaussianBlur(luma, (_CANNY_BLUR_PX, _CANNY_BLUR_PX), 0)
    outlines = cv2.Canny(smooth, *_CANNY_LEVELS, L2gradient=True)
    return cv2.countNonZero(outlines) / luma.size


def negative_space(luma: NDArray[np.uint8]) -> float:
    """Share of blocks of 16 pixels whose luma hardly varies."""
    rows, columns = (
        np.linspace(0, length, max(1, length // _BLOCK_PX) + 1).astype(np.int64)
        for length in luma.shape
    )
    pixels = np.outer(np.diff(rows), np.diff(columns))
    sums, squares = cv2.integral2(luma, sdepth=cv2.CV_32S, sqdepth=cv2.CV_64F)
    total, power = (
        np.diff(np.diff(one[np.ix_(rows, columns)], axis=0), axis=1) for one in (sums, squares)
    )
    variance = power / pixels - np.square(total / pixels)
    return float(np.mean(variance < _EMPTY_BLOCK_LEVELS**2))


def _look(picture: NDArray[np.uint8]) -> _Frame:
    luma = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return _Frame(
        subject=subject(conspicuity(picture)),
        symmetry=symmetry(luma),
        edge_density=edge_density(luma),
        negative_space=negative_space(luma),
    )


def _subjects(found: list[Subject | None]) -> dict[str, NDArray[Any]]:
    there = np.array([one is not None for one in found])
    nothing = (float("nan"),) * 4
    rows = np.array(
        [(thirds_score(s.x, s.y), s.x, s.y, s.area_share) if s else nothing for s in found]
    )
    mean = rows[there, 0].mean() if there.any() else float("nan")
    return {
        "thirds_score": rows[:, 0],
        "subject_x": rows[:, 1],
        "subject_y": rows[:, 2],
        "subject_area": rows[:, 3],
        "subject_found": there,
        "has_subject": np.array(there.any()),
        "mean_thirds_score": np.array(mean),
    }


def _faces(faces: Arrays | None) -> dict[str, NDArray[Any]]:
    """Where the largest face of each frame stands; nothing where no faces are known."""
    rows = np.zeros(0, dtype=np.int64) if faces is None else largest(faces)
    boxes = np.zeros((0, 4)) if faces is None else faces["face_boxes"][rows]
    frames = np.zeros(0) if faces is None else faces["face_frame_indices"][rows]
    places = np.clip(boxes[:, :2] + boxes[:, 2:] / 2, 0.0, 1.0)
    scores = np.array([thirds_score(float(x), float(y)) for x, y in places])
    room = np.clip(boxes[:, 1], 0.0, 1.0)
    return {
        "face_times_s": frames / 12,
        "face_x": places[:, 0],
        "face_y": places[:, 1],
        "face_thirds_score": scores,
        "mean_face_thirds_score": np.array(scores.mean() if scores.size else np.nan),
        "mean_face_headroom": np.array(room.mean() if room.size else np.nan),
        "uses_faces": np.array(bool(scores.size)),
    }
