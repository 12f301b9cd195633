"""How texts are cut into characters, words and sentences, whatever was typed into them."""

import unicodedata
from collections.abc import Iterator

import regex

_GRAPHEME = regex.compile(r"\X")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’‑-][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*")
_NUMBER = regex.compile(r"(?<![\p{L}\p{N}])[0-9]+(?:[.,:][0-9]+)*")
# Joiners hold emoji together; every other invisible character only hides things.
_INVISIBLE = regex.compile(r"[\p{Cf}--\u200c\u200d]", flags=regex.VERSION1)
_CONTROL = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}--\n\t]", flags=regex.VERSION1)
# The breve stays where it makes the letter й.
_MARKS = regex.compile(
    r"[[\p{Script=Inherited}&&\p{M}]--\u0306]|(?<!и)\u0306", flags=regex.VERSION1
)
# A mark closes a sentence where space follows and no lower-case letter goes on. Possessive, so
# that a run of marks or spaces of any length costs linear time.
_SENTENCE_END = regex.compile(r"(?<=[.!?…])[\"'»”)\]]*+\s++(?!\p{Ll})|\n")
_LETTER = regex.compile(r"\p{L}")
_CYRILLIC = regex.compile(r"\p{Script=Cyrillic}")
_LATIN = regex.compile(r"\p{Script=Latin}")


def visible(text: str) -> str:
    """The text as it is meant to be seen: controls, overrides and lone surrogates are gone."""
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def folded(text: str) -> str:
    """A form for comparing: width, ornament, case, accents and the dots of `ё` are gone."""
    plain = unicodedata.normalize("NFKD", visible(text)).casefold()
    return unicodedata.normalize("NFC", _MARKS.sub("", plain)).replace("’", "'")


def graphemes(text: str) -> list[str]:
    """The characters as a person counts them: a family emoji is one (UAX 29)."""
    return [str(found) for found in _GRAPHEME.findall(text)]


def words(text: str) -> list[str]:
    """Words and numbers in order; a hyphen or an apostrophe inside does not divide them."""
    return [str(found) for found in _WORD.findall(text)]


def numbers(text: str) -> list[str]:
    """Numbers written in digits: `10`, `3.5`, `4:30` and `1,000` are one each; `R2D2` has none."""
    return [str(found) for found in _NUMBER.findall(text)]


def sentences(text: str) -> Iterator[str]:
    """Stretches that hold a word, divided by closing marks and by line ends."""
    return (part for part in _SENTENCE_END.split(text) if part and _WORD.search(part))


def script_counts(text: str) -> tuple[int, int, int]:
    """How many letters there are in all, Cyrillic ones and Latin ones."""
    letters, cyrillic = len(_LETTER.findall(text)), len(_CYRILLIC.findall(text))
    return letters, min(letters, cyrillic), min(letters, len(_LATIN.findall(text)))


def mixes_scripts(word: str) -> bool:
    """True for a word of both Cyrillic and Latin letters, as in a disguised spelling."""
    return bool(_CYRILLIC.search(word)) and bool(_LATIN.search(word))
