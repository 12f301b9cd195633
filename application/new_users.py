"""New users: an address and a password that may be somebody's, and how they are kept."""

from dataclasses import dataclass, field
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.passwords import Passwords
from application.ports.unit_of_work import UnitOfWork
from domain.errors import UserNotFound
from domain.ledger import UserId
from domain.password import Password
from domain.user import User, email_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Somebody who is not kept yet."""

    user: User
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMaker:
    """Makes users, on the free plan; raises InvalidEmail and InvalidPassword."""

    clock: Clock
    passwords: Passwords

    def __call__(self, email: str, password: str) -> NewUser:
        name, chosen = email_of(email), Password(password)
        chosen.check_new(email=name)
        user = User(id=UserId(uuid4()), name=name, created_at=self.clock.now())
        return NewUser(user=user, password_hash=self.passwords.hash(chosen))


def keep_user(work: UnitOfWork, new: NewUser) -> None:
    """Stores the user, once: a commit whose answer was lost is tried again.

    Raises EmailTaken where somebody else has the address.
    """
    try:
        work.users.get(new.user.id)
    except UserNotFound:
        work.users.add(new.user)
        work.credentials.set(new.user.id, new.password_hash)
