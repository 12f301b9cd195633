"""A worker in a process of its own that takes one run when it is told to.

`python -m tests.adapters.sql.taker URL RUN_ID OWNER` says `ready`, waits for a line, then says
whether it got the run.
"""

import sys
from datetime import UTC, datetime
from uuid import UUID

from adapters.sql.engine import connect
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.errors import RunIsOwned
from domain.identity import RunId


def main(url: str, run_id: RunId, owner: str) -> None:
    engine = connect(url)
    with engine.connect():
        print("ready", flush=True)  # noqa: T201 - the test reads it
    sys.stdin.readline()
    try:
        with SqlUnitOfWork(engine) as work:
            work.leases.take(run_id, owner=owner, now=datetime.now(UTC))
            work.commit()
        print("mine")  # noqa: T201 - as above
    except RunIsOwned:
        print("owned")  # noqa: T201 - as above


if __name__ == "__main__":
    main(sys.argv[1], RunId(UUID(sys.argv[2])), sys.argv[3])
