"""The still pictures of the sample: cards with words, a face, a closing picture."""

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from entrypoints.demo.photos import Picture, photo
from entrypoints.demo.timeline import CARD_GREY, HEIGHT_PX, OPENING_WORDS, QUESTION_WORDS, WIDTH_PX

Colour = tuple[int, int, int]

NIGHT, DUSK = (13, 18, 36), (41, 56, 104)
AMBER, WHITE, MIST = (255, 183, 77), (245, 247, 250), (168, 180, 208)
MARGIN_PX = 96


def opening(font: Path) -> Picture:
    """Latin words on dark blue, for `OPENING`."""
    card = _gradient(NIGHT, DUSK)
    _accent(card, 214)
    _words(card, OPENING_WORDS[0], _letters(font, 110), at=(MARGIN_PX, 232))
    _words(card, OPENING_WORDS[1], _letters(font, 110), at=(MARGIN_PX, 356), colour=AMBER)
    _words(
        card,
        OPENING_WORDS[2],
        _letters(font, 34),
        at=(MARGIN_PX, 528),
        colour=MIST,
    )
    return np.asarray(card)


def face(font: Path) -> Picture:
    """Eileen Collins, astronaut, as NASA portrayed her (public domain), for `FACE`."""
    portrait = photo("astronaut.png")
    backdrop = cv2.resize(portrait[60:348], (WIDTH_PX, HEIGHT_PX), interpolation=cv2.INTER_CUBIC)
    backdrop = cv2.GaussianBlur(backdrop, (0, 0), 40) // 3
    side = 576
    left, top = MARGIN_PX, (HEIGHT_PX - side) // 2
    backdrop[top - 4 : top + side + 4, left - 4 : left + side + 4] = WHITE
    framed = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_CUBIC)
    backdrop[top : top + side, left : left + side] = framed
    card = Image.fromarray(backdrop)
    at_px = left + side + 56
    _words(card, "Eileen Collins", _letters(font, 58), at=(at_px, 286))
    _words(card, "Photo: NASA,", _letters(font, 32), at=(at_px, 378), colour=MIST)
    _words(card, "public domain", _letters(font, 32), at=(at_px, 422), colour=MIST)
    return np.asarray(card)


def question(font: Path) -> Picture:
    """Cyrillic words on a light ground, for `QUESTION`."""
    card = _gradient((255, 243, 224), (255, 213, 153))
    _accent(card, 214, colour=DUSK)
    _words(card, QUESTION_WORDS[0], _letters(font, 110), at=(MARGIN_PX, 232), colour=NIGHT)
    _words(card, QUESTION_WORDS[1], _letters(font, 110), at=(MARGIN_PX, 356), colour=(196, 77, 36))
    _words(
        card,
        QUESTION_WORDS[2],
        _letters(font, 34),
        at=(MARGIN_PX, 528),
        colour=(84, 62, 40),
    )
    return np.asarray(card)


def grey() -> Picture:
    """A flat card whose brightness is known, for `CARD`."""
    return np.full((HEIGHT_PX, WIDTH_PX, 3), CARD_GREY, dtype=np.uint8)


def black() -> Picture:
    """Nothing, for `BLACK`."""
    return np.zeros((HEIGHT_PX, WIDTH_PX, 3), dtype=np.uint8)


def closing(font: Path) -> Picture:
    """A cup of coffee (by Rachel Michetti, CC0) and words of both alphabets, for `CLOSING`."""
    cup = photo("coffee.png")
    wide = cv2.resize(cup, (WIDTH_PX, 853), interpolation=cv2.INTER_LANCZOS4)[60 : 60 + HEIGHT_PX]
    shade = np.ones((HEIGHT_PX, 1, 1))
    shade[:, 0, 0] = np.interp(np.arange(HEIGHT_PX), (380, 640), (1.0, 0.18))
    card = Image.fromarray((wide * shade).astype(np.uint8))
    _words(card, "Thank you · Спасибо", _letters(font, 76), at=(MARGIN_PX, 566))
    return np.asarray(card)


def _gradient(top: Colour, bottom: Colour) -> Image.Image:
    share = np.linspace(0.0, 1.0, HEIGHT_PX)[:, None, None]
    column = np.asarray(top) * (1 - share) + np.asarray(bottom) * share
    wide = np.broadcast_to(column, (HEIGHT_PX, WIDTH_PX, 3))
    return Image.fromarray(np.round(wide).astype(np.uint8))


def _accent(card: Image.Image, y_px: int, colour: Colour = AMBER) -> None:
    box = (MARGIN_PX, y_px - 36, MARGIN_PX + 120, y_px - 26)
    ImageDraw.Draw(card).rounded_rectangle(box, radius=5, fill=colour)


def _words(
    card: Image.Image,
    text: str,
    letters: ImageFont.FreeTypeFont,
    *,
    at: tuple[int, int],
    colour: Colour = WHITE,
) -> None:
    # DejaVu's bold cut is not installed everywhere; a stroke makes large letters as heavy.
    stroke_px = round(letters.size) // 36
    ImageDraw.Draw(card).text(
        at, text, font=letters, fill=colour, stroke_width=stroke_px, stroke_fill=colour
    )


def _letters(font: Path, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font), size_px, layout_engine=ImageFont.Layout.BASIC)
