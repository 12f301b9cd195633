"""Estimates in SQL."""

from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert, select

from adapters.sql import price_rows
from adapters.sql.price_tables import estimates
from adapters.sql.tables import runs
from domain.errors import EstimateNotFound
from domain.estimate import Estimate, EstimateId
from domain.ledger import UserId


class SqlEstimates:
    """Estimates by id, each somebody's (port `Estimates`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, estimate: Estimate, *, user_id: UserId) -> None:
        values = {
            "id": estimate.id,
            "user_id": user_id,
            "content": price_rows.from_estimate(estimate),
            "expires_at": estimate.expires_at,
        }
        self._connection.execute(insert(estimates).values(values))

    def get(self, estimate_id: EstimateId, *, user_id: UserId) -> Estimate:
        columns = estimates.c
        query = select(columns.content, columns.expires_at)
        query = query.where(columns.id == estimate_id, columns.user_id == user_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise EstimateNotFound(f"no estimate {estimate_id}")
        return price_rows.to_estimate(estimate_id, row.content, expires_at=row.expires_at)

    def expire(self, *, before: datetime) -> int:
        is_taken = exists().where(runs.c.estimate_id == estimates.c.id)
        ended = delete(estimates).where(estimates.c.expires_at < before, ~is_taken)
        return self._connection.execute(ended).rowcount
