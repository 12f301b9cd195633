"""Pictures of a face whose number, place and time are known: a public-domain photograph."""

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
from skimage import data

from tests.components.drawings import HEIGHT_PX, WIDTH_PX, Picture, flat

TILE_PX = 110
"""The face itself is a little under half of its tile."""


@cache
def astronaut() -> Picture:
    """NASA's portrait of Eileen Collins; her face stands in the middle of rows 74 to 179."""
    return _photograph("astronaut")


@cache
def cat() -> Picture:
    """A cat looking into the camera."""
    return _photograph("cat")


@cache
def cup() -> Picture:
    """A cup of coffee on a table."""
    return _photograph("coffee")


def framed(picture: Picture) -> Picture:
    """The picture whole in the middle of a grey frame of analysis size."""
    scale = min(HEIGHT_PX / picture.shape[0], WIDTH_PX / picture.shape[1])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    shown = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return pasted(flat(), np.asarray(shown, np.uint8), x=0.5, y=0.5)


def with_faces(
    places: Sequence[tuple[float, float]], *, tile_px: int = TILE_PX, mirrored: bool = False
) -> Picture:
    """A grey frame with the face at these shares of width and height."""
    tile = astronaut()[0:220, 120:340]
    tile = np.ascontiguousarray(tile[:, ::-1]) if mirrored else tile
    small = cv2.resize(tile, (tile_px, tile_px), interpolation=cv2.INTER_AREA)
    frame = flat()
    for x, y in places:
        frame = pasted(frame, np.asarray(small, np.uint8), x=x, y=y)
    return frame


def grid(count: int, *, tile_px: int = TILE_PX) -> Picture:
    """One to six faces in up to two rows of three."""
    columns, rows = min(count, 3), (count + 2) // 3
    places = [((at % 3 + 0.5) / columns, (at // 3 + 0.5) / rows) for at in range(count)]
    return with_faces(places, tile_px=tile_px)


def pasted(ground: Picture, tile: Picture, *, x: float, y: float) -> Picture:
    """The tile with its middle at these shares of the ground, cut off at its edges."""
    drawn = ground.copy()
    top = round(y * ground.shape[0] - tile.shape[0] / 2)
    left = round(x * ground.shape[1] - tile.shape[1] / 2)
    rows = slice(max(0, top), min(ground.shape[0], top + tile.shape[0]))
    columns = slice(max(0, left), min(ground.shape[1], left + tile.shape[1]))
    drawn[rows, columns] = tile[
        rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
    ]
    return drawn


def _photograph(name: str) -> Picture:
    return np.asarray(getattr(data, name)(), dtype=np.uint8)
