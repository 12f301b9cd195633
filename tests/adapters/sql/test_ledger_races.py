"""Many at one account at the same time: nothing is spent twice, nothing is booked twice.

All on the real PostgreSQL. `HYPOTHESIS_PROFILE=deep` takes the schedules that the cases ask for.
"""

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.errors import DomainError, HoldEnded, IdempotencyConflict, InsufficientCredits
from domain.ledger import GrantKind, HoldId, HoldState, Receipt
from domain.ledger_orders import TakeHold
from tests.adapters.sql.accounts import a_kept_user, an_order, balance_of, crooked, held
from tests.adapters.sql.depth import DEEP
from tests.builders import NOON, a_run
from tests.ledgers import a_settle, a_top_up, a_user, outcomes
from tests.outside import ROOT

pytestmark = [pytest.mark.requires("postgres"), pytest.mark.slow]

SPENDERS = 8
REQUESTS = 100
THREADS = 12
SCHEDULES = 1000 if DEEP else 60
PAUSE_MAX_S = 0.1
OVER = NOON + timedelta(hours=1)


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    upgrade(postgres_url)
    engine = connect(postgres_url)
    yield engine
    engine.dispose()


def test_eight_processes_drain_one_account_exactly(engine: Engine, postgres_url: str) -> None:
    """Hardening 29: 1000 in sevens are 142 holds, and 6 are left."""
    user_id = a_kept_user(engine, 1000)
    command = [sys.executable, "-m", "tests.adapters.sql.spender", postgres_url, str(user_id), "7"]
    with ExitStack() as stack:
        spenders = [
            stack.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(SPENDERS)
        ]
        for spender in spenders:
            assert spender.stdout is not None
            assert spender.stdout.readline() == "ready\n"
        for spender in spenders:
            assert spender.stdin is not None
            spender.stdin.write("\n")
            spender.stdin.flush()
        counts = [int(spender.communicate(timeout=120)[0]) for spender in spenders]
    assert sum(counts) == 142
    assert sum(count > 0 for count in counts) > 1, "nobody met anybody"
    assert balance_of(engine, user_id) == (6, 994)
    assert crooked(engine) == {}


def answers(engine: Engine, orders: list[TakeHold]) -> list[Receipt | DomainError]:
    """What each of these orders is told, all of them asked at once."""

    def asked(order: TakeHold) -> Receipt | DomainError:
        try:
            return held(engine, order)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(asked, orders))


def test_a_hundred_requests_under_one_key_book_once(engine: Engine) -> None:
    """Hardening 30: one hold and a hundred equal receipts."""
    order = an_order(a_kept_user(engine, 1000))
    receipts = answers(engine, [order] * REQUESTS)
    assert all(receipt == receipts[0] for receipt in receipts)
    assert sum(isinstance(each, Receipt) and not each.again for each in receipts) == 1
    assert balance_of(engine, order.user_id) == (993, 7)
    assert crooked(engine) == {}


