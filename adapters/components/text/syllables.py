"""How many syllables a word has: exact in Russian, by rules of spelling in English.

English spelling does not tell syllables for certain: the rules below miss about one word in twenty.
"""

import re
from functools import lru_cache

_RUSSIAN_VOWELS = re.compile(r"[аеёиоуыэюя]")
_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_FOREIGN = re.compile(r"[^a-z]+")
# Written and not said: a final e (but ta-ble), -ed but after t and d, -es but after a hiss, and the
# e before an ending such as -ly.
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$|(?<=gu)e$|(?<=[^aeiouytd])ed$|(?<=[aeiouy])ed$"
    r"|(?<=[^aeiouyszxcghl])es$|(?<=[aeiouy]l)es$|(?<=[^cs]h)es$"
    r"|(?<=[^aeiouy])e(?=(?:ly|ments?|ful|less|ness|times?|where|thing)$)"
)
# Two vowels side by side and each said: vi-de-o, cre-ate, sci-ence, du-al, stu-di-o, be-ing.
_APART = re.compile(
    r"i(?=a(?!ge|l)|um|et)|(?<=[^tscglnx])i(?=ou?s?$|on)|(?<=[^ct])i(?=al)|(?<=[^ctr])i(?=en)"
    r"|(?<=sc)i(?=en)|(?<=er)i(?=en)|(?<=[^gq])u(?=al|ou|at|i[tn]y)|e(?=o(?!n|p|u)|ing$|um|ali)"
    r"|(?<=cr)e(?=at[eio])|(?<=[aeiouy][^aeiouy])e(?=as?$)|o(?=ing|et|em)|y(?=ing$)"
)
_IRREGULAR = {
    "business": 2,
    "evening": 2,
    "every": 2,
    "everyone": 3,
    "everything": 3,
    "everywhere": 3,
}


@lru_cache(maxsize=50_000)
def russian(word: str) -> int:
    """Syllables of a Russian word in lower case: one a vowel; a word without vowels has none."""
    return len(_RUSSIAN_VOWELS.findall(word))


@lru_cache(maxsize=50_000)
def english(word: str) -> int:
    """Syllables of an English word in lower case, at least one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    letters = _FOREIGN.sub("", word)
    groups = len(_ENGLISH_VOWELS.findall(letters))
    return max(1, groups - len(_SILENT.findall(letters)) + len(_APART.findall(letters)))
