"""What a person reads: messages by code, in English and Russian."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from application.errors import AdapterError
from domain.errors import DomainError, LinkRefused

Language = Literal["en", "ru"]
LANGUAGES: tuple[str, ...] = get_args(Language)


def language_of(environment: Mapping[str, str]) -> Language:
    """Russian where the locale says so, else English (POSIX order of the variables)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


def say(code: str, language: Language, **fields: object) -> str:
    """The sentence of a code; the code itself where there is none, so that nothing is hidden."""
    sentence = _sentences(language).get(code)
    return sentence.format(**fields) if sentence is not None else code


def explain(error: DomainError | AdapterError, language: Language) -> str:
    """What happened and what the person can do, by the error's stable code."""
    if isinstance(error, LinkRefused):
        return say(f"link_refused.{error.reason}", language)
    if isinstance(error, DomainError):
        detail = f"{error.code}.{error.fields.get('detail', '')}"
        code = detail if detail in _sentences(language) else error.code
        return say(code, language, **error.fields, message=str(error))
    return say(error.code, language, message=str(error))


def codes(language: Language) -> frozenset[str]:
    """Every code that has a sentence in a language."""
    return frozenset(_sentences(language))


@cache
def _sentences(language: Language) -> Mapping[str, str]:
    text = files("entrypoints").joinpath(f"messages/{language}.toml").read_text(encoding="utf-8")
    return {
        key if section == "messages" else f"{section}.{key}": sentence
        for section, table in tomllib.loads(text).items()
        for key, sentence in table.items()
    }
