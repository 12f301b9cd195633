"""API keys: what a user's programs may do in the user's name."""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.errors import InvalidText
from domain.ledger import UserId
from domain.session import USE_NOTED_EVERY

API_KEYS_MAX = 50
NAME_CHARACTERS_MAX = 100

ApiKeyId = NewType("ApiKeyId", UUID)


class Scope(StrEnum):
    """What a key was made for; a session may do everything its user may.

    `READ` sees what is the user's: runs, videos, results, the ledger. `RUN` spends credits: it adds
    videos, estimates, starts, cancels and repeats runs, and saves profiles. `ACCOUNT` changes
    settings, keys and webhooks. `ADMINISTER` does what administrators do, where the user is one.
    """

    READ = "read"
    RUN = "run"
    ACCOUNT = "account"
    ADMINISTER = "administer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key works until it is revoked; `token_sha256` is of its token, which was told once."""

    id: ApiKeyId
    user_id: UserId
    name: str
    scopes: frozenset[Scope]
    token_sha256: str = field(repr=False)
    created_at: datetime
    used_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidText("a key has a name")
        if len(self.name) > NAME_CHARACTERS_MAX:
            raise InvalidText(f"the name has more than {NAME_CHARACTERS_MAX} characters")
        if any(unicodedata.category(character).startswith("C") for character in self.name):
            raise InvalidText("the name holds characters that are not text")
        if not self.scopes:
            raise InvalidText("a key has at least one scope")

    def used(self, now: datetime) -> "ApiKey":
        """The key after a use: itself, or with the time of it."""
        if self.used_at is not None and now - self.used_at < USE_NOTED_EVERY:
            return self
        return replace(self, used_at=now)
