"""That a person reads each refusal and each failed download in both languages."""

import pytest

from adapters.youtube.tries import download_failed
from domain.link_refusal import LinkRefusal
from entrypoints.language import Language, explain

BOTH: tuple[Language, ...] = ("en", "ru")
INSTEAD = {"en": "pload", "ru": "агрузите файл"}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("reason", LinkRefusal)
def test_each_refusal_says_to_upload(reason: LinkRefusal, language: Language) -> None:
    said = explain(reason.error(), language)
    assert INSTEAD[language] in said
    assert "{" not in said


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize(
    "code", ["timed_out", "too_large", "too_small", "connection", "http_403", "merge", "incomplete"]
)
def test_each_failed_download_says_to_upload(code: str, language: Language) -> None:
    said = explain(download_failed(code, tries=4), language)
    assert INSTEAD[language] in said
    assert "{" not in said
