"""In which letters a line is written: the reading that accounts for more of the line, more surely.

The reader of Latin letters passes over Cyrillic ones or takes look-alikes for them; the reader of
Russian does the same the other way round. Words such as CCCP can be either: they go with the rest
of the picture.
"""

from collections.abc import Sequence
from dataclasses import replace

from adapters.components.text.words import script_counts
from adapters.components.visual.fitting import Picture
from adapters.components.visual.text_lines import LINE_PX, Reading, read_cyrillic, read_latin
from application.ports.inference import Inference

CONFIDENCE_MIN = 0.7
_SHORT, _SHORT_CONFIDENCE_MIN = 3, 0.85
"""Shapes and fences pass for a few letters now and then, though not surely."""
_LONG, _LONG_CYRILLIC_CONFIDENCE_MIN = 5, 0.4
"""The reader of Russian doubts what it reads right where words stand far apart or on a picture."""
_SURE_MIN = 0.92
_CHARACTERS_MIN = 2
_PER_HEIGHT_MIN = 1.0
"""So many characters at least stand on a stretch as long as the line is high."""
_TWINS = frozenset("ABCEHKMOPTXYaceopxyu3")
_HALVES = {"XK": "Ж", "bI": "Ы", "bl": "Ы", "IO": "Ю"}
"""Broad Russian letters, as the reader of Latin surely reads their halves."""


def read_lines(served: Inference, lines: Sequence[Picture]) -> list[Reading]:
    """What each line of one picture says; empty where nobody reads it surely enough."""
    latin = read_latin(served, lines)
    doubtful = [at for at, line in enumerate(lines) if not _is_sure(latin[at], line.shape[1])]
    cyrillic = dict(
        zip(doubtful, read_cyrillic(served, [lines[at] for at in doubtful]), strict=True)
    )
    return settled(latin, cyrillic)


def settled(latin: Sequence[Reading], cyrillic: dict[int, Reading]) -> list[Reading]:
    """One reading a line; `cyrillic` holds the other one of those lines that are doubtful."""
    chosen = [_fuller(each, cyrillic.get(at, Reading())) for at, each in enumerate(latin)]
    either = [at for at, other in cyrillic.items() if _is_either(latin[at], other)]
    others = " ".join(each.text for at, each in enumerate(chosen) if at not in either)
    _, as_cyrillic, as_latin = script_counts(others)
    for at in either:
        chosen[at] = cyrillic[at] if as_cyrillic > as_latin else latin[at]
    return [each if _counts(each) else Reading() for each in chosen]


def _fuller(latin: Reading, cyrillic: Reading) -> Reading:
    """The one that accounts for more, unless it does by counting the halves of letters."""
    if _is_halved(latin, cyrillic):
        # Both have seen the same signs: they are as sure as the surer of the two.
        return replace(cyrillic, confidence=max(latin.confidence, cyrillic.confidence))
    return max(latin, cyrillic, key=_weight)


def _counts(reading: Reading) -> bool:
    """Whether it is text: a single sign may as well be a cup seen from above."""
    length = _length(reading)
    if length < _CHARACTERS_MIN:
        return False
    if length <= _SHORT:
        return reading.confidence >= _SHORT_CONFIDENCE_MIN
    _, cyrillic, _ = script_counts(reading.text)
    if cyrillic >= _LONG:
        return reading.confidence >= _LONG_CYRILLIC_CONFIDENCE_MIN
    return reading.confidence >= CONFIDENCE_MIN


def _is_sure(reading: Reading, width_px: int) -> bool:
    """Whether the line is surely not Cyrillic: no other reading is asked for."""
    if reading.confidence < _SURE_MIN or _is_of_twins(_joined(reading.text)):
        return False
    return len(reading.text) >= _PER_HEIGHT_MIN * width_px / LINE_PX


def _is_either(latin: Reading, cyrillic: Reading) -> bool:
    """Whether both readings are the same letters, taken from one alphabet or the other."""
    if cyrillic.confidence < CONFIDENCE_MIN:
        return False
    return _is_of_twins(latin.text) and _length(latin) == _length(cyrillic)


def _is_halved(latin: Reading, cyrillic: Reading) -> bool:
    """Whether the Latin letters are look-alikes and halves of the Russian ones, such as BAXKHO."""
    if cyrillic.confidence < CONFIDENCE_MIN or not _is_of_twins(_joined(latin.text)):
        return False
    joined = "".join(_joined(latin.text).split())
    said = "".join(cyrillic.text.upper().split())
    broad = [at for at, letter in enumerate(joined) if letter in _HALVES.values()]
    return bool(broad) and len(joined) == len(said) and all(joined[at] == said[at] for at in broad)


def _is_of_twins(text: str) -> bool:
    """Whether all letters look alike in both alphabets; digits and signs alone are no matter."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and set(letters) <= _TWINS.union(_HALVES.values())


def _joined(text: str) -> str:
    """With each pair of halves as the Russian letter that it may be."""
    for halves, letter in _HALVES.items():
        text = text.replace(halves, letter)
    return text


def _weight(reading: Reading) -> float:
    return reading.confidence * _length(reading)


def _length(reading: Reading) -> int:
    return len("".join(reading.text.split()))
