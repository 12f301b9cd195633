"""Of several processes that take one run at the same time, exactly one gets it (hardening 44)."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine, insert, select, update

from adapters.sql import tables
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain import lease as rules
from domain.errors import RunIsOwned
from domain.identity import RunId
from domain.lease import Lease
from tests.builders import NOON, a_run
from tests.outside import ROOT

PROCESSES = 3


def a_kept_run(engine: Engine) -> RunId:
    run = a_run()
    with SqlUnitOfWork(engine) as work:
        work.runs.add(run)
        work.commit()
    return run.id


def answers(url: str, run_id: RunId) -> list[str]:
    with ExitStack() as stack:
        takers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.adapters.sql.taker", url, str(run_id), str(n)],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for n in range(PROCESSES)
        ]
        for taker in takers:
            assert taker.stdout is not None
            assert taker.stdout.readline() == "ready\n"
        for taker in takers:
            assert taker.stdin is not None
            taker.stdin.write("\n")
            taker.stdin.flush()
        return [taker.communicate(timeout=60)[0].strip() for taker in takers]


@pytest.mark.slow
def test_of_several_processes_exactly_one_gets_the_run(database_url: str) -> None:
    upgrade(database_url)
    engine = connect(database_url)
    said = answers(database_url, a_kept_run(engine))
    assert sorted(said) == ["mine"] + ["owned"] * (PROCESSES - 1)
    engine.dispose()


class CarelessLeases:
    """Reads, decides and writes without a lock: what `SqlLeases.take` must not be."""

    def __init__(self, engine: Engine, together: Callable[[], object]) -> None:
        self._engine, self._together = engine, together

    def take(self, run_id: RunId, *, owner: str, now: datetime) -> Lease:
        leases = tables.leases
        with self._engine.begin() as connection:
            query = select(leases).where(leases.c.run_id == run_id)
            row = connection.execute(query).mappings().one()
            lease = rules.take(Lease(**row), run_id=run_id, owner=owner, now=now)
            self._together()
            change = update(leases).where(leases.c.run_id == run_id)
            connection.execute(change.values(owner=owner, fence=lease.fence))
        return lease


@pytest.mark.requires("postgres")
def test_without_a_lock_two_get_the_same_run(postgres_url: str) -> None:
    """The planted removal: the race is real, and this is how it would look."""
    upgrade(postgres_url)
    engine = connect(postgres_url)
    run_id = a_kept_run(engine)
    with engine.begin() as connection:
        free = {"run_id": run_id, "owner": "", "fence": 1, "expires_at": NOON}
        connection.execute(insert(tables.leases).values(free))
    both = Barrier(2)
    careless = CarelessLeases(engine, both.wait)

    def take(owner: str) -> bool:
        try:
            careless.take(run_id, owner=owner, now=NOON)
        except RunIsOwned:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(take, ["a", "b"])) == [True, True]
    engine.dispose()
