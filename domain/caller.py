"""Callers: who asks, by what, and what they may do."""

from dataclasses import dataclass

from domain.api_key import ApiKeyId, Scope
from domain.errors import NotAdministrator, ScopeMissing
from domain.session import SessionId
from domain.user import User

ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A user who showed a token: of a session (every scope) or of an API key (its own)."""

    user: User
    scopes: frozenset[Scope]
    session_id: SessionId | None = None
    api_key_id: ApiKeyId | None = None

    def require(self, *scopes: Scope) -> None:
        """Raises ScopeMissing for the first scope that the caller's key lacks."""
        for scope in scopes:
            if scope not in self.scopes:
                raise ScopeMissing(scope)

    def require_administrator(self) -> None:
        """Raises NotAdministrator for anybody else, before it tells of scopes."""
        if not self.user.is_administrator:
            raise NotAdministrator("only an administrator may do this")
        self.require(Scope.ADMINISTER)
