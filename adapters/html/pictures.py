"""The key frames of a page: each picture is held once and shown where it is wanted."""

import base64
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

_NEAR_S = 0.06
"""Three quarters of a step of the 12 fps timeline: times were rounded, pictures were not moved."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One JPEG of the video."""

    id: str
    at_s: float
    width_px: int
    height_px: int
    base64: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """All pictures of a page, in order of time."""

    all: tuple[Picture, ...]

    def at(self, seconds: float) -> Picture | None:
        """The picture of that moment, if there is one."""
        nearest = min(self.all, key=lambda picture: abs(picture.at_s - seconds), default=None)
        if nearest is None or abs(nearest.at_s - seconds) > _NEAR_S:
            return None
        return nearest


def pictures(key_frames: tuple[tuple[float, bytes], ...]) -> Pictures:
    """Reads the sizes of the JPEG files and numbers them by time."""
    in_order = sorted(key_frames, key=lambda key_frame: key_frame[0])
    return Pictures(
        tuple(_picture(index, at_s, jpeg) for index, (at_s, jpeg) in enumerate(in_order))
    )


def _picture(index: int, at_s: float, jpeg: bytes) -> Picture:
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as image:
        width_px, height_px = image.size
    return Picture(
        f"frame-{index}", at_s, width_px, height_px, base64.b64encode(jpeg).decode("ascii")
    )
