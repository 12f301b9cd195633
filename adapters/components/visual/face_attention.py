"""face_attention: where the largest face of each frame is turned, and how far its mouth is open."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.face_attention_schema import SCHEMA
from adapters.components.visual.face_cuts import cuts, rows_in
from adapters.components.visual.face_detection import (
    MESH,
    MESH_GROWTH,
    MESH_SIDE_PX,
    PRESENCE_MIN,
)
from adapters.components.visual.faces import FACE_FRAMES
from adapters.components.visual.head_pose import POINT_COUNT, HeadPose, head_pose
from adapters.components.visual.sampled import sampled
from adapters.components.visual.served_items import answers
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="face_attention",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MESH,),
    producer_version="1",
    schema_version="1",
    needs=("faces",),
    frames=FACE_FRAMES,
    cost=Cost.FRAMES,
    memory_mib=300,
)

FACE_MIN_PX = 32.0
"""The mesh of a smaller face lies anyhow."""
CAMERA_MAX_DEG = 20.0


def measure(inputs: Inputs) -> Measurement:
    """Empty when no face is large enough for its mesh to be believed."""
    faces, frames = inputs.artifacts["faces"], sampled(inputs)
    size = np.array([inputs.timeline.width_px, inputs.timeline.height_px], dtype=np.float64)
    sides_px = (faces["face_boxes"][:, 2:] * size).max(axis=1)
    rows = _largest(faces, rows_in(faces, frames), sides_px)
    rows = rows[sides_px[rows] >= FACE_MIN_PX]
    shown = cuts(faces, frames, rows, side_px=MESH_SIDE_PX, growth=MESH_GROWTH)
    told = list(answers(inputs.served, MESH, "frame", shown))
    kept = [at for at, answer in enumerate(told) if float(answer["presence"][0]) > PRESENCE_MIN]
    if not kept:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "faces are too small to be read")
    meshes = (told[at]["mesh"].astype(np.float64).reshape(POINT_COUNT, 3) for at in kept)
    poses = [head_pose(mesh) for mesh in meshes]
    arrays = _arrays(faces, rows[kept], poses, size)
    return Measurement(arrays, units=float(len(frames.indices)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _largest(
    faces: Arrays, rows: NDArray[np.int64], sides_px: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Of each frame's faces the largest, in order of the frames."""
    order = rows[np.lexsort((-sides_px[rows], faces["face_frame_indices"][rows]))]
    _, first = np.unique(faces["face_frame_indices"][order], return_index=True)
    return order[first]


def _arrays(
    faces: Arrays, rows: NDArray[np.int64], poses: list[HeadPose], size: NDArray[np.float64]
) -> Arrays:
    # The cut-out was turned upright by the eyes: what it was turned by belongs to the tilt.
    eyes = (faces["face_marks"][rows, 1] - faces["face_marks"][rows, 0]) * size
    upright_deg = np.degrees(np.arctan2(eyes[:, 1], eyes[:, 0]))
    yaw = np.array([pose.yaw_deg for pose in poses])
    pitch = np.array([pose.pitch_deg for pose in poses])
    roll = np.array([pose.roll_deg for pose in poses]) + upright_deg
    opening = np.array([pose.mouth_opening for pose in poses])
    camera = (np.abs(yaw) < CAMERA_MAX_DEG) & (np.abs(pitch) < CAMERA_MAX_DEG)
    return {
        "times_s": faces["face_frame_indices"][rows] / 12,
        "yaw": yaw.astype(np.float32),
        "pitch": pitch.astype(np.float32),
        "roll": ((roll + 180.0) % 360.0 - 180.0).astype(np.float32),
        "camera": camera,
        "camera_share": np.array(camera.mean()),
        "mouth_opening": opening.astype(np.float32),
        "median_mouth_opening": np.array(np.median(opening)),
        "tracks": faces["face_tracks"][rows],
    }
