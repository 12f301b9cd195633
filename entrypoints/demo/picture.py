"""The picture of the sample, frame by frame, as the timeline has it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

from entrypoints.demo import cards
from entrypoints.demo.photos import Picture
from entrypoints.demo.scenes import Sky, Valley
from entrypoints.demo.timeline import (
    BLACK,
    CARD,
    CLOSING,
    DISSOLVE,
    DURATION_S,
    FACE,
    FADE_IN,
    FADE_OUT,
    FRAME_RATE_HZ,
    OPENING,
    PAN,
    QUESTION,
    ZOOM,
    Span,
)

Shot = Callable[[float], Picture]


def frames(font: Path) -> Iterator[Picture]:
    """Yield each frame, RGB, shape (720, 1280, 3)."""
    shots = _shots(font)
    for index in range(round(DURATION_S * FRAME_RATE_HZ)):
        at_s = index / FRAME_RATE_HZ
        yield next(shot for span, shot in shots if at_s < span.end_s)(at_s)


def _shots(font: Path) -> list[tuple[Span, Shot]]:
    """What is seen in each span, in the order of time."""
    face, question = cards.face(font), cards.question(font)
    closing, black = cards.closing(font), cards.black()
    return [
        (OPENING, _still(cards.opening(font))),
        (PAN, Valley().frame),
        (ZOOM, Sky().frame),
        (CARD, _still(cards.grey())),
        (FACE, _still(face)),
        (DISSOLVE, _blend(DISSOLVE, face, question)),
        (QUESTION, _still(question)),
        (FADE_OUT, _blend(FADE_OUT, question, black)),
        (BLACK, _still(black)),
        (FADE_IN, _blend(FADE_IN, black, closing)),
        (CLOSING, _still(closing)),
    ]


def _still(picture: Picture) -> Shot:
    return lambda _at_s: picture


def _blend(span: Span, before: Picture, after: Picture) -> Shot:
    def shot(at_s: float) -> Picture:
        share = span.share(at_s)
        return np.asarray(cv2.addWeighted(before, 1 - share, after, share, 0.0), dtype=np.uint8)

    return shot
