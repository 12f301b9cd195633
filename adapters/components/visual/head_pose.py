"""Where a head is turned and how far its mouth is open, from the points of its mesh.

Points as MediaPipe numbers them (Kartynnik et al. 2019): x to the right, y down, z away from the
camera, all in one scale.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

POINT_COUNT = 468
LEFT_CHEEK, RIGHT_CHEEK, FOREHEAD, CHIN = 234, 454, 10, 152
"""At the left and the right of the picture when the face looks into the camera."""
UPPER_LIP, LOWER_LIP = 13, 14


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Degrees, and the opening of the mouth in heights of the face.

    `yaw` is positive when the face looks to the right of the picture, `pitch` when it looks up,
    `roll` when it is tilted clockwise: the head is tilted first, then raised, then turned.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    mouth_opening: float


def head_pose(mesh: NDArray[np.float64]) -> HeadPose:
    """The pose of a mesh of shape (468, 3)."""
    across = _unit(mesh[RIGHT_CHEEK] - mesh[LEFT_CHEEK])
    down = mesh[CHIN] - mesh[FOREHEAD]
    height = float(np.linalg.norm(down))
    # The cheeks tell the turn best; down is made square to them.
    down = _unit(down - across * float(across @ down))
    away = np.cross(across, down)
    gaze = -away
    opening = float(np.linalg.norm(mesh[LOWER_LIP] - mesh[UPPER_LIP])) / max(height, 1e-9)
    return HeadPose(
        yaw_deg=float(np.degrees(np.arctan2(gaze[0], -gaze[2]))),
        pitch_deg=float(np.degrees(np.arcsin(np.clip(-gaze[1], -1.0, 1.0)))),
        roll_deg=float(np.degrees(np.arctan2(across[1], down[1]))),
        mouth_opening=opening,
    )


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float64)
