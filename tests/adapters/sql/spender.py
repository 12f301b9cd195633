"""A process of its own that holds credits of one user until they are refused.

`python -m tests.adapters.sql.spender URL USER_ID KOPECKS` says `ready`, waits for a line, then says
how many holds it got.
"""

import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from adapters.sql.engine import connect
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.credits import Credits
from domain.errors import InsufficientCredits
from domain.identity import RunId
from domain.ledger import UserId
from domain.ledger_orders import TakeHold


def main(url: str, user_id: UserId, kopecks: int) -> None:
    engine = connect(url)
    with engine.connect():
        print("ready", flush=True)  # noqa: T201 - the test reads it
    sys.stdin.readline()
    count = 0
    try:
        while True:
            with SqlUnitOfWork(engine) as work:
                work.ledger.hold(an_order(user_id, kopecks))
                work.commit()
            count += 1
    except InsufficientCredits:
        print(count)  # noqa: T201 - as above


def an_order(user_id: UserId, kopecks: int) -> TakeHold:
    """Not the builders' own: eight processes at once had better import little."""
    now = datetime.now(UTC)
    return TakeHold(
        user_id=user_id,
        key=str(uuid4()),
        run_id=RunId(uuid4()),
        lines={"loudness": Credits(kopecks)},
        at=now,
        expires_at=now + timedelta(hours=1),
    )


if __name__ == "__main__":
    main(sys.argv[1], UserId(UUID(sys.argv[2])), int(sys.argv[3]))
