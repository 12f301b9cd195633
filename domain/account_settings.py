"""Settings of an account: how a user wants runs reused and reviews written."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.errors import InvalidSettings

FRESHNESS_DAYS_MAX = 365
REVIEW_SENTENCES_LEAST = 5
REVIEW_SENTENCES_MOST = 200


class Language(StrEnum):
    """What messages and reviews are written in."""

    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettings:
    """InvalidSettings, with the name of the setting, for what cannot be.

    A successful run of the same configuration that is younger than `freshness_days` is reused at
    once (R-509); 0 reuses none. A review has a number of sentences in the range (R-802).
    """

    freshness_days: int = 3
    language: Language = Language.RU
    review_sentences_min: int = 50
    review_sentences_max: int = 60

    def __post_init__(self) -> None:
        if not 0 <= self.freshness_days <= FRESHNESS_DAYS_MAX:
            raise _refused("freshness_days", f"0 to {FRESHNESS_DAYS_MAX}")
        fewest, most = self.review_sentences_min, self.review_sentences_max
        if not REVIEW_SENTENCES_LEAST <= fewest <= REVIEW_SENTENCES_MOST:
            range_of = f"{REVIEW_SENTENCES_LEAST} to {REVIEW_SENTENCES_MOST}"
            raise _refused("review_sentences_min", range_of)
        if not fewest <= most <= REVIEW_SENTENCES_MOST:
            raise _refused("review_sentences_max", f"{fewest} to {REVIEW_SENTENCES_MOST}")

    @property
    def freshness(self) -> timedelta:
        return timedelta(days=self.freshness_days)


def _refused(setting: str, fits: str) -> InvalidSettings:
    return InvalidSettings(f"it takes {fits}", setting=setting)
