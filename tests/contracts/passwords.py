"""What every adapter of the port `Passwords` keeps to."""

from collections.abc import Callable

from application.ports.passwords import Passwords
from domain.password import Password

ONE, OTHER = Password("correct horse battery"), Password("correct horse batterz")
Made = Callable[[int], Passwords]
"""An adapter at the lowest cost, times a number."""


class PasswordsContract:
    """A subclass gives the fixture `made`."""

    def test_a_hash_verifies_its_own_password_and_no_other(self, made: Made) -> None:
        passwords = made(1)
        kept = passwords.hash(ONE)
        assert passwords.verify(ONE, kept)
        assert not passwords.verify(OTHER, kept)

    def test_the_same_password_twice_is_two_hashes(self, made: Made) -> None:
        passwords = made(1)
        assert passwords.hash(ONE) != passwords.hash(ONE)

    def test_the_password_is_not_in_its_hash(self, made: Made) -> None:
        assert ONE.text not in made(1).hash(ONE)

    def test_nobodys_password_is_never_right(self, made: Made) -> None:
        passwords = made(1)
        assert not passwords.verify(ONE, None)
        assert not passwords.verify(OTHER, None)

    def test_a_hash_at_another_cost_still_verifies_and_is_told(self, made: Made) -> None:
        cheap, dear = made(1), made(2)
        kept = cheap.hash(ONE)
        assert dear.verify(ONE, kept)
        assert not dear.verify(OTHER, kept)
        assert dear.needs_rehash(kept)
        assert not cheap.needs_rehash(kept)
