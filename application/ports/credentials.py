"""What people's passwords are checked against."""

from typing import Protocol

from domain.ledger import UserId


class Credentials(Protocol):
    """The hash of each user's password, within one unit of work.

    Contract (tests/contracts/credentials.py): `of` gives what was last set, None for a user who
    has no password.
    """

    def set(self, user_id: UserId, password_hash: str) -> None: ...

    def of(self, user_id: UserId) -> str | None: ...
