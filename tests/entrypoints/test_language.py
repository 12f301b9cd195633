"""Everything that a person is told is told in both languages (R-901)."""

import re
import string
import time
from dataclasses import replace
from pathlib import Path

import pytest

from application.ports.inference import ModelNotFound
from application.segmenting import failure_of
from domain import errors
from domain.component import ComponentStatus, EmptyReason
from domain.errors import DomainError, MetadataRequired
from domain.link_refusal import LinkRefusal
from domain.run import Failure, RunStatus, Stage
from domain.video import Metadata
from entrypoints import language as language_module
from entrypoints.details import in_russian
from entrypoints.language import (
    LANGUAGES,
    Language,
    codes,
    explain,
    explain_failure,
    language_of,
    say,
)
from entrypoints.wording import Counted
from tests.entrypoints.said_refusals import Said, said
from tests.outside import ROOT

BOTH: tuple[Language, ...] = ("en", "ru")


REFUSALS = [
    thing
    for thing in vars(errors).values()
    if isinstance(thing, type) and issubclass(thing, DomainError) and thing is not DomainError
]


def codes_in(*folders: str) -> set[str]:
    """Codes that adapters and use cases give to failures."""
    found: set[str] = set()
    for folder in folders:
        for file in Path(ROOT / folder).rglob("*.py"):
            found.update(re.findall(r'code="([a-z_]+)"', file.read_text(encoding="utf-8")))
            found.update(re.findall(r'Failure\(\s*"([a-z_]+)"', file.read_text(encoding="utf-8")))
    return found


def test_both_languages_say_the_same_things() -> None:
    assert codes("en") == codes("ru")


def test_both_languages_fill_in_the_same_figures() -> None:
    for code in codes("en"):
        english, russian = (fields_of(code, language) for language in BOTH)
        assert english == russian, code


def fields_of(code: str, language: Language) -> set[str]:
    class Keeper(dict[str, object]):
        def __missing__(self, key: str) -> object:
            self[key] = Counted(1)
            return self[key]

    keeper = Keeper()
    string.Formatter().vformat(language_module._sentences(language)[code], (), keeper)
    return set(keeper)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_has_a_sentence(refusal: type[DomainError]) -> None:
    if refusal is MetadataRequired:
        needed = {f"{name}_required" for name in ("title", "description", "tags", "comments")}
        assert needed <= codes("en")
        assert {name.removesuffix("_required") for name in needed} <= set(
            Metadata.__dataclass_fields__
        )
    elif refusal is not errors.LinkRefused:
        assert refusal.code in codes("en")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("reason", list(LinkRefusal))
def test_a_refused_link_is_told_with_the_advice_to_upload(
    reason: LinkRefusal, language: Language
) -> None:
    """R-106: the reason, and what the person can do."""
    sentence = explain(reason.error(), language)
    assert {"en": "pload the file", "ru": "агрузите файл"}[language] in sentence


