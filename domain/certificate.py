"""Certificates of an installation: whom they name, from when to when, and when to renew them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAYS_USUAL = 90
DAYS_MAX = 825
"""What clients still take of an authority of one's own; longer ones some of them refuse."""
AUTHORITY_LIFETIME = timedelta(days=1825)
SOON = timedelta(days=14)
"""So long before its end a certificate is told of: time enough to renew it by hand."""


class CertificateState(StrEnum):
    """How a certificate stands at a moment."""

    VALID = "valid"
    ENDS_SOON = "ends_soon"
    EXPIRED = "expired"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a certificate is good; ValueError for an end before the beginning."""

    begins_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.ends_at <= self.begins_at:
            raise ValueError("a certificate ends after it begins")

    def state(self, now: datetime) -> CertificateState:
        if now < self.begins_at:
            return CertificateState.NOT_YET
        if now >= self.ends_at:
            return CertificateState.EXPIRED
        return CertificateState.ENDS_SOON if now >= self.ends_at - SOON else CertificateState.VALID
