"""A database server that dies under load, or starts anew under pooled connections."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from adapters.sql.engine import connect
from adapters.sql.ledger_tables import ledger_operations
from adapters.sql.schema import upgrade
from application.errors import AdapterError
from domain.ledger import UserId
from domain.ledger_orders import TakeHold
from tests.adapters.sql.accounts import a_kept_user, an_order, balance_of, crooked, held
from tests.adapters.sql.depth import DEEP
from tests.servers.postgres import PrivatePostgres

pytestmark = [pytest.mark.requires("postgres"), pytest.mark.slow]

CLIENTS = 8
CRASHES = 5 if DEEP else 1
LOAD_S = 1.5
USERS = 4
BACK_WITHIN_S = 30
PLENTY = 10**9


@pytest.fixture
def engine(durable_postgres: PrivatePostgres) -> Iterator[Engine]:
    url = durable_postgres.url.render_as_string(hide_password=False)
    upgrade(url)
    engine = connect(url)
    yield engine
    engine.dispose()


@dataclass
class Clients:
    """Eight that hold credits until they are told to stop, and what they were told."""

    engine: Engine
    users: list[UserId]
    stopped: Event = field(default_factory=Event)
    acknowledged: dict[str, UUID] = field(default_factory=dict)
    failures: list[AdapterError] = field(default_factory=list)

    def hold(self, client: int) -> None:
        while not self.stopped.is_set():
            self._insist(an_order(self.users[client % len(self.users)]))

    def _insist(self, order: TakeHold) -> None:
        """The same order under its key until it is acknowledged, as a careful client does."""
        deadline = time.monotonic() + BACK_WITHIN_S
        while time.monotonic() < deadline:
            try:
                self.acknowledged[order.key] = held(self.engine, order).operation_id
            except AdapterError as error:
                self.failures.append(error)
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("the pool did not heal")


def under_load(clients: Clients, happening: Callable[[], None]) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(clients.hold, client) for client in range(CLIENTS)]
        try:
            happening()
            time.sleep(LOAD_S)
        finally:
            clients.stopped.set()
        for each in running:
            each.result()


def booked(engine: Engine) -> dict[str, UUID]:
    columns = ledger_operations.c
    with engine.connect() as connection:
        query = select(columns.key, columns.id).where(columns.kind == "hold")
        rows = connection.execute(query).all()
    assert len({row.key for row in rows}) == len(rows)
    return {row.key: row.id for row in rows}


def test_a_killed_server_loses_nothing_acknowledged_and_doubles_nothing(
    engine: Engine, durable_postgres: PrivatePostgres
) -> None:
    """Hardening 39 and 40: SIGKILL for every process of the server, under the load of eight."""
    clients = Clients(engine, [a_kept_user(engine, PLENTY) for _ in range(USERS)])
    before: list[dict[str, UUID]] = []

    def crash() -> None:
        for _ in range(CRASHES):
            time.sleep(LOAD_S)
            before.append(dict(clients.acknowledged))
            durable_postgres.kill()
            durable_postgres.start()

    under_load(clients, crash)
    kept = booked(engine)
    assert all(before), "the server was killed before anybody was acknowledged"
    assert len(clients.acknowledged) > len(before[-1]), "nobody went on afterwards"
    assert kept == clients.acknowledged
    assert sum(balance_of(engine, user_id)[1] for user_id in clients.users) == 7 * len(kept)
    assert crooked(engine) == {}
    assert clients.failures, "the crash met nobody at work"
    assert {(error.code, error.retryable) for error in clients.failures} == {
        ("database_unavailable", True)
    }


def test_connections_that_idled_through_a_restart_are_not_noticed(
    engine: Engine, durable_postgres: PrivatePostgres
) -> None:
    """Hardening 40: the pool finds out by itself which of its connections are gone."""
    user_id = a_kept_user(engine, PLENTY)
    with ThreadPoolExecutor(CLIENTS) as pool:
        orders = [an_order(user_id) for _ in range(2 * CLIENTS)]
        list(pool.map(lambda order: held(engine, order), orders[:CLIENTS]))
        durable_postgres.stop()
        durable_postgres.start()
        list(pool.map(lambda order: held(engine, order), orders[CLIENTS:]))
    assert balance_of(engine, user_id)[1] == 7 * len(orders)
    assert crooked(engine) == {}
