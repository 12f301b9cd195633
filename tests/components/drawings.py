"""Made pictures whose composition is known."""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
WIDTH_PX, HEIGHT_PX = 568, 320


def flat(level: int = 110, *, noise: float = 0.0, seed: int = 0) -> Picture:
    """One grey everywhere, with Gaussian noise of that many levels."""
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), float(level))
    if noise:
        grain = np.random.default_rng(seed).normal(0.0, noise, picture.shape[:2])
        picture += grain[..., None]
    return np.asarray(np.clip(picture, 0, 255), dtype=np.uint8)


def with_disc(
    ground: Picture,
    *,
    x: float,
    y: float,
    radius: float = 0.1,
    colour: tuple[int, int, int] = (235, 235, 235),
) -> Picture:
    """A disc at shares of width and height; its radius in picture heights."""
    height_px, width_px = ground.shape[:2]
    down, across = np.mgrid[:height_px, :width_px]
    distance_px = np.hypot(across + 0.5 - x * width_px, down + 0.5 - y * height_px)
    drawn = ground.copy()
    drawn[distance_px < radius * height_px] = colour
    return drawn
