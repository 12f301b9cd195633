"""Adding a user: an act of whoever runs the installation."""

from collections.abc import Callable
from dataclasses import dataclass

from application.new_users import NewUser, UserMaker, keep_user
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """Adds a user, signed in nowhere. Raises InvalidEmail, InvalidPassword, EmailTaken."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    users: UserMaker

    def __call__(self, email: str, password: str) -> User:
        new = self.users(email, password)
        self.retrying(lambda: self._add(new))
        return new.user

    def _add(self, new: NewUser) -> None:
        with self.unit_of_work() as work:
            keep_user(work, new)
            work.commit()
