"""Sign-ins that failed, or have not yet succeeded."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class SignInAttempts(Protocol):
    """Attempts by the digest of an address, within one unit of work.

    Contract (tests/contracts/sign_in_attempts.py): `since` gives the moments after one, and keeps
    every other unit that asks for the same address waiting until this one ends; `forget` removes
    an address's; `expire` removes all up to a moment and gives their count.
    """

    def since(self, email_sha256: str, moment: datetime) -> Sequence[datetime]: ...

    def add(self, email_sha256: str, at: datetime) -> None: ...

    def forget(self, email_sha256: str) -> None: ...

    def expire(self, by: datetime) -> int: ...
