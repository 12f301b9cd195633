"""Numbers with their nouns, and moments, as people read them in English and in Russian."""

from collections.abc import Mapping
from datetime import UTC, datetime

_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
}
_SINGULAR_AND_PLURAL = 2


class Counted(int):
    """A number that a sentence may ask with its noun: `{count:run|runs}`.

    English gives two forms, of one and of more; Russian three, of 1, of 2 and of 5.
    """

    def __format__(self, form: str) -> str:
        if "|" not in form:
            return super().__format__(form)
        return f"{int(self)} {form.split('|')[_form(abs(self), form.count('|') + 1)]}"


def worded(fields: Mapping[str, object], language: str) -> dict[str, object]:
    """What fills a sentence: whole numbers that know their nouns, moments in words."""
    return {name: _worded(value, language) for name, value in fields.items()}


def moment_in_words(moment: datetime, language: str) -> str:
    """A moment to the minute, in UTC: 22 November 2026, 14:05 UTC."""
    at = moment.astimezone(UTC)
    return f"{day_in_words(at, language)}, {at:%H:%M} UTC"


def day_in_words(moment: datetime, language: str) -> str:
    """The day of a moment in UTC: 22 November 2026."""
    at = moment.astimezone(UTC)
    return f"{at.day} {_MONTHS[language][at.month - 1]} {at.year}"


def _worded(value: object, language: str) -> object:
    if isinstance(value, datetime):
        return moment_in_words(value, language)
    return Counted(value) if type(value) is int else value


def _form(count: int, forms: int) -> int:
    """Which form of a noun stands beside a number (CLDR's plural rules of both languages)."""
    if forms <= _SINGULAR_AND_PLURAL:
        return 0 if count == 1 else 1
    if count % 10 == 1 and count % 100 != 11:  # noqa: PLR2004 - 11 to 14 end like 5
        return 0
    return 1 if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else 2
