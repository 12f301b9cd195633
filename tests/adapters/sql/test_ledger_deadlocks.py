"""Units of work that want the same accounts in opposite order end, all of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, text

from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.errors import AdapterError
from domain.ledger import GrantKind, UserId
from domain.ledger_orders import TakeHold
from tests.adapters.sql.accounts import a_kept_user, an_order, balance_of, crooked
from tests.adapters.sql.depth import DEEP
from tests.builders import NOON
from tests.ledgers import a_top_up

pytestmark = [pytest.mark.requires("postgres"), pytest.mark.slow]

TIMES = 1000 if DEEP else 60
OVER = NOON + timedelta(hours=1)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    upgrade(postgres_url)
    engine = connect(postgres_url)
    with engine.begin() as connection:
        # Found soon, not after a second: the test has many to wait for.
        name = engine.url.database
        connection.execute(text(f"ALTER DATABASE {name} SET deadlock_timeout = '5ms'"))
    engine.dispose()
    yield engine
    engine.dispose()


def both_held(engine: Engine, orders: tuple[TakeHold, ...]) -> None:
    with SqlUnitOfWork(engine) as work:
        for order in orders:
            work.ledger.hold(order)
        work.commit()


def at_once(*acts: Callable[[int], None]) -> None:
    """Each act, so many times, begun together each time."""
    together = Barrier(len(acts))

    def repeated(act: Callable[[int], None]) -> None:
        for number in range(TIMES):
            together.wait(timeout=60)
            act(number)

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(repeated, act) for act in acts]:
            done.result()


def test_two_accounts_in_opposite_order_end_as_if_one_after_the_other(engine: Engine) -> None:
    """Hardening 41: one of two that wait for each other is told to try again, and then both did."""
    first, second = (a_kept_user(engine, 100 * TIMES) for _ in range(2))
    told: list[tuple[bool, bool]] = []

    def held(users: tuple[UserId, UserId]) -> None:
        orders = tuple(an_order(user_id) for user_id in users)
        while True:
            try:
                return both_held(engine, orders)
            except AdapterError as error:
                told.append((error.retryable, "40P01" in str(error)))

    at_once(lambda _: held((first, second)), lambda _: held((second, first)))
    assert [balance_of(engine, user_id)[1] for user_id in (first, second)] == [14 * TIMES] * 2
    assert set(told) == {(True, True)}, "nobody met anybody, or something else was told"
    assert crooked(engine) == {}


def test_expiries_and_holds_of_many_accounts_never_wait_for_each_other_in_a_ring(
    engine: Engine,
) -> None:
    """Hardening 41: an expiry passes by what another is at, so no deadlock at all is told."""
    users = [a_kept_user(engine, 100 * TIMES) for _ in range(2)]
    with SqlUnitOfWork(engine) as work:
        for number in range(TIMES):
            for user_id in users:
                end = OVER + timedelta(seconds=number)
                given = a_top_up(user_id, 1, kind=GrantKind.PROMOTIONAL, expires_at=end)
                work.ledger.top_up(given)
        work.commit()

    def sweep(number: int) -> None:
        with SqlUnitOfWork(engine) as work:
            work.ledger.expire(OVER + timedelta(seconds=number))
            work.commit()

    def holds(number: int) -> None:
        at = OVER + timedelta(seconds=number)
        turned = users if number % 2 else users[::-1]
        later = at + timedelta(hours=9)
        both_held(engine, tuple(an_order(user_id, at=at, expires_at=later) for user_id in turned))

    at_once(sweep, sweep, holds)
    assert [balance_of(engine, user_id)[1] for user_id in users] == [7 * TIMES] * 2
    assert crooked(engine) == {}
