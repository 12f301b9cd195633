"""The two languages: neither lacks a word that the other has or a report needs (R-901)."""

import re
from itertools import product

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.components.text.language_codes import CODES
from adapters.html.language import LANGUAGES, Texts, _catalogue
from adapters.html.page import GROUPS
from domain.component import ComponentStatus, EmptyReason
from domain.run import RunStatus
from domain.schema import Drawing, Unit, Words
from domain.video import Platform
from tests.outside import ROOT
from tests.report.made import an_array


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_a_component_may_store_is_said_in_both_languages(language: str) -> None:
    """R-901: a subject, an event, a point of the body is no code to whoever reads the report."""
    stored = {
        choice
        for component in ShippedComponents()
        for array in component.schema.arrays
        for choice in array.choices
    }
    assert len(stored) > 150
    assert {word for word in stored if Texts(language).known("word", word) is None} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_that_can_be_found_has_a_name(language: str) -> None:
    assert [code for code in CODES if Texts(language).known("tongue", code) is None] == []


def test_a_language_is_named_and_not_taken_for_the_word_it_looks_like() -> None:
    """`no` is Norwegian, where a flag's `no` is a refusal."""
    values = np.array(["no", "de", "haw"])
    codes, _ = an_array("languages", values, Drawing.TABLE, words=Words.LANGUAGES)
    texts = Texts("ru")
    said = [texts.word(codes, str(code)) for code in values]
    assert said == ["норвежский", "немецкий", "haw"]


def noted() -> set[str]:
    """Every note that a component leaves, as its code writes it; 7 stands for a number."""
    found: set[str] = set()
    for file in (ROOT / "adapters/components").rglob("*.py"):
        for note in re.findall(
            r'Measurement\.empty\([^,()]+,\s*f?"([^"]+)"', file.read_text("utf-8")
        ):
            found.add(re.sub(r"\{[^}]+\}", "7", note))
    return found


def test_every_note_of_a_component_is_said_in_russian() -> None:
    """R-901: why there is little to say stands on the card in the language of the page."""
    notes = noted()
    assert len(notes) > 25
    told = {note: Texts("ru").note(note) for note in notes}
    assert {note for note, russian in told.items() if not re.search("[а-яё]", russian)} == set()
    assert told["less than 1.4 s of sound"] == "звука меньше 1,4 с"
    assert Texts("en").note("less than 1.4 s of sound") == "less than 1.4 s of sound"
    assert Texts("ru").note("what nobody foresaw") == "what nobody foresaw"
