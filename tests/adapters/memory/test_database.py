"""Memory behaves like a database also where that is inconvenient."""

import pytest

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.errors import AdapterError
from tests.builders import a_run


def test_who_waits_too_long_for_another_unit_is_told() -> None:
    database = MemoryDatabase()
    with MemoryUnitOfWork(database), pytest.raises(AdapterError) as told:
        MemoryUnitOfWork(database, busy_timeout_s=0.01).__enter__()
    assert (told.value.code, told.value.retryable) == ("database_unavailable", True)


def test_a_run_is_added_once() -> None:
    run = a_run()
    with MemoryUnitOfWork(MemoryDatabase()) as work:
        work.runs.add(run)
        with pytest.raises(ValueError, match="already"):
            work.runs.add(run)
