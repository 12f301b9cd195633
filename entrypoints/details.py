"""The reasons of refusals in Russian: our code says them in English (R-901)."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

_PLACE = re.compile(r"\{(\w+)\}")


def in_russian(message: str) -> str:
    """A reason as our code says it, in Russian; one that is not known stays as it is."""
    known, words = _known()
    for pattern, russian in known:
        found = pattern.fullmatch(message)
        if found is not None:
            told = {name: words.get(value, value) for name, value in found.groupdict().items()}
            return russian.format(**told)
    return message


@cache
def _known() -> tuple[Sequence[tuple[re.Pattern[str], str]], Mapping[str, str]]:
    text = files("entrypoints").joinpath("messages/details.ru.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    said = [(_pattern(english), russian) for english, russian in table["said"].items()]
    return said, table["words"]


def _pattern(english: str) -> re.Pattern[str]:
    """Each place but the last ends where the text behind it first comes, and is not tried again.

    What is told may be a stranger's and long; trying every way to share it out takes minutes.
    """
    start, *rest = _PLACE.split(english)
    # Every second part is the name of a placeholder.
    places = list(zip(rest[::2], map(re.escape, rest[1::2]), strict=True))
    taken = [f"(?>(?P<{name}>.+?){text})" for name, text in places[:-1]]
    last = [f"(?P<{name}>.+){text}" for name, text in places[-1:]]
    return re.compile("".join((re.escape(start), *taken, *last)), re.DOTALL)
