"""The door as the scenarios use it: signing in and keys over memory adapters."""

from collections.abc import Callable
from datetime import timedelta

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.passwords import MemoryPasswords
from adapters.memory.pauses import NoPauses
from adapters.memory.randomness import CountedRandomness
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.new_users import UserMaker
from application.opened_sessions import SessionMaker, Signed
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.use_cases.add_user import AddUser
from application.use_cases.authenticate import Authenticate
from application.use_cases.create_api_key import CreateApiKey, CreatedKey
from application.use_cases.reset_password import ResetPassword
from application.use_cases.revoke_api_key import RevokeApiKey
from application.use_cases.sign_in import SignIn
from application.use_cases.sign_out import SignOut
from application.use_cases.sign_up import SignUp
from domain.errors import DomainError
from domain.sign_in_attempts import AttemptLimit

ANNA, BORIS, CLARA = "anna@example.org", "boris@example.org", "clara@example.org"
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody


class Door:
    """One installation in memory, who came to it, and what it answered."""

    key: CreatedKey
    tokens: list[str]

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.passwords = MemoryPasswords()
        self.refusals: list[DomainError] = []
        self.database = MemoryDatabase()
        retrying, randomness = Retrying(NoPauses()), CountedRandomness()
        sessions = SessionMaker(clock=self.clock, randomness=randomness)
        users = UserMaker(clock=self.clock, passwords=self.passwords)
        self._sign_up = SignUp(
            unit_of_work=self.unit_of_work,
            retrying=retrying,
            users=users,
            sessions=sessions,
        )
        self.add_user = AddUser(unit_of_work=self.unit_of_work, retrying=retrying, users=users)
        self.reset_password = ResetPassword(
            unit_of_work=self.unit_of_work, retrying=retrying, passwords=self.passwords
        )
        self._sign_in = SignIn(
            unit_of_work=self.unit_of_work,
            retrying=retrying,
            clock=self.clock,
            passwords=self.passwords,
            sessions=sessions,
            limit=AttemptLimit(),
        )
        self.sign_out = SignOut(unit_of_work=self.unit_of_work, retrying=retrying)
        self.authenticate = Authenticate(
            reading=self.unit_of_work,
            unit_of_work=self.unit_of_work,
            retrying=retrying,
            clock=self.clock,
        )
        self.create_key = CreateApiKey(
            unit_of_work=self.unit_of_work,
            retrying=retrying,
            clock=self.clock,
            randomness=randomness,
        )
        self.revoke_key = RevokeApiKey(unit_of_work=self.unit_of_work)

    def unit_of_work(self) -> UnitOfWork:
        return MemoryUnitOfWork(self.database)

    def sign_up(self, email: str, password: str) -> Signed:
        signed = self._sign_up(email, password)
        self.token = signed.token.text
        return signed

    def sign_in(self, email: str, password: str) -> Signed:
        signed = self._sign_in(email, password)
        self.token = signed.token.text
        return signed

    def try_to(self, act: Callable[[], object]) -> None:
        """Does something; a refusal is remembered."""
        try:
            act()
        except DomainError as refusal:
            self.refusals.append(refusal)

    def pass_time(self, time: timedelta) -> None:
        self.clock.moment += time
