"""Sessions: a person who signed in stays so while they come back."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

from domain.ledger import UserId

SESSION_LIFETIME = timedelta(days=30)
"""After the last use."""

USE_NOTED_EVERY = timedelta(hours=1)
"""A use is written down at most so often: every request would be a write otherwise."""

SessionId = NewType("SessionId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """From a sign-in to a sign-out, or to the end of its life; `token_sha256` is of its token."""

    id: SessionId
    user_id: UserId
    token_sha256: str = field(repr=False)
    created_at: datetime
    used_at: datetime
    expires_at: datetime

    @classmethod
    def opened(
        cls, session_id: SessionId, *, user_id: UserId, token_sha256: str, now: datetime
    ) -> "Session":
        return cls(
            id=session_id,
            user_id=user_id,
            token_sha256=token_sha256,
            created_at=now,
            used_at=now,
            expires_at=now + SESSION_LIFETIME,
        )

    def is_live(self, now: datetime) -> bool:
        return now < self.expires_at

    def used(self, now: datetime) -> "Session":
        """The session after a use: itself, or one that lives on from now."""
        if now - self.used_at < USE_NOTED_EVERY:
            return self
        return replace(self, used_at=now, expires_at=now + SESSION_LIFETIME)
