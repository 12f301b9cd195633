"""Users: the people who own runs and credits."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import InvalidEmail
from domain.ledger import UserId
from domain.rate_limit import Plan

EMAIL_CHARACTERS_MAX = 254
"""RFC 5321, 4.5.3.1.3: a path has 256 at most, of which two are its angle brackets."""

# No more than what mail needs: only mail tells whether an address is somebody's. Other alphabets
# are left out, because two addresses that look alike must not be two people.
_EMAIL = re.compile(
    r"[!-?A-~]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{1,62}[a-z0-9]", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who owns runs and credits; an administrator also sets prices and tops up.

    `name` is the e-mail address of everybody who signed up; it is never shown in a log (R-706).
    """

    id: UserId
    name: str = field(repr=False)
    created_at: datetime
    is_administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """From a moment on a user has a plan, until the next subscription (R-607)."""

    user_id: UserId
    plan: Plan
    valid_from: datetime


def email_of(given: str) -> str:
    """The one spelling of an e-mail address: trimmed, in lower case; InvalidEmail for others."""
    email = given.strip().lower()
    if len(email) > EMAIL_CHARACTERS_MAX or _EMAIL.fullmatch(email) is None:
        raise InvalidEmail("no e-mail address")
    return email
