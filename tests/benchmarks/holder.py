"""A process of its own that takes holds as fast as it can, for the benchmark of the ledger.

`python -m tests.benchmarks.holder URL USERS SECONDS WAY` says `ready`. For every line it is given
it holds for so long, then says how many holds it took, and their median and 99th percentile in
milliseconds. WAY is `call`, one call of the adapter in a transaction of its own, or `unit`, a whole
unit of work.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from adapters.sql.engine import connect
from adapters.sql.ledger import ledger_over
from adapters.sql.ledger_tables import accounts
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import UserId
from domain.ledger_orders import TakeHold

WARM_UP = 20
LINES = {"loudness": Credits(3), "shots": Credits(4)}


def main(url: str, *, users: int, seconds: float, way: str) -> None:
    engine = connect(url)
    with engine.connect() as connection:
        found = connection.execute(select(accounts.c.user_id).order_by(accounts.c.user_id))
        user_ids = list(found.scalars())[:users]
    hold = {"call": _by_call, "unit": _by_unit}[way](engine)
    for _ in range(WARM_UP):
        hold(_order(user_ids))
    print("ready", flush=True)
    for _ in sys.stdin:
        spent_ms, end = [], time.perf_counter() + seconds
        while (began := time.perf_counter()) < end:
            hold(_order(user_ids))
            spent_ms.append(1000 * (time.perf_counter() - began))
        p99_ms = statistics.quantiles(spent_ms, n=100)[98]
        print(len(spent_ms), statistics.median(spent_ms), p99_ms, flush=True)


def _by_call(engine: Engine) -> Callable[[TakeHold], object]:
    """Each hold a transaction of its own, in one round trip."""
    ledger = ledger_over(engine.connect().execution_options(isolation_level="AUTOCOMMIT"))
    return ledger.hold


def _by_unit(engine: Engine) -> Callable[[TakeHold], object]:
    """A connection from the pool, its check, begin, hold and commit: as `start_run` does it."""

    def hold(order: TakeHold) -> None:
        with SqlUnitOfWork(engine) as work:
            work.ledger.hold(order)
            work.commit()

    return hold


def _order(user_ids: list[UUID]) -> TakeHold:
    now = datetime.now(UTC)
    return TakeHold(
        user_id=UserId(random.choice(user_ids)),
        key=uuid4().hex,
        run_id=RunId(uuid4()),
        lines=LINES,
        at=now,
        expires_at=now + timedelta(hours=1),
    )


if __name__ == "__main__":
    main(sys.argv[1], users=int(sys.argv[2]), seconds=float(sys.argv[3]), way=sys.argv[4])
