"""What is counted of a spoken word, so that the word itself need not be kept."""

import regex

from adapters.components.text import syllables

_FILLERS = frozenset(
    {"ah", "eh", "er", "erm", "hm", "hmm", "mhm", "mm", "mmm", "uh", "uhh", "uhm", "um", "umm"}
    | {"а-а", "гм", "м-м", "мм", "ммм", "хм", "э", "э-э", "ээ", "эээ", "эм", "эмм"}
)
_EDGES = regex.compile(r"^\P{L}+|\P{L}+$")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")


def bare(word: str) -> str:
    """The word in lower case, without signs around it."""
    return _EDGES.sub("", word.lower())


def is_filler(word: str) -> bool:
    """Whether the word only fills a pause, in English or Russian."""
    return bare(word) in _FILLERS


def ends_question(word: str) -> bool:
    """Whether a question ends with the word, as the recogniser wrote it."""
    return word.rstrip("\"'»”’)").endswith("?")


def syllable_count(word: str) -> int:
    """Syllables as they are spoken: at least one."""
    plain = bare(word)
    count = syllables.russian(plain) if _CYRILLIC.search(plain) else syllables.english(plain)
    return max(1, count)
