"""Signing up: a person's address and password become a user, who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from application.opened_sessions import SessionMaker, Signed, keep
from application.ports.clock import Clock
from application.ports.passwords import Passwords
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.errors import UserNotFound
from domain.ledger import UserId
from domain.password import Password
from domain.user import User, email_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Adds a user on the free plan and opens a session.

    Raises InvalidEmail, InvalidPassword, and EmailTaken: who signs up learns that an address is
    taken, for without mail there is no other way to tell its owner.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock
    passwords: Passwords
    sessions: SessionMaker

    def __call__(self, email: str, password: str) -> Signed:
        name, chosen = email_of(email), Password(password)
        chosen.check_new(email=name)
        user = User(id=UserId(uuid4()), name=name, created_at=self.clock.now())
        password_hash = self.passwords.hash(chosen)
        signed = self.sessions(user)
        self.retrying(lambda: self._add(signed, password_hash))
        return signed

    def _add(self, signed: Signed, password_hash: str) -> None:
        with self.unit_of_work() as work:
            if not _is_there(work, signed.user):
                work.users.add(signed.user)
                work.credentials.set(signed.user.id, password_hash)
                keep(work, signed)
                work.commit()


def _is_there(work: UnitOfWork, user: User) -> bool:
    """Whether an earlier try has added the user and only its answer was lost."""
    try:
        work.users.get(user.id)
    except UserNotFound:
        return False
    return True
