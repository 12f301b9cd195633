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
            raise _refused("freshness_days", least=0, most=FRESHNESS_DAYS_MAX)
        fewest, most = self.review_sentences_min, self.review_sentences_max
        if not REVIEW_SENTENCES_LEAST <= fewest <= REVIEW_SENTENCES_MOST:
            least, most = REVIEW_SENTENCES_LEAST, REVIEW_SENTENCES_MOST
            raise _refused("review_sentences_min", least=least, most=most)
        if not fewest <= most <= REVIEW_SENTENCES_MOST:
            raise _refused("review_sentences_max", least=fewest, most=REVIEW_SENTENCES_MOST)

    @property
    def freshness(self) -> timedelta:
        return timedelta(days=self.freshness_days)


def _refused(setting: str, *, least: int, most: int) -> InvalidSettings:
    return InvalidSettings(f"it takes {least} to {most}", setting=setting)
