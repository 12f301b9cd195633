"""How passwords are made hard to guess from what is kept of them."""

from typing import Protocol

from domain.password import Password


class Passwords(Protocol):
    """Slow, salted hashes of passwords.

    Contract (tests/contracts/passwords.py): a hash verifies its own password and no other; two
    hashes of one password differ; against no hash, `verify` works as long as against one and says
    no; a hash made with other costs still verifies, and `needs_rehash` tells it.
    """

    def hash(self, password: Password) -> str: ...

    def verify(self, password: Password, password_hash: str | None) -> bool: ...

    def needs_rehash(self, password_hash: str) -> bool: ...
