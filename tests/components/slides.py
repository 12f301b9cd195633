"""Made pictures whose text is known, letter by letter and by the box that it takes."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.outside import require

Picture = NDArray[np.uint8]
WIDTH_PX, HEIGHT_PX = 960, 540


class Style(NamedTuple):
    """How a slide is written."""

    letter_px: int = 32
    ink: str = "white"
    ground: str = "#14203c"


PLAIN = Style()


def font_of(style: Style) -> ImageFont.FreeTypeFont:
    require("font")
    file = Path(sys.prefix) / "share" / "fonts" / "DejaVuSans.ttf"
    return ImageFont.truetype(str(file), style.letter_px)


def slide(
    lines: Sequence[str],
    style: Style = PLAIN,
    *,
    left_px: int = 50,
    top_px: int = 50,
    on: Picture | None = None,
) -> Picture:
    """Lines of DejaVu Sans, one below another, on an even ground or on a picture."""
    font = font_of(style)
    ground = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), style.ground)
    picture = ground if on is None else Image.fromarray(on)
    draw = ImageDraw.Draw(picture)
    for at, line in enumerate(lines):
        place = (left_px, top_px + round(at * style.letter_px * 1.8))
        draw.text(place, line, font=font, fill=style.ink)
    return np.asarray(picture)


def line_box(text: str, style: Style, *, left_px: int, top_px: int) -> tuple[float, ...]:
    """Left, top, width and height that a line takes with the room of its tallest letters."""
    font = font_of(style)
    return left_px, top_px, font.getlength(text), sum(font.getmetrics())
