"""Sessions of people who signed in."""

from datetime import datetime
from typing import Protocol

from domain.ledger import UserId
from domain.session import Session, SessionId


class Sessions(Protocol):
    """All sessions, within one unit of work.

    Contract (tests/contracts/sessions.py): `with_token` gives the session that was added with the
    digest, as it was last saved, and None once it was removed; to remove or save one that is gone
    does nothing; `expire` removes those that ended by a moment and gives their count.
    """

    def add(self, session: Session) -> None: ...

    def with_token(self, token_sha256: str) -> Session | None: ...

    def save(self, session: Session) -> None:
        """Keeps when it was used and when it ends; nothing else of it changes."""
        ...

    def remove(self, session_id: SessionId) -> None: ...

    def remove_of(self, user_id: UserId) -> None:
        """Removes every session of a user's."""
        ...

    def expire(self, by: datetime) -> int: ...
