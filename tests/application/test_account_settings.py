"""Settings of an account keep within what can be done, and a refusal names the setting."""

from datetime import timedelta

import pytest

from application.use_cases.update_settings import SettingsChange
from domain.account_settings import AccountSettings, Language
from domain.errors import InvalidSettings


def test_the_defaults_are_those_of_the_product_page() -> None:
    """R-509: three days; R-802: Russian, 50 to 60 sentences."""
    settings = AccountSettings()
    assert settings.freshness == timedelta(days=3)
    assert settings.language is Language.RU
    assert (settings.review_sentences_min, settings.review_sentences_max) == (50, 60)


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("freshness_days", {"freshness_days": -1}),
        ("freshness_days", {"freshness_days": 366}),
        ("review_sentences_min", {"review_sentences_min": 4}),
        ("review_sentences_min", {"review_sentences_min": 201, "review_sentences_max": 201}),
        ("review_sentences_max", {"review_sentences_min": 61}),
        ("review_sentences_max", {"review_sentences_max": 201}),
    ],
)
def test_what_cannot_be_is_refused_by_name(setting: str, values: dict[str, int]) -> None:
    with pytest.raises(InvalidSettings) as refused:
        SettingsChange(**values).applied_to(AccountSettings())  # type: ignore[arg-type]
    assert refused.value.fields == {"setting": setting}


@pytest.mark.parametrize("days", [0, 365])
def test_the_ends_of_the_range_are_in_it(days: int) -> None:
    assert AccountSettings(freshness_days=days).freshness == timedelta(days=days)


def test_what_is_left_out_of_a_change_stays() -> None:
    before = AccountSettings(freshness_days=9, review_sentences_min=20)
    after = SettingsChange(language=Language.EN, freshness_days=0).applied_to(before)
    assert after == AccountSettings(freshness_days=0, language=Language.EN, review_sentences_min=20)
    assert SettingsChange().applied_to(before) == before
