"""A process that seeds the prices of a database when it is told to: `seeder URL`."""

import sys

from adapters.sql.engine import connect
from adapters.sql.unit_of_work import SqlUnitOfWork
from adapters.system.clock import SystemClock
from adapters.toml.costs import TomlCosts
from adapters.toml.prices import TomlPrices
from application.use_cases.seed_prices import SeedPrices


def main(database_url: str) -> None:
    engine = connect(database_url)
    seed = SeedPrices(
        unit_of_work=lambda: SqlUnitOfWork(engine),
        prices=TomlPrices(),
        costs=TomlCosts(),
        clock=SystemClock(),
    )
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    seed()
    engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
