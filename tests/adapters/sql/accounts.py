"""What tests of the ledger under load share: users with credits, orders, a look at the books."""

from typing import Any

from sqlalchemy import Engine, text

from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.ledger import Receipt, UserId
from domain.ledger_orders import TakeHold
from tests.ledgers import a_take_hold, a_top_up, a_user, lines

_CROOKED = {
    "an operation whose postings do not sum to zero": """
        SELECT operation_id FROM billing_ledger GROUP BY operation_id HAVING sum(kopecks) <> 0
    """,
    "a balance that is not the sum of its postings": """
        SELECT user_id FROM accounts
        LEFT JOIN billing_ledger USING (user_id)
        GROUP BY user_id, available_kopecks, held_kopecks
        HAVING available_kopecks
            <> coalesce(sum(kopecks) FILTER (WHERE account = 'available'), 0)
        OR held_kopecks <> coalesce(sum(kopecks) FILTER (WHERE account = 'held'), 0)
    """,
    "a grant that is not the sum of its postings": """
        SELECT id FROM grants
        LEFT JOIN billing_ledger ON grant_id = id
        GROUP BY id, available_kopecks, held_kopecks
        HAVING available_kopecks
            <> coalesce(sum(kopecks) FILTER (WHERE account = 'available'), 0)
        OR held_kopecks <> coalesce(sum(kopecks) FILTER (WHERE account = 'held'), 0)
    """,
    "an account whose open holds are not what is held": """
        SELECT accounts.user_id FROM accounts
        LEFT JOIN holds ON holds.user_id = accounts.user_id AND state = 'open'
        LEFT JOIN LATERAL json_each_text(lines) AS line ON true
        GROUP BY accounts.user_id, held_kopecks
        HAVING held_kopecks <> coalesce(sum(CAST(line.value AS bigint)), 0)
    """,
    "a hold without its operation": """
        SELECT id FROM holds
        WHERE NOT EXISTS (SELECT FROM ledger_operations WHERE subject = holds.id AND kind = 'hold')
    """,
    "a hold that ended otherwise than once": """
        SELECT holds.id FROM holds
        LEFT JOIN ledger_operations AS ends ON ends.subject = holds.id AND ends.kind <> 'hold'
        GROUP BY holds.id, state
        HAVING count(ends.id) <> CASE state WHEN 'open' THEN 0 ELSE 1 END
    """,
}


def crooked(engine: Engine) -> dict[str, Any]:
    """What is wrong with the books of everybody (PostgreSQL): nothing, if all is well."""
    with engine.connect() as connection:
        found = {wrong: connection.execute(text(query)).all() for wrong, query in _CROOKED.items()}
    return {wrong: rows for wrong, rows in found.items() if rows}


def a_kept_user(engine: Engine, kopecks: int, **details: Any) -> UserId:
    """A user with so many credits."""
    user_id = a_user()
    with SqlUnitOfWork(engine) as work:
        work.ledger.top_up(a_top_up(user_id, kopecks, **details))
        work.commit()
    return user_id


def an_order(user_id: UserId, kopecks: int = 7, **details: Any) -> TakeHold:
    return a_take_hold(user_id, lines(loudness=kopecks), **details)


def held(engine: Engine, order: TakeHold) -> Receipt:
    with SqlUnitOfWork(engine) as work:
        receipt = work.ledger.hold(order)
        work.commit()
    return receipt


def balance_of(engine: Engine, user_id: UserId) -> tuple[int, int]:
    with SqlUnitOfWork(engine) as work:
        balance = work.ledger.balance(user_id)
    return balance.available.kopecks, balance.held.kopecks
