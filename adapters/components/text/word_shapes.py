"""What a word looks like, in the shapes that the reader of Russian names was trained with."""

import re

_SIGNS = (
    *"!#$%&()[]\\/*+,.:;<=>?@^_{|}~",
    *"-\u2010\u2212\u2012\u2043\u2013\u2014\u2015",
    *"`\"'\u00ab\u00bb\u201e\u201c\u02bc\u02bb\u201d",
    *"\u2116\u2026",
)
_OUTLINES = ("X", "x", "XX", "xx", "Xx", "Xx-Xx", "OTHER")
_RUSSIAN, _LATIN, _SIGN = 1, 1 + len(_OUTLINES), 1 + 2 * len(_OUTLINES)
_OTHER_SIGN = _SIGN + len(_SIGNS)
_NUMBER, _OTHER = _OTHER_SIGN + 1, _OTHER_SIGN + 2
SHAPES = _OTHER + 1
"""How many there are, the first of which is none."""

_KIND = re.compile(
    rf"(?i)(?P<russian>[а-яё])|(?P<latin>[a-z])|(?P<number>[+-]?[0-9])"
    rf"|(?P<sign>[{re.escape(''.join(_SIGNS))}])"
)


def shape_of(word: str) -> int:
    """The number of a word's shape, by its first letter and its capitals."""
    found = _KIND.match(word)
    kind = found.lastgroup if found else None
    if kind == "russian":
        return _RUSSIAN + _OUTLINES.index(_outline(word))
    if kind == "latin":
        return _LATIN + _OUTLINES.index(_outline(word))
    if kind == "sign":
        return _SIGN + _SIGNS.index(word) if word in _SIGNS else _OTHER_SIGN
    return _NUMBER if kind == "number" else _OTHER


def _outline(word: str) -> str:
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word.islower():
        return "xx"
    if _is_title(word):
        return "Xx"
    left, dash, right = word.partition("-")
    return "Xx-Xx" if dash and _is_title(left) and _is_title(right) else "OTHER"


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
