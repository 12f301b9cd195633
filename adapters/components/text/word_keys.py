"""Numbers that stand for words and pieces of words, as the models that know them are asked."""

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

_PIECES = 2_000_000
_SHORTEST, _LONGEST = 2, 4
_END = "</s>"
_SPACES = re.compile(r"[ \n\r\t\v\f\0]+")
_ASCII = 128


def language_keys(text: str) -> list[int]:
    """Every word of a text and its pieces of two to four letters, as fastText counts them."""
    found: list[int] = []
    for word in _SPACES.split(text):
        if word:
            found += _of_word(word)
    found.append(word_key(_END.encode()))
    return found


def name_key(word: str) -> int:
    """A word in lower case, as the reader of names knows it."""
    return word_key(word.lower().encode("utf-8", "replace"))


def word_key(word: bytes) -> int:
    """63 bits of BLAKE2b: what stands for a whole word."""
    digest = hashlib.blake2b(word, digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    plain = word.encode("utf-8", "replace")
    return (word_key(plain), *_pieces(f"<{plain.decode()}>"))


def _pieces(word: str) -> Iterator[int]:
    letters = [letter.encode() for letter in word]
    for start in range(len(letters)):
        found = _OFFSET
        for end in range(start, min(start + _LONGEST, len(letters))):
            found = _fnv(letters[end], found)
            if end - start + 1 >= _SHORTEST:
                yield found % _PIECES


_OFFSET, _PRIME = 2166136261, 16777619


def _fnv(content: bytes, found: int = _OFFSET) -> int:
    """FNV-1a of 32 bits as fastText computes it: bytes above 127 are negative there."""
    for byte in content:
        signed = byte if byte < _ASCII else byte | 0xFFFFFF00
        found = ((found ^ signed) * _PRIME) & 0xFFFFFFFF
    return found
