"""The fixed words of the report, one catalogue a language."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from adapters.html import numbers
from domain.schema import ArraySchema, Label, Unit, Words

LANGUAGES = ("en", "ru")

_COUNT = re.escape("{count}")
_NUMBER = r"(?P<count>-?\d+(?:\.\d+)?)"


class Texts:
    """The words of one language: `texts("section.key", name=…)` fills the placeholders."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"the report speaks {' and '.join(LANGUAGES)}, not {language!r}")
        self.language = language
        self._words = _catalogue(language)

    def __call__(self, key: str, **fields: str | float) -> str:
        return self._words[key].format(**fields)

    def known(self, section: str, word: str) -> str | None:
        """What a section calls this word; None where it has no name for it."""
        return self._words.get(f"{section}.{word}")

    def word(self, array: ArraySchema, value: str) -> str:
        """A word of an artifact as people read it; a text that was found stands as it is."""
        if array.words is Words.PLAIN and value not in array.choices:
            return value
        return self.known(array.words, value) or value.replace("_", " ")

    def note(self, said: str) -> str:
        """What a component notes in English, in this language; what nobody foresaw stays."""
        for pattern, told in _notes(self.language):
            found = pattern.fullmatch(said)
            if found is not None:
                count = found.groupdict().get("count", "")
                return told.format(count=count.replace(".", "," if self.language == "ru" else "."))
        return said

    def label(self, label: Label) -> str:
        """The label in this language."""
        return label.ru if self.language == "ru" else label.en

    def unit(self, unit: Unit) -> str:
        """The unit's sign; empty where a value has none."""
        return self._words[f"unit.{unit}"] if unit else ""

    def number(self, value: float) -> str:
        """A number as people read it."""
        return numbers.rounded(value, comma=self.language == "ru")

    def fixed(self, value: float, *, decimals: int) -> str:
        """A number with so many decimals."""
        return numbers.spelled(value, decimals=decimals, comma=self.language == "ru")

    def short(self, value: float, *, decimals: int) -> str:
        """A number with at most so many decimals, no idle zeros."""
        return numbers.short(value, decimals=decimals, comma=self.language == "ru")

    def powered(self, value: float) -> str:
        """A very small or large number with a power of ten."""
        return numbers.powered(value, comma=self.language == "ru")

    def quantity(self, value: float, unit: Unit) -> str:
        """A number with its unit; shares in percent."""
        if unit is Unit.SHARE:
            return self("format.percent", value=self.number(value * 100))
        sign = self.unit(unit)
        return f"{self.number(value)}\N{NO-BREAK SPACE}{sign}" if sign else self.number(value)


@cache
def _notes(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each note as it is written by a component, a number in the place of `{count}`."""
    return tuple(
        (re.compile(re.escape(key.removeprefix("note.")).replace(_COUNT, _NUMBER)), told)
        for key, told in _catalogue(language).items()
        if key.startswith("note.")
    )


@cache
def _catalogue(language: str) -> dict[str, str]:
    source = files("adapters.html") / "texts" / f"{language}.toml"
    tree = tomllib.loads(source.read_text("utf-8"))
    return {
        f"{section}.{key}": text for section, words in tree.items() for key, text in words.items()
    }
