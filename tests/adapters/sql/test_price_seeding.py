"""Of several processes that open a new database at the same time, one seeds its prices (R-602)."""

import subprocess
import sys
from contextlib import ExitStack

import pytest
from sqlalchemy import func, select

from adapters.sql.engine import connect
from adapters.sql.price_tables import component_pricing, component_resource_requirements
from adapters.sql.schema import upgrade
from adapters.toml.costs import TomlCosts
from tests.outside import ROOT

PROCESSES = 4


def seed_at_once(url: str) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.adapters.sql.seeder", url]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
                )
            )
            for _ in range(PROCESSES)
        ]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        for process in started:
            process.communicate(timeout=60)
            assert process.returncode == 0


@pytest.mark.slow
def test_of_several_processes_one_seeds_the_prices(database_url: str) -> None:
    upgrade(database_url)
    for _ in range(2):
        seed_at_once(database_url)
    engine = connect(database_url)
    with engine.connect() as connection:
        for table in (component_pricing, component_resource_requirements):
            query = select(func.count(), func.max(table.c.version)).select_from(table)
            assert connection.execute(query).one() == (len(TomlCosts().models()), 1)
    engine.dispose()
