"""Made moving pictures whose motion and transitions are known."""

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

Picture = NDArray[np.uint8]
RATE_HZ = 12.0


def texture(name: str) -> Picture:
    """A natural picture of scikit-image in three colours."""
    picture = np.asarray(getattr(data, name)())
    if picture.ndim == 2:
        picture = np.stack([picture] * 3, axis=-1)
    return np.ascontiguousarray(picture[..., :3], dtype=np.uint8)


def seen_by(  # noqa: PLR0913 - how a camera stands, each by name
    picture: Picture,
    *,
    size_px: tuple[int, int],
    right: float = 0.0,
    up: float = 0.0,
    zoom: float = 1.0,
    roll_degrees: float = 0.0,
) -> Picture:
    """What a camera sees that has turned by so many frame widths and heights from the middle.

    The picture just fills the frame at zoom 1, is mirrored beyond its edges, and is read with
    sub-pixel precision; the camera's roll is clockwise.
    """
    width, height = size_px
    scale = max(width / picture.shape[1], height / picture.shape[0])
    angle = math.radians(roll_degrees)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    linear = turn / (scale * zoom)
    aim = np.array([picture.shape[1] / 2, picture.shape[0] / 2])
    aim += linear @ np.array([right * width, -up * height])
    middle = np.array([(width - 1) / 2, (height - 1) / 2])
    inverse = np.column_stack([linear, aim - 0.5 - linear @ middle])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    seen = cv2.warpAffine(picture, inverse, size_px, flags=flags, borderMode=cv2.BORDER_REFLECT_101)
    return np.asarray(seen, dtype=np.uint8)


def camera_move(  # noqa: PLR0913 - how a camera moves, each by name
    name: str,
    *,
    size_px: tuple[int, int] = (568, 320),
    frames: int = 12,
    pan: float = 0.0,
    tilt: float = 0.0,
    zoom: float = 0.0,
    roll: float = 0.0,
    start_zoom: float = 1.2,
) -> list[Picture]:
    """A steady camera move: frame widths, heights, log scale and degrees a second."""
    middle = (frames - 1) / 2
    moments = [(index - middle) / RATE_HZ for index in range(frames)]
    picture = texture(name)
    return [
        seen_by(
            picture,
            size_px=size_px,
            right=pan * moment,
            up=tilt * moment,
            zoom=start_zoom * math.exp(zoom * moment),
            roll_degrees=roll * moment,
        )
        for moment in moments
    ]


def disc_over(
    pictures: Sequence[Picture], *, share: float, speed: float, face: str = "astronaut"
) -> Iterator[Picture]:
    """The pictures behind a textured disc that fills `share` and goes right by widths a second."""
    height, width = pictures[0].shape[:2]
    radius = math.sqrt(share * width * height / math.pi)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    for index, picture in enumerate(pictures):
        middle = width * (0.35 + speed * index / RATE_HZ)
        inside = np.clip(radius - np.hypot(across - middle, down - height / 2) + 0.5, 0, 1)
        right = 0.5 - middle / width
        front = seen_by(texture(face), size_px=(width, height), right=right)
        mixed = picture + (front.astype(np.float32) - picture) * inside[..., None]
        yield np.rint(mixed).astype(np.uint8)


def noisy(picture: Picture, *, deviation: float, rng: np.random.Generator) -> Picture:
    """The picture with the same Gaussian noise on all three colours, so that it is luma noise."""
    noise = rng.normal(0, deviation, picture.shape[:2])[..., None]
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
