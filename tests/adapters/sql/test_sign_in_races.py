"""Many people, or one attacker, at the door at the same moment, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from domain.api_key import Scope
from domain.errors import DomainError, Unauthenticated
from domain.sign_in_attempts import AttemptLimit
from domain.user import User
from tests.features.door import ANNA, PASSWORD, Door

AT_ONCE = 12
WRONG = "some wrong phrase"


class SqlDoor(Door):
    """The door over a real database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        super().__init__()

    def unit_of_work(self) -> UnitOfWork:
        return SqlUnitOfWork(self._engine)


@pytest.fixture
def door(database_url: str) -> Iterator[SqlDoor]:
    upgrade(database_url)
    engine = connect(database_url)
    yield SqlDoor(engine)
    engine.dispose()


def answers(act: Callable[[], object], times: int) -> Counter[str]:
    """What each of many acts at once is told: `ok` or a code."""

    def told(_: int) -> str:
        try:
            act()
        except DomainError as refusal:
            return refusal.code
        return "ok"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(told, range(times)))


def test_an_address_is_taken_once(door: SqlDoor) -> None:
    found = answers(lambda: door.sign_up(ANNA, PASSWORD), AT_ONCE)
    assert found == {"ok": 1, "email_taken": AT_ONCE - 1}


def test_many_guesses_at_once_are_no_more_than_one_after_another(door: SqlDoor) -> None:
    """An attempt counts before its password is looked at."""
    door.sign_up(ANNA, PASSWORD)
    found = answers(lambda: door.sign_in(ANNA, WRONG), 40)
    most = AttemptLimit().failures_max
    assert found == {"sign_in_refused": most, "too_many_attempts": 40 - most}
    assert door.passwords.verified == most


def test_a_key_is_used_by_many_and_revoked_under_them(door: SqlDoor) -> None:
    """A use that is on its way while its key goes brings nothing back."""
    caller = door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)
    made = door.create_key(caller, name="mine", scopes=[Scope.READ])
    turns = iter(range(AT_ONCE))

    def act() -> None:
        """The fifth revokes the key, all others use it; the first use of a key is written down."""
        if next(turns) == 4:
            door.revoke_key(caller, made.key.id)
        else:
            door.authenticate(made.token.text)

    assert set(answers(act, AT_ONCE)) <= {"ok", "unauthenticated"}
    with pytest.raises(Unauthenticated):
        door.authenticate(made.token.text)


def test_a_user_who_goes_takes_sessions_keys_and_choices_along(door: SqlDoor) -> None:
    """What lets somebody in never outlives them; attempts are nobody's."""
    caller = door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)
    door.create_key(caller, name="mine", scopes=[Scope.READ])
    with door._engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM users WHERE name <> 'local'")
    with door.unit_of_work() as work:
        assert work.credentials.of(caller.user.id) is None
        assert list(work.api_keys.of(caller.user.id)) == []
    with pytest.raises(Unauthenticated):
        door.authenticate(door.token)
    assert isinstance(door.sign_up(ANNA, PASSWORD).user, User)
