"""Credits: exact amounts of what runs are paid with (R-601)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from domain.errors import InvalidAmount

MAX_KOPECKS = 10**15
"""Ten trillion roubles: more than anybody owns, and a thousand times less than a column holds."""

_ROUBLES = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True, order=True)
class Credits:
    """A whole number of kopecks, never below zero (1 credit = 1 rouble = 100 kopecks).

    Raises InvalidAmount for anything else, also for more than `MAX_KOPECKS`.
    """

    kopecks: int

    def __post_init__(self) -> None:
        if isinstance(self.kopecks, bool) or not isinstance(self.kopecks, int):
            raise InvalidAmount(f"kopecks are whole: {self.kopecks!r}")
        if not 0 <= self.kopecks <= MAX_KOPECKS:
            raise InvalidAmount(f"not an amount of credits: {self.kopecks} kopecks")

    @classmethod
    def of(cls, text: str) -> Self:
        """What a person writes: `500`, `0.5` or `12.34`; InvalidAmount for anything else."""
        if not _ROUBLES.fullmatch(text):
            raise InvalidAmount("credits are written like 500 or 12.34")
        return cls(int(Decimal(text) * 100))

    def __add__(self, other: "Credits") -> "Credits":
        return Credits(self.kopecks + other.kopecks)

    def __sub__(self, other: "Credits") -> "Credits":
        return Credits(self.kopecks - other.kopecks)

    def __str__(self) -> str:
        return f"{self.kopecks // 100}.{self.kopecks % 100:02d}"
