"""Resetting a password that its person has forgotten: an act of whoever runs the installation."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.passwords import Passwords
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.password import Password
from domain.sign_in_attempts import address_digest
from domain.user import email_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """Sets a new password and ends every session; keys go on, to be revoked by their user.

    Raises InvalidEmail, InvalidPassword, UserNotFound.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    passwords: Passwords

    def __call__(self, email: str, password: str) -> None:
        name, chosen = email_of(email), Password(password)
        chosen.check_new(email=name)
        password_hash = self.passwords.hash(chosen)
        self.retrying(lambda: self._set(name, password_hash))

    def _set(self, name: str, password_hash: str) -> None:
        with self.unit_of_work() as work:
            user_id = work.users.named(name).id
            work.credentials.set(user_id, password_hash)
            work.sessions.remove_of(user_id)
            work.sign_in_attempts.forget(address_digest(name))
            work.commit()
