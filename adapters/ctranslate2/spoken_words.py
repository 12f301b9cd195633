"""Words out of a recogniser's tokens: their text, when they are said, how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WORDS_MAX = 224
"""As many as the network can say of half a minute: one for each of its tokens."""
FRAME_S = 0.02
_SPACE = "Ġ"
_ASIDE = 256


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """One word with its signs; times count from the start of what was listened to."""

    text: str
    start_s: float
    end_s: float
    probability: float


def spoken_words(
    tokens: Sequence[str],
    *,
    aligned: Sequence[tuple[int, int]],
    probabilities: Sequence[float],
    length_s: float,
) -> list[SpokenWord]:
    """Tokens joined to words: a new one begins where a token begins with a space.

    `aligned` are pairs of token and frame of 20 ms on the path through both, both rising.
    """
    starts_s = _starts_s(len(tokens), aligned, length_s)
    firsts = [at for at, token in enumerate(tokens) if at == 0 or token.startswith(_SPACE)]
    found = []
    for first, after in zip(firsts, [*firsts[1:], len(tokens)], strict=False):
        text = text_of(tokens[first:after]).strip()
        if text:
            sure = float(np.mean(probabilities[first:after]))
            start_s, end_s = float(starts_s[first]), float(starts_s[after])
            found.append(SpokenWord(text, start_s, end_s, sure))
    return found


def text_of(tokens: Sequence[str]) -> str:
    """The text of tokens, whose signs stand for the bytes of UTF-8 (Radford et al., 2019)."""
    written = bytes(_BYTES[sign] for token in tokens for sign in token)
    return written.decode("utf-8", errors="ignore")


def _bytes_by_sign() -> dict[str, int]:
    """Bytes that can be seen stand for themselves, all others for signs from 256 on, in order."""
    seen = {*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    unseen = [byte for byte in range(_ASIDE) if byte not in seen]
    aside = {chr(_ASIDE + at): byte for at, byte in enumerate(unseen)}
    return {chr(byte): byte for byte in seen} | aside


_BYTES = _bytes_by_sign()


def _starts_s(
    count: int, aligned: Sequence[tuple[int, int]], length_s: float
) -> NDArray[np.float64]:
    """Where each token begins, and, last, where the last one ends; rising, shape (count + 1,)."""
    starts = np.full(count + 1, np.nan)
    for token, frame in reversed(aligned):
        if token <= count:
            starts[token] = frame * FRAME_S
    known = np.flatnonzero(np.isfinite(starts))
    if not len(known):
        return np.linspace(0, length_s, count + 1)
    filled = np.interp(np.arange(count + 1), known, starts[known])
    if not np.isfinite(starts[count]):
        filled[count] = max(frame for _, frame in aligned) * FRAME_S + FRAME_S
    return np.minimum(np.maximum.accumulate(filled), length_s)