def test_one_key_for_two_things_at_once_books_one_of_them(engine: Engine) -> None:
    """Hardening 31: who comes second with other arguments is refused, and nothing is written."""
    user_id = a_kept_user(engine, 1000)
    both = [an_order(user_id, kopecks, key="the same") for kopecks in (7, 8)]
    told = answers(engine, both * (REQUESTS // 2))
    refused = Counter(type(each) for each in told)
    assert refused == {Receipt: REQUESTS // 2, IdempotencyConflict: REQUESTS // 2}
    available, set_aside = balance_of(engine, user_id)
    assert set_aside in {7, 8}
    assert available == 1000 - set_aside
    assert crooked(engine) == {}


def test_one_key_of_many_users_is_as_many_keys(engine: Engine) -> None:
    """Hardening 32."""
    users = [a_kept_user(engine, 10) for _ in range(THREADS)]
    told = answers(engine, [an_order(user_id, key="the same") for user_id in users] * 2)
    assert Counter(isinstance(each, Receipt) and each.again for each in told) == {
        False: THREADS,
        True: THREADS,
    }
    assert {balance_of(engine, user_id) for user_id in users} == {(3, 7)}


def raced(act: Callable[[int], bool], sweep: Callable[[int], bool]) -> list[tuple[bool, bool]]:
    """Whether each of the two did it, schedule by schedule; one of them starts a moment later."""
    together = Barrier(2)
    chance = random.Random(37)
    pauses = [
        (chance.uniform(0, PAUSE_MAX_S), chance.choice((act, sweep))) for _ in range(SCHEDULES)
    ]

    def done(mine: Callable[[int], bool]) -> list[bool]:
        told = []
        for number, (pause_s, late) in enumerate(pauses):
            together.wait(timeout=60)
            time.sleep(pause_s if late is mine else 0)
            told.append(mine(number))
        return told

    with ThreadPoolExecutor(2) as pool:
        return list(zip(*pool.map(done, (act, sweep)), strict=True))


def swept(engine: Engine, seconds: int) -> bool:
    """An expiry so many seconds after the first thing is over; true if it booked anything."""
    with SqlUnitOfWork(engine) as work:
        booked = work.ledger.expire(OVER + timedelta(seconds=seconds))
        work.commit()
    return booked > 0


def check_exactly_one_won(engine: Engine, won: list[tuple[bool, bool]]) -> None:
    assert {sum(pair) for pair in won} == {1}
    assert {True, False} == {mine for mine, _ in won}, "one of the two was always first"
    assert crooked(engine) == {}


def test_a_settlement_and_an_expiry_race_and_one_wins(engine: Engine) -> None:
    """Hardening 37: over random schedules of one hold after another."""
    user_id = a_kept_user(engine, 7 * SCHEDULES)
    ends = [OVER + timedelta(seconds=number) for number in range(SCHEDULES)]
    with SqlUnitOfWork(engine) as work:
        orders = [an_order(user_id, expires_at=end) for end in ends]
        holds = [HoldId(work.ledger.hold(order).subject or user_id) for order in orders]
        work.commit()

    def settled(number: int) -> bool:
        try:
            with SqlUnitOfWork(engine) as work:
                work.ledger.settle(a_settle(user_id, holds[number], outcomes(loudness=5)))
                work.commit()
        except HoldEnded:
            return False
        return True

    won = raced(settled, lambda number: swept(engine, number))
    check_exactly_one_won(engine, won)
    charged = sum(settled for settled, _ in won)
    assert balance_of(engine, user_id) == (7 * SCHEDULES - 5 * charged, 0)
    with SqlUnitOfWork(engine) as work:
        states = Counter(
            hold.state for order in orders if (hold := work.ledger.hold_of(user_id, order.run_id))
        )
    assert states == {HoldState.SETTLED: charged, HoldState.EXPIRED: SCHEDULES - charged}


def test_a_hold_and_the_expiry_of_its_credits_race_and_one_wins(engine: Engine) -> None:
    """Hardening 37: credits are held or gone, never both."""
    users = [a_user() for _ in range(SCHEDULES)]
    with SqlUnitOfWork(engine) as work:
        for number, user_id in enumerate(users):
            end = OVER + timedelta(seconds=number)
            work.ledger.top_up(a_top_up(user_id, 7, kind=GrantKind.PROMOTIONAL, expires_at=end))
        work.commit()

    def took(number: int) -> bool:
        try:
            held(engine, an_order(users[number], expires_at=OVER + timedelta(days=1)))
        except InsufficientCredits:
            return False
        return True

    won = raced(took, lambda number: swept(engine, number))
    check_exactly_one_won(engine, won)
    balances = [balance_of(engine, user_id) for user_id in users]
    assert balances == [(0, 7) if mine else (0, 0) for mine, _ in won]


def test_an_expiry_passes_by_a_run_that_a_worker_is_taking(engine: Engine) -> None:
    """The lease is not there yet, but its taker has the run: the hold stays for it."""
    run = a_run()
    run.start(now=NOON)
    order = an_order(a_kept_user(engine, 7), run_id=run.id)
    with SqlUnitOfWork(engine) as work:
        work.runs.add(run)
        work.ledger.hold(order)
        work.commit()
    with SqlUnitOfWork(engine) as worker:
        lease = worker.leases.take(run.id, owner="worker", now=OVER)
        assert not swept(engine, 0)
        worker.commit()
    assert not swept(engine, 0)
    assert balance_of(engine, order.user_id) == (0, 7)
    assert swept(engine, (lease.expires_at - OVER).seconds)
    assert balance_of(engine, order.user_id) == (7, 0)
