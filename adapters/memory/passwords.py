"""Hashes of passwords that cost nothing, for tests."""

import hashlib
import hmac
import itertools

from domain.password import Password


class MemoryPasswords:
    """Salted SHA-256 (port `Passwords`): quick to guess, so fit for no real password.

    `verified` counts the comparisons that were made, also those against no hash.
    """

    def __init__(self, *, cost: int = 1) -> None:
        self.cost = cost
        self._salts = itertools.count()
        self.verified = 0

    def hash(self, password: Password) -> str:
        return self._made(password, cost=self.cost, salt=next(self._salts))

    def verify(self, password: Password, password_hash: str | None) -> bool:
        self.verified += 1
        cost, salt, _ = (password_hash or "1:0:").split(":")
        made = self._made(password, cost=int(cost), salt=int(salt))
        return password_hash is not None and hmac.compare_digest(made, password_hash)

    def needs_rehash(self, password_hash: str) -> bool:
        return not password_hash.startswith(f"{self.cost}:")

    def _made(self, password: Password, *, cost: int, salt: int) -> str:
        digest = hashlib.sha256(f"{salt}:{password.text}".encode()).hexdigest()
        return f"{cost}:{salt}:{digest}"
