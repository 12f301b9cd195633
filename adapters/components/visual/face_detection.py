"""Faces in pictures: BlazeFace finds what may be one, FaceMesh says whether it is.

BlazeFace (Bazarevsky et al. 2019) takes cats and cups for faces now and then; the mesh, laid upon
each find, knows better. Places are shares of the picture's width and height.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.fitting import Picture, boxed
from adapters.components.visual.served_items import ITEMS_A_CALL, Answer, answers
from application.ports.inference import Inference

DETECTOR, MESH = "blazeface", "facemesh"
SCORE_MIN = 0.5
PRESENCE_MIN = 0.3
MESH_SIDE_PX = 192
MESH_GROWTH = 1.5

_SIDE_PX = 256
_OVERLAP_MAX = 0.3
_LOGIT_MAX = 60.0
_GRIDS = ((16, 2), (32, 6))


@dataclass(frozen=True, slots=True)
class Face:
    """One face in one picture; lengths in pixels of that picture.

    `box` is left, top, width, height; `marks` holds six points x, y: the eye at the left of the
    picture, the other, nose, mouth, the ear at the left, the other. Shapes (4,) and (6, 2).
    """

    score: float
    box: NDArray[np.float64]
    marks: NDArray[np.float64]
    presence: float = 1.0

    @property
    def angle_deg(self) -> float:
        """How far the line of the eyes is turned clockwise from level."""
        across, down = self.marks[1] - self.marks[0]
        return float(np.degrees(np.arctan2(down, across)))


def find_faces(served: Inference, shown: Iterable[Picture]) -> Iterator[tuple[Picture, list[Face]]]:
    """Each picture in order with its faces, surest first."""
    waiting = iter(shown)
    while chunk := list(islice(waiting, ITEMS_A_CALL)):
        yield from _of_chunk(served, chunk)


def cut_out(picture: Picture, face: Face, *, side_px: int, growth: float) -> Picture:
    """The face turned upright: a square `growth` times the longer side of its box."""
    centre = face.box[:2] + face.box[2:] / 2
    scale = side_px / max(1.0, float(face.box[2:].max()) * growth)
    turn = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), face.angle_deg, scale)
    moved = np.asarray(turn, dtype=np.float64)
    moved[:, 2] += side_px / 2 - centre
    return np.asarray(cv2.warpAffine(picture, moved, (side_px, side_px)), dtype=np.uint8)


def _of_chunk(served: Inference, chunk: list[Picture]) -> Iterator[tuple[Picture, list[Face]]]:
    fitted = [boxed(picture, _SIDE_PX) for picture in chunk]
    told = answers(served, DETECTOR, "frame", (square for square, _ in fitted))
    candidates = [decoded(one) for one in told]
    faces = [
        [Face(c.score, c.box / scale, c.marks / scale) for c in found]
        for found, (_, scale) in zip(candidates, fitted, strict=True)
    ]
    cuts = (
        cut_out(picture, face, side_px=MESH_SIDE_PX, growth=MESH_GROWTH)
        for picture, found in zip(chunk, faces, strict=True)
        for face in found
    )
    meshes = answers(served, MESH, "frame", cuts)
    for picture, found in zip(chunk, faces, strict=True):
        known = [
            Face(face.score, face.box, face.marks, float(next(meshes)["presence"][0]))
            for face in found
        ]
        yield picture, [face for face in known if face.presence > PRESENCE_MIN]


def decoded(answer: Answer) -> list[Face]:
    """What the detector's answer says of one square of 256 pixels, in its pixels, surest first."""
    logits = np.concatenate([answer["scores_near"], answer["scores_far"]])[:, 0]
    scores = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -_LOGIT_MAX, _LOGIT_MAX)))
    sure = np.flatnonzero(scores > SCORE_MIN)
    if not sure.size:
        return []
    told = np.concatenate([answer["boxes_near"], answer["boxes_far"]])[sure].astype(np.float64)
    anchors = _ANCHORS[sure]
    size = told[:, 2:4]
    boxes = np.concatenate([told[:, :2] + anchors - size / 2, size], axis=1)
    marks = told[:, 4:].reshape(-1, 6, 2) + anchors[:, None]
    kept = cv2.dnn.NMSBoxes(boxes.tolist(), scores[sure].tolist(), SCORE_MIN, _OVERLAP_MAX)
    return [Face(float(scores[sure][at]), boxes[at], marks[at]) for at in np.ravel(kept)]


def _anchors() -> NDArray[np.float64]:
    """The middles of the detector's 896 anchors, x then y, shape (896, 2)."""
    found = []
    for cell_px, amount in _GRIDS:
        along = (np.arange(_SIDE_PX // cell_px) + 0.5) * cell_px
        down, across = np.meshgrid(along, along, indexing="ij")
        middles = np.stack([across.ravel(), down.ravel()], axis=1)
        found.append(np.repeat(middles, amount, axis=0))
    return np.concatenate(found)


_ANCHORS = _anchors()
