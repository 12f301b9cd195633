"""A painted panorama: wooded ridges under an evening sky, full of detail that can be followed."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from entrypoints.demo.timeline import HEIGHT_PX

Floats = NDArray[np.float64]

SEED = 11
STARS = 380
MOON_AT, MOON_RADIUS_PX = (1180, 150), 44


@dataclass(frozen=True, slots=True)
class Ridge:
    """A wooded ridge; `level` and `roughness` of its line are in frame heights."""

    level: float
    roughness: float
    tree_px: int
    colour: tuple[int, int, int]


FAR_TO_NEAR = (
    Ridge(0.56, 0.10, 13, (104, 98, 150)),
    Ridge(0.66, 0.11, 24, (66, 66, 116)),
    Ridge(0.78, 0.10, 44, (36, 40, 78)),
    Ridge(0.93, 0.07, 84, (17, 20, 44)),
)
DEPTH = 0.22


def paint_valley(width_px: int) -> NDArray[np.uint8]:
    """Return the panorama, RGB, shape (720, width_px, 3); the same on every call."""
    random = np.random.default_rng(SEED)
    scene = _sky(random, width_px)
    painting = Image.fromarray(np.clip(scene, 0, 255).astype(np.uint8))
    for ridge in FAR_TO_NEAR:
        _plant(painting, random, ridge)
    return np.asarray(painting)


def _sky(random: np.random.Generator, width_px: int) -> Floats:
    rows = np.linspace(0.0, 1.0, HEIGHT_PX)[:, None, None]
    stops = (0.0, 0.35, 0.62, 1.0)
    colours = np.array([(18, 22, 58), (72, 62, 128), (226, 128, 118), (255, 196, 140)])
    channels = [np.interp(rows[:, 0, 0], stops, colours[:, i]) for i in range(3)]
    sky = np.repeat(np.stack(channels, axis=1)[:, None, :], width_px, axis=1)
    clouds = 0.7 * _noise(random, width_px, (170, 11)) + 0.3 * _noise(random, width_px, (40, 5))
    sky += np.clip(clouds - 0.5, 0.0, 1.0)[..., None] * np.array([120.0, 70.0, 60.0])
    _put_stars(sky, random)
    _put_moon(sky)
    return sky


def _noise(random: np.random.Generator, width_px: int, softness_px: tuple[int, int]) -> Floats:
    """Soft noise between 0 and 1."""
    grain = random.standard_normal((HEIGHT_PX, width_px))
    soft = cv2.GaussianBlur(grain, (0, 0), sigmaX=softness_px[0], sigmaY=softness_px[1])
    low, high = np.quantile(soft, (0.02, 0.98))
    return np.asarray(np.clip((soft - low) / (high - low), 0.0, 1.0))


def _put_stars(sky: Floats, random: np.random.Generator) -> None:
    height, width = HEIGHT_PX // 2, sky.shape[1]
    points = np.zeros((height, width))
    at = random.integers(0, height, STARS), random.integers(0, width, STARS)
    points[at] = random.uniform(0.3, 1.0, STARS)
    glow = cv2.GaussianBlur(points, (0, 0), 0.9)
    fading = np.linspace(1.0, 0.0, height)[:, None]
    sky[:height] += (glow / glow.max() * fading)[..., None] * 230.0


def _put_moon(sky: Floats) -> None:
    rows, columns = np.mgrid[0 : sky.shape[0], 0 : sky.shape[1]]
    away_px = np.hypot(columns - MOON_AT[0], rows - MOON_AT[1])
    disc = np.clip(MOON_RADIUS_PX - away_px + 0.5, 0.0, 1.0)[..., None]
    halo = np.exp(-away_px / 90.0)[..., None]
    sky += halo * np.array([70.0, 66.0, 80.0])
    sky *= 1 - disc
    sky += disc * np.array([250.0, 240.0, 220.0])


def _plant(painting: Image.Image, random: np.random.Generator, ridge: Ridge) -> None:
    """Cover everything under a rolling line with rows of fir trees, each of its own shade."""
    line_px = _line(random, painting.width, ridge)
    draw = ImageDraw.Draw(painting)
    ground = [(0, HEIGHT_PX), *enumerate(line_px.tolist()), (painting.width, HEIGHT_PX)]
    draw.polygon(ground, fill=ridge.colour)
    size_px = ridge.tree_px
    for down_px in range(0, round(HEIGHT_PX * DEPTH), max(size_px // 2, 7)):
        for x in np.arange(-size_px, painting.width + size_px, size_px * 0.5):
            at = x + random.uniform(-0.3, 0.3) * size_px
            foot = line_px[int(np.clip(at, 0, painting.width - 1))] + down_px + size_px * 0.25
            tall = size_px * random.uniform(0.6, 1.15)
            shade = random.uniform(0.72, 1.3)
            fir = [(at, foot - tall), (at - tall * 0.26, foot), (at + tall * 0.26, foot)]
            draw.polygon(fir, fill=tuple(min(255, round(c * shade)) for c in ridge.colour))


def _line(random: np.random.Generator, width_px: int, ridge: Ridge) -> Floats:
    line = np.zeros(width_px)
    for softness_px, weight in ((190, 1.0), (60, 0.35), (14, 0.06)):
        grain = cv2.GaussianBlur(random.standard_normal((1, width_px)), (0, 0), softness_px)[0]
        line += weight * grain / np.abs(grain).max()
    return np.asarray((ridge.level - ridge.roughness * line) * HEIGHT_PX)
