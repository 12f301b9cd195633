"""The local user is welcomed by every command, and given credits once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.pauses import NoPauses
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.retrying import Retrying
from application.use_cases.welcome_local_user import STARTING_BALANCE, WelcomeLocalUser
from domain.ledger import LOCAL_USER
from domain.rate_limit import Plan
from tests.ledgers import a_top_up

Units = Callable[[], MemoryUnitOfWork]


@pytest.fixture
def units() -> Units:
    database = MemoryDatabase()
    return lambda: MemoryUnitOfWork(database)


def welcomed(units: Units, clock: FixedClock) -> int:
    """The kopecks of the local user afterwards."""
    WelcomeLocalUser(unit_of_work=units, clock=clock, retrying=Retrying(NoPauses()))()
    with units() as work:
        assert work.users.plan(LOCAL_USER, now=clock.now()) is Plan.LOCAL
        return work.ledger.balance(LOCAL_USER).available.kopecks


def test_the_starting_balance_is_given_once(units: Units) -> None:
    clock = FixedClock()
    for _ in range(3):
        assert welcomed(units, clock) == STARTING_BALANCE.kopecks
        clock.advance(timedelta(days=400))


def test_who_began_with_another_balance_keeps_it(units: Units) -> None:
    """What an older version gave is not asked for again under its key."""
    with units() as work:
        work.ledger.top_up(a_top_up(LOCAL_USER, 500, key="starting-balance"))
        work.commit()
    assert welcomed(units, FixedClock()) == 500
