"""The two languages: neither lacks a word that the other has or a report needs (R-901)."""

import re
from itertools import product

import pytest

from adapters.html.language import LANGUAGES, Texts, _catalogue
from adapters.html.page import GROUPS
from domain.component import ComponentStatus, EmptyReason
from domain.run import RunStatus
from domain.schema import Unit
from domain.video import Platform


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_words() -> None:
    assert _catalogue("en").keys() == _catalogue("ru").keys()


def test_both_languages_fill_in_the_same_things() -> None:
    english, russian = _catalogue("en"), _catalogue("ru")
    differing = [k for k, text in english.items() if placeholders(text) != placeholders(russian[k])]
    assert differing == []


@pytest.mark.parametrize(("language", "reason"), [*product(LANGUAGES, EmptyReason)])
def test_every_reason_for_emptiness_is_said_in_words(language: str, reason: EmptyReason) -> None:
    """R-206: the closed list of reasons."""
    assert " " in Texts(language)(f"empty.{reason}")


@pytest.mark.parametrize(("language", "status"), [*product(LANGUAGES, ComponentStatus)])
def test_every_status_has_a_name(language: str, status: ComponentStatus) -> None:
    assert Texts(language)(f"status.{status}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_a_run_can_be_has_a_name(language: str) -> None:
    texts = Texts(language)
    assert all(texts(f"group.{group}") for group in GROUPS)
    assert all(texts(f"platform.{platform}") for platform in Platform)
    assert all(texts(f"banner.{status}") for status in (RunStatus.ERROR, RunStatus.CANCELLED))


@pytest.mark.parametrize(("language", "unit"), [*product(LANGUAGES, Unit)])
def test_every_unit_has_a_sign(language: str, unit: Unit) -> None:
    assert unit in {Unit.NONE, Unit.COUNT} or Texts(language).unit(unit)


def test_another_language_is_not_pretended() -> None:
    with pytest.raises(ValueError, match="'de'"):
        Texts("de")
