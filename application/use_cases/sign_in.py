"""Signing in: an address and its password open a session; everything else is one refusal."""

from collections.abc import Callable
from dataclasses import dataclass

from application.opened_sessions import SessionMaker, Signed, keep
from application.ports.clock import Clock
from application.ports.passwords import Passwords
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.errors import InvalidEmail, InvalidPassword, SignInRefused, UserNotFound
from domain.password import Password
from domain.sign_in_attempts import AttemptLimit, address_digest
from domain.user import User, email_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Opens a session; SignInRefused, whatever does not fit, and TooManyAttempts.

    Whether anybody has the address shows neither in the answer nor in the time that it takes.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock
    passwords: Passwords
    sessions: SessionMaker
    limit: AttemptLimit

    def __call__(self, email: str, password: str) -> Signed:
        try:
            name, given = email_of(email), Password(password)
        except (InvalidEmail, InvalidPassword):
            # It can be nobody's; how it is malformed says nothing of who has signed up.
            raise SignInRefused("no such address and password") from None
        self.retrying(lambda: self._count(name))
        user, password_hash = self._known(name)
        if not self.passwords.verify(given, password_hash) or user is None:
            raise SignInRefused("no such address and password")
        signed = self.sessions(user)
        renewed = self._renewed(given, password_hash)
        self.retrying(lambda: self._open(signed, password_hash, renewed))
        return signed

    def _count(self, name: str) -> None:
        """An attempt counts before it is tried, so that many at once do not all pass."""
        now, digest = self.clock.now(), address_digest(name)
        with self.unit_of_work() as work:
            failures = work.sign_in_attempts.since(digest, now - self.limit.window)
            self.limit.check(failures, now=now)
            work.sign_in_attempts.add(digest, now)
            work.commit()

    def _known(self, name: str) -> tuple[User | None, str | None]:
        with self.unit_of_work() as work:
            try:
                user = work.users.named(name)
            except UserNotFound:
                return None, None
            return user, work.credentials.of(user.id)

    def _renewed(self, given: Password, password_hash: str | None) -> str | None:
        """A hash at the costs of today, where the stored one is cheaper."""
        if password_hash is None or not self.passwords.needs_rehash(password_hash):
            return None
        return self.passwords.hash(given)

    def _open(self, signed: Signed, verified: str | None, renewed: str | None) -> None:
        with self.unit_of_work() as work:
            # Reset while it was verified: neither a session nor the old password comes back.
            if work.credentials.of(signed.user.id) not in {verified, renewed}:
                raise SignInRefused("no such address and password")
            work.sign_in_attempts.forget(address_digest(signed.user.name))
            if renewed is not None:
                work.credentials.set(signed.user.id, renewed)
            keep(work, signed)
            work.commit()
