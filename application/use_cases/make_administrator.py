"""Making a user an administrator: an act of whoever runs the installation."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.user import User, email_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeAdministrator:
    """Promotes the user who signed up with an address; InvalidEmail, UserNotFound."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def __call__(self, email: str) -> User:
        name = email_of(email)
        return self.retrying(lambda: self._promoted(name))

    def _promoted(self, name: str) -> User:
        with self.unit_of_work() as work:
            user_id = work.users.named(name).id
            work.users.promote(user_id)
            promoted = work.users.get(user_id)
            work.commit()
        return promoted
