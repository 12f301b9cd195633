"""What lines of text say: cut out upright and read in Latin letters, or else in Cyrillic ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.fitting import Picture
from adapters.components.visual.text_boxes import Corners
from application.ports.inference import Inference

READER, CYRILLIC_READER = "ppocr_reader", "tesseract_rus"
LINE_PX = 48

_GREY = 128
_WIDTH_OF_PX = 160
_WIDTH_MAX_PX = 3200
_TURNED_FROM = 1.5
_LINES_A_CALL = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """What one line says and how sure that is, 0 to 1; empty where nobody can read it."""

    text: str = ""
    confidence: float = 0.0


def cut_line(picture: Picture, corners: Corners) -> Picture:
    """The line laid level, 48 pixels high, shape (48, width, 3); an upright one is turned left."""
    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = float(max(top, bottom)), float(max(left, right))
    if height >= width * _TURNED_FROM:
        corners, width, height = np.roll(corners, -1, axis=0), height, width
    width_px = int(np.clip(round(width * LINE_PX / max(height, 1.0)), 8, _WIDTH_MAX_PX))
    target = np.array([(0, 0), (width_px, 0), (width_px, LINE_PX), (0, LINE_PX)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    found = cv2.warpPerspective(
        picture, turn, (width_px, LINE_PX), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(found, dtype=np.uint8)


def read_latin(served: Inference, lines: Sequence[Picture]) -> list[Reading]:
    """Each line as the reader of Latin, Chinese and Japanese reads it."""
    found = [Reading()] * len(lines)
    order = sorted(range(len(lines)), key=lambda at: lines[at].shape[1])
    for start in range(0, len(order), _LINES_A_CALL):
        chosen = order[start : start + _LINES_A_CALL]
        for width_px in sorted({_padded_px(lines[at]) for at in chosen}):
            these = [at for at in chosen if _padded_px(lines[at]) == width_px]
            frames = np.stack([_filled(lines[at], width_px) for at in these])
            told = served.infer(READER, {"frame": frames})
            rows = zip(these, told["characters"], told["probabilities"], strict=True)
            for at, characters, probabilities in rows:
                found[at] = decoded(characters, probabilities)
    return found


def read_cyrillic(served: Inference, lines: Sequence[Picture]) -> list[Reading]:
    """Each line as the reader of Russian reads it."""
    if not lines:
        return []
    width_px = max(line.shape[1] for line in lines)
    given: dict[str, NDArray[Any]] = {
        "frame": np.stack([_filled(line, width_px) for line in lines]),
        "width_px": np.array([line.shape[1] for line in lines], dtype=np.int64),
    }
    told = served.infer(CYRILLIC_READER, given)
    rows = zip(told["text"].tolist(), told["confidence"].tolist(), strict=True)
    return [Reading(str(text), float(sure)) for text, sure in rows]


def decoded(characters: NDArray[np.int32], probabilities: NDArray[np.float32]) -> Reading:
    """The characters of columns without repetitions and without none (CTC, Graves et al. 2006)."""
    begins = np.concatenate([[True], characters[1:] != characters[:-1]]) & (characters > 0)
    if not begins.any():
        return Reading()
    text = "".join(map(chr, characters[begins].tolist()))
    return Reading(text.strip(), float(probabilities[begins].mean()))


def _padded_px(line: Picture) -> int:
    """Lines are filled up to steps of 160, not to their company, so that it changes nothing."""
    steps = -(-int(line.shape[1]) // _WIDTH_OF_PX)
    return max(2, steps) * _WIDTH_OF_PX


def _filled(line: Picture, width_px: int) -> Picture:
    filled = np.full((LINE_PX, width_px, 3), _GREY, dtype=np.uint8)
    filled[:, : line.shape[1]] = line
    return filled
