"""Signing up: a person's address and password become a user, who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass

from application.new_users import NewUser, UserMaker, keep_user
from application.opened_sessions import SessionMaker, Signed, keep
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """Adds a user on the free plan and opens a session.

    Raises InvalidEmail, InvalidPassword, and EmailTaken: who signs up learns that an address is
    taken, for without mail there is no other way to tell its owner.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    users: UserMaker
    sessions: SessionMaker

    def __call__(self, email: str, password: str) -> Signed:
        new = self.users(email, password)
        signed = self.sessions(new.user)
        self.retrying(lambda: self._add(new, signed))
        return signed

    def _add(self, new: NewUser, signed: Signed) -> None:
        with self.unit_of_work() as work:
            keep_user(work, new)
            keep(work, signed)
            work.commit()