ENDS: dict[str, tuple[DomainError, str, str]] = {
    "too short": (
        errors.VideoTooShort("4.00 s is under 5 s", duration_s=4.0, limit_s=5.0),
        "The video lasts 4.0 s; the shortest that is analysed is 5 s.",
        "Видео длится 4.0 с, а анализируется не короче 5 с.",
    ),
    "refused": (
        LinkRefusal.PRIVATE.error(),
        "The video is private. Upload the file instead.",
        "Это видео закрыто автором. Загрузите файл.",
    ),
    "no file": (
        errors.UnsupportedInput("the file cannot be read", detail="unreadable"),
        "There is no such file, or it cannot be read. Look at the path and its rights.",
        "Такого файла нет, или его нельзя прочитать. Проверьте путь и права на чтение.",
    ),
    "download": (
        errors.DownloadFailed("Too small.", detail="too_small", tries=4),
        "What YouTube sends is too small to be the video. Try later, or upload the file instead.",
        "То, что присылает YouTube, слишком мало для видео. Попробуйте позже или загрузите файл.",
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_run_that_a_rule_ended_is_told_as_the_rule_is(end: str) -> None:
    """R-103: what only decoding or downloading shows has the same words, in both languages."""
    refusal, *sentences = ENDS[end]
    failure = Failure.of(refusal, where="segment")
    assert [explain_failure(failure, language) for language in BOTH] == sentences
    assert [explain(refusal, language) for language in BOTH] == sentences


def test_every_failure_has_a_sentence() -> None:
    """Of a run and of a component alike."""
    assert codes_in("application", "adapters") <= codes("en")


def test_every_status_stage_and_reason_has_a_word() -> None:
    words = [
        *(f"status.{status}" for status in (*ComponentStatus, *RunStatus)),
        *(f"stage.{stage}" for stage in Stage),
        *(f"empty.{reason}" for reason in EmptyReason),
    ]
    assert set(words) <= codes("en")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language
    assert language in LANGUAGES


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert say("no_such_code", "en") == "no_such_code"


RUSSIAN_REASONS = [one for one in said() if one.code in codes("ru") and one.is_in_its_sentence]


@pytest.mark.parametrize("one", RUSSIAN_REASONS, ids=lambda one: one.where)
def test_every_reason_that_a_russian_sentence_holds_is_russian(one: Said) -> None:
    """R-901: whatever words our code gives a refusal, its reader gets them in one language."""
    assert re.search("[а-яё]", in_russian(one.text)), one.text


def test_the_reasons_of_refusals_are_looked_through() -> None:
    assert len(RUSSIAN_REASONS) > 80


def test_what_a_reason_tells_is_told_in_russian_too() -> None:
    ended = errors.InvalidTransition("a run does not go from ok to running")
    assert "из «готово» нельзя перейти в «идёт»" in explain(ended, "ru")
    small = errors.UnsupportedInput("a picture of 8x9 is too small", width=8, height=9)
    assert "(изображение 8×9 слишком мало)" in explain(small, "ru")
    assert "(a picture of 8x9 is too small)" in explain(small, "en")
    assert in_russian("what nobody has said") == "what nobody has said"


def test_a_long_reason_that_is_made_to_fit_many_ways_costs_no_time() -> None:
    """Part of a reason may be a stranger's words: trying every way to share them out took seconds
    for 4,000 characters, and grew with their cube."""
    began_s = time.process_time()
    assert in_russian(": x of " * 10_000) == ": x of " * 10_000
    assert time.process_time() - began_s < 1


@pytest.mark.parametrize("language", BOTH)
def test_a_failure_of_our_code_is_told_without_its_names(language: Language) -> None:
    """What a user reads says what happened; the kind and the line stay in the manifest."""
    codes_of_failures = codes_in("application", "adapters") | {"component_failed", "internal_error"}
    for code in codes_of_failures:
        error = ModelNotFound("no model")
        failure = failure_of(error, where="audio_events.measure")
        sentence = explain_failure(replace(failure, code=code), language)
        assert "ModelNotFound" not in sentence, code
        assert "measure (" not in sentence, code
        assert "()" not in sentence, code
        assert "{" not in sentence, code
    told = explain_failure(failure_of(ModelNotFound("x"), where="faces.measure"), language)
    assert "`trendflow models build`" in told


def test_what_another_component_broke_is_told_in_russian_by_its_name() -> None:
    blocked = Failure("dependency_failed", "speech_transcript failed", root="speech_transcript")
    assert "(speech_transcript)" in explain_failure(blocked, "ru")


def test_a_moment_in_a_refusal_is_a_date_in_words() -> None:
    full = errors.RateLimited("5 runs", plan="free", limit=5, free_at="2026-11-22T14:05:09+00:00")
    assert "22 November 2026, 14:05 UTC" in explain(full, "en")
    assert "22 ноября 2026, 14:05 UTC" in explain(full, "ru")
