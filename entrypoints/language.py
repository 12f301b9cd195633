"""What a person reads: messages by code, in English and Russian."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from application.errors import AdapterError
from application.origins import is_for_menders
from domain.errors import DomainError
from domain.run import Failure
from entrypoints.details import in_russian
from entrypoints.wording import moment_in_words, worded

Language = Literal["en", "ru"]
_TOLD = " ({message})"
"""What a sentence holds of a message; it goes where there is none to tell."""
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
    return sentence.format(**worded(fields, language)) if sentence is not None else code


def explain(error: DomainError | AdapterError, language: Language) -> str:
    """What happened and what the person can do, by the error's stable code."""
    fields = error.fields if isinstance(error, DomainError) else {}
    return sentence_of(error.code, language, message=str(error), fields=fields)


def explain_failure(failure: Failure, language: Language) -> str:
    """Why a run or a component ended, by the failure's stable code.

    Names of our code stay in the manifest, for whoever mends it.
    """
    message = "" if is_for_menders(failure.message) else failure.message
    return sentence_of(failure.code, language, message=message, fields=failure.fields)


def sentence_of(
    code: str, language: Language, *, message: str, fields: Mapping[str, str | float]
) -> str:
    """The sentence of a code, or the closer one of its `reason` or `detail` where that has one."""
    if isinstance(at := fields.get("free_at"), str):
        fields = {**fields, "free_at": moment_in_words(datetime.fromisoformat(at), language)}
    closer = [f"{code}.{fields[name]}" for name in ("reason", "detail") if name in fields]
    known = [name for name in closer if name in _sentences(language)]
    found = known[0] if known else code
    if not message and found in _sentences(language):
        return (
            _sentences(language)[found]
            .replace(_TOLD, "")
            .format(**worded({**fields, "message": ""}, language))
        )
    told = in_russian(message) if language == "ru" else message
    return say(found, language, **{**fields, "message": told})


def codes(language: Language) -> frozenset[str]:
    """Every code that has a sentence in a language."""
    return frozenset(_sentences(language))


def sentence_template(code: str, language: Language) -> str:
    """The sentence of a code with its placeholders in braces; KeyError where there is none."""
    return _sentences(language)[code]


@cache
def _sentences(language: Language) -> Mapping[str, str]:
    text = files("entrypoints").joinpath(f"messages/{language}.toml").read_text(encoding="utf-8")
    return {
        key if section == "messages" else f"{section}.{key}": sentence
        for section, table in tomllib.loads(text).items()
        for key, sentence in table.items()
    }
