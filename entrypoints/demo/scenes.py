"""The moving pictures of the sample: a valley the camera turns over, a sky it goes into."""

import cv2
import numpy as np
from numpy.typing import NDArray

from entrypoints.demo.photos import Picture, photo
from entrypoints.demo.timeline import (
    FRAME_RATE_HZ,
    HEIGHT_PX,
    PAN,
    PAN_PX_PER_FRAME,
    WIDTH_PX,
    ZOOM,
    ZOOM_LOG_PER_S,
)
from entrypoints.demo.valley import paint_valley

Floats = NDArray[np.float64]


class Valley:
    """A painted panorama; the camera turns right by `PAN_PX_PER_FRAME`."""

    def __init__(self) -> None:
        frames = round(PAN.seconds * FRAME_RATE_HZ)
        self._panorama = paint_valley(WIDTH_PX + frames * PAN_PX_PER_FRAME)

    def frame(self, at_s: float) -> Picture:
        """What the camera sees at a moment of the video."""
        left_px = round((at_s - PAN.start_s) * FRAME_RATE_HZ) * PAN_PX_PER_FRAME
        return np.ascontiguousarray(self._panorama[:, left_px : left_px + WIDTH_PX])


class Sky:
    """The Hubble deep field (NASA and ESA, public domain); the camera goes in."""

    def __init__(self) -> None:
        field = photo("hubble_deep_field.jpg")
        height_px = round(field.shape[1] * HEIGHT_PX / WIDTH_PX)
        self._field = field[40 : 40 + height_px]

    def frame(self, at_s: float) -> Picture:
        """What the camera sees at a moment of the video."""
        fit = WIDTH_PX / self._field.shape[1]
        scale = fit * float(np.exp(ZOOM_LOG_PER_S * (at_s - ZOOM.start_s)))
        height, width = self._field.shape[:2]
        # Pixel centres stand at whole numbers, so that the middle of n of them is (n - 1) / 2.
        middle = np.array([(width - 1) / 2, (height - 1) / 2])
        target = np.array([(WIDTH_PX - 1) / 2, (HEIGHT_PX - 1) / 2])
        offset = target - scale * middle
        return _warp(self._field, np.array([[scale, 0.0, offset[0]], [0.0, scale, offset[1]]]))


def _warp(picture: Picture, matrix: Floats) -> Picture:
    warped = cv2.warpAffine(
        picture,
        matrix,
        (WIDTH_PX, HEIGHT_PX),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REFLECT,
    )
    return np.asarray(warped, dtype=np.uint8)
