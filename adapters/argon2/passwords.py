"""Passwords by Argon2id (RFC 9106)."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.password import Password

MEMORY_KIB = 19 * 1024
PASSES = 2
"""The second configuration of OWASP's Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane."""

AT_ONCE = 4
"""Each takes `MEMORY_KIB` and a core: more sign-ins than that wait for each other."""


class Argon2Passwords:
    """Argon2id with a random salt each (port `Passwords`)."""

    def __init__(
        self, *, memory_kib: int = MEMORY_KIB, passes: int = PASSES, at_once: int = AT_ONCE
    ) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._turns = BoundedSemaphore(at_once)
        # Nobody knows the password of this one: whoever has none is compared with it.
        self._nobodys = self._hasher.hash(secrets.token_bytes(32))

    def hash(self, password: Password) -> str:
        with self._turns:
            return self._hasher.hash(password.text)

    def verify(self, password: Password, password_hash: str | None) -> bool:
        with self._turns:
            try:
                self._hasher.verify(password_hash or self._nobodys, password.text)
            except VerifyMismatchError:
                return False
        return password_hash is not None

    def needs_rehash(self, password_hash: str) -> bool:
        return self._hasher.check_needs_rehash(password_hash)
