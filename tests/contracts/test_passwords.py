"""Every way of hashing passwords against the one suite."""

import re

import pytest

from adapters.argon2.passwords import Argon2Passwords
from adapters.memory.passwords import MemoryPasswords
from domain.password import Password
from tests.contracts.passwords import ONE, Made, PasswordsContract


class TestMemoryPasswords(PasswordsContract):
    @pytest.fixture
    def made(self) -> Made:
        return lambda cost: MemoryPasswords(cost=cost)


class TestArgon2Passwords(PasswordsContract):
    @pytest.fixture
    def made(self) -> Made:
        return lambda cost: Argon2Passwords(memory_kib=8 * cost, passes=1)

    def test_in_production_it_costs_what_owasp_asks_for(self) -> None:
        kept = Argon2Passwords().hash(ONE)
        assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", kept)

    def test_against_no_hash_the_same_work_is_done(self) -> None:
        """By the hasher's own calls, not by a clock: a busy machine would tell lies."""
        passwords = Argon2Passwords(memory_kib=8, passes=1)
        compared: list[str] = []

        class Watched:
            def verify(self, password_hash: str, password: str) -> bool:
                compared.append(password_hash)
                return password == password_hash

        kept = passwords.hash(ONE)
        nobodys = passwords._nobodys
        passwords._hasher = Watched()  # type: ignore[assignment]
        passwords.verify(Password("whatever it may be"), None)
        passwords.verify(Password("whatever it may be"), kept)
        assert compared == [nobodys, kept]
        assert nobodys.rpartition("$")[0].split("$")[:4] == kept.split("$")[:4]
