"""Any sequence of acts on every keeper of the ledger (hardening 42)."""

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine, text

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.engine import connect
from adapters.sql.schema import metadata
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.ledger_machine import LedgerMachine

DEEP = settings.get_current_profile_name() == "deep"
DEEP_STEPS = 10_000
STEPS_EACH = 50
"""Acts in one history. `make deep` takes ten thousand on each keeper, `make test` some hundreds."""


def walked(fresh: Callable[[], LedgerUnits], *, steps: int) -> int:
    """Walks through histories of a fresh ledger each; how many steps that were."""

    class Walk(LedgerMachine):
        steps = 0

        def __init__(self) -> None:
            super().__init__(fresh())

    wanted = DEEP_STEPS if DEEP else steps
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            # Some histories end early.
            max_examples=-(-wanted * 13 // (STEPS_EACH * 10)),
            stateful_step_count=STEPS_EACH,
            suppress_health_check=checks,
            # A history that fails is short enough to read, and each step of a search costs time.
            phases=[Phase.generate, Phase.explicit],
        ),
    )
    return Walk.steps


def test_the_ledger_in_memory_does_what_the_model_says() -> None:
    def fresh() -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)

    assert walked(fresh, steps=1_000) >= (DEEP_STEPS if DEEP else 1_000)


@pytest.fixture
def fresh_sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Callable[[], LedgerUnits]]:
    engines: list[Engine] = []
    numbers = count()

    def fresh() -> LedgerUnits:
        file = tmp_path / f"{next(numbers)}.db"
        shutil.copy(migrated_sqlite, file)
        engine = connect(f"sqlite:///{file}")
        engines.append(engine)
        return lambda: SqlUnitOfWork(engine)

    yield fresh
    for engine in engines:
        engine.dispose()


def test_the_ledger_in_sqlite_does_what_the_model_says(
    fresh_sqlite: Callable[[], LedgerUnits],
) -> None:
    assert walked(fresh_sqlite, steps=400) >= (DEEP_STEPS if DEEP else 400)


def test_the_ledger_in_postgres_does_what_the_model_says(postgres_engine: Engine) -> None:
    kept = sorted(set(metadata.tables) - {"users"})

    def fresh() -> LedgerUnits:
        with postgres_engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in kept:
                connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
        return lambda: SqlUnitOfWork(postgres_engine)

    assert walked(fresh, steps=300) >= (DEEP_STEPS if DEEP else 300)
