"""The language of a text as far as its readability needs it: English, Russian or another."""

from enum import StrEnum

import regex

from adapters.components.text import stop_words, words

_NOT_RUSSIAN = regex.compile(r"[іїєґўђјљњћџѓќѕ]")
_VOWEL_SIGN = regex.compile(r"ъ(?![еёюя])")
"""In Russian the sign stands before these letters alone, as in съёмка and объектив."""
_HARD_SIGN_SHARE_MAX = 0.005
"""Russian has about 0.0004 of the letter ъ, Bulgarian, where it is a vowel, 0.015."""


class TextLanguage(StrEnum):
    """Languages whose readability has known constants, and the rest."""

    ENGLISH = "en"
    RUSSIAN = "ru"
    OTHER = "other"


# Running text has 30-50 % stop words, official prose down to a tenth. Latin letters are shared by
# many languages, so more is asked of them than of Cyrillic without foreign letters.
_SHARE_MIN = {TextLanguage.ENGLISH: 0.12, TextLanguage.RUSSIAN: 0.05}


def language_of(text: str, *, declared: str | None) -> TextLanguage:
    """The language by letters and stop words; what is declared decides where these leave doubt.

    A declared language that the letters contradict is not believed: metadata is often wrong.
    """
    plain = words.folded(text)
    letters, cyrillic, latin = words.script_counts(plain)
    said = (declared or "").lower()[:2]
    if cyrillic * 2 > letters and not _is_foreign(plain, letters):
        likely, listed = TextLanguage.RUSSIAN, stop_words.RUSSIAN
    elif latin * 2 > letters:
        likely, listed = TextLanguage.ENGLISH, stop_words.ENGLISH
    else:
        return TextLanguage.OTHER
    if said == likely:
        return likely
    found = words.words(plain)
    enough = sum(word in listed for word in found) >= _SHARE_MIN[likely] * len(found)
    return likely if enough else TextLanguage.OTHER


def _is_foreign(plain: str, letters: int) -> bool:
    """Whether Cyrillic text is of another language than Russian."""
    hard_signs = len(_VOWEL_SIGN.findall(plain)) > _HARD_SIGN_SHARE_MAX * letters
    return hard_signs or bool(_NOT_RUSSIAN.search(plain))
