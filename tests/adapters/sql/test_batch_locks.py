"""Planning batches over real databases: workers that plan at one moment keep nobody waiting."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from adapters.memory.clock import FixedClock
from adapters.sql.engine import connect, reading
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.use_cases.plan_batches import LEFT_FOR, PlanBatches
from domain.batch import Machine
from domain.catalogue import Catalogue
from domain.component import Kind
from domain.identity import RunId
from tests.builders import NOON, a_run, a_spec


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    upgrade(database_url)
    engine = connect(database_url, busy_timeout_s=1.0)
    yield engine
    engine.dispose()


def waiting(engine: Engine) -> RunId:
    run = a_run()
    with SqlUnitOfWork(engine) as work:
        work.runs.add(run)
        work.outbox.add(run.id)
        work.commit()
    return run.id


def test_a_plan_waits_for_nobody_who_is_at_a_run_that_it_looks_at(engine: Engine) -> None:
    """Two workers that locked what they look at would wait for each other (R-502)."""
    first, second = waiting(engine), waiting(engine)
    plan = PlanBatches(
        unit_of_work=lambda: SqlUnitOfWork(reading(engine)),
        clock=FixedClock(NOON + LEFT_FOR),
        catalogue=Catalogue([a_spec("loudness", kind=Kind.SERVED_MODEL, models=("ears",))]),
        machine=Machine(memory_mib=1000, cores=1),
        is_published=False,
    )
    with SqlUnitOfWork(engine) as work:
        assert not work.runs.get(second).is_terminal
        assert plan(first).runs == (first,)
        assert plan(second).runs == (second,)
