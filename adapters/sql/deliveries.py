"""Deliveries to webhooks in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import rows
from adapters.sql.tables import runs
from adapters.sql.webhook_tables import webhook_deliveries, webhooks
from domain.errors import DeliveryNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.webhook import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Outcome,
    Reply,
    RunEnd,
    WebhookId,
)

_columns = webhook_deliveries.c


class SqlDeliveries:
    """Deliveries as rows (port `Deliveries`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def owed(self, *, since: datetime, limit: int) -> Sequence[tuple[WebhookId, RunEnd]]:
        # Each by an index of its own: there is a callback for every run that names one.
        since_then = runs.c.finished_at >= webhooks.c.created_at
        registered = webhooks.c.run_id.is_(None) & since_then
        # Named before its run began, whatever the clocks of the API and of a worker say.
        called_back = runs.c.id == webhooks.c.run_id
        pairs = [
            pair
            for those in (registered, called_back)
            for pair in self._owed(those, since=since, limit=limit)
        ]
        return sorted(pairs, key=lambda pair: pair[1].at)[:limit]

    def _owed(
        self, those: ColumnElement[bool], *, since: datetime, limit: int
    ) -> Sequence[tuple[WebhookId, RunEnd]]:
        told = select(_columns.id).where(
            _columns.webhook_id == webhooks.c.id, _columns.run_id == runs.c.id
        )
        query = (
            select(webhooks.c.id.label("webhook_id"), runs.c.id.label("run_id"), runs.c.user_id)
            .add_columns(runs.c.status, runs.c.failure, runs.c.finished_at)
            .join(runs, those & (runs.c.user_id == webhooks.c.user_id))
            .where(runs.c.finished_at >= since)
            .where(~told.exists())
            .order_by(runs.c.finished_at)
            .limit(limit)
            # One that is being deleted right now is owed nothing any more.
            .with_for_update(of=webhooks, read=True, key_share=True, skip_locked=True)
        )
        found = self._connection.execute(query)
        return [(WebhookId(row.webhook_id), _end_of_run(row)) for row in found]

    def add(self, delivery: Delivery) -> None:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        row = {
            "id": delivery.id,
            "webhook_id": delivery.webhook_id,
            "run_id": delivery.end.run_id,
            "user_id": delivery.end.user_id,
            "status": delivery.end.status,
            "code": delivery.end.code,
            "ended_at": delivery.end.at,
            **_state(delivery),
        }
        new = made.insert(webhook_deliveries).values(row).on_conflict_do_nothing()
        self._connection.execute(new)

    def due(self, now: datetime, *, limit: int, of_a_user: int) -> Sequence[Delivery]:
        order = (_columns.next_at, _columns.id)
        waiting = (_columns.state == str(DeliveryState.WAITING)) & (_columns.next_at <= now)
        turn = func.row_number().over(partition_by=_columns.user_id, order_by=order)
        turns = select(_columns.id, turn.label("turn")).where(waiting).subquery()
        first = select(turns.c.id).where(turns.c.turn <= of_a_user)
        # What has changed hands since is looked at again under its lock.
        query = select(webhook_deliveries).where(_columns.id.in_(first), waiting)
        locked = query.order_by(*order).limit(limit).with_for_update(skip_locked=True)
        return [_delivery(row) for row in self._connection.execute(locked)]

    def get(self, user_id: UserId, delivery_id: DeliveryId) -> Delivery:
        mine = (_columns.id == delivery_id) & (_columns.user_id == user_id)
        query = select(webhook_deliveries).where(mine).with_for_update()
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise DeliveryNotFound("no delivery has this id")
        return _delivery(row)

    def save(self, delivery: Delivery) -> None:
        change = update(webhook_deliveries).where(_columns.id == delivery.id)
        self._connection.execute(change.values(_state(delivery)))

    def newest(self, user_id: UserId, webhook_id: WebhookId, *, limit: int) -> Sequence[Delivery]:
        mine = (_columns.webhook_id == webhook_id) & (_columns.user_id == user_id)
        query = select(webhook_deliveries).where(mine)
        query = query.order_by(_columns.ended_at.desc(), _columns.id.desc()).limit(limit)
        return [_delivery(row) for row in self._connection.execute(query)]

    def expire(self, *, before: datetime) -> int:
        # By the index of what is due: a delivery that has ended keeps the time of its next try.
        ended = [str(state) for state in DeliveryState if state is not DeliveryState.WAITING]
        gone = delete(webhook_deliveries).where(_columns.state.in_(ended))
        return self._connection.execute(gone.where(_columns.next_at < before)).rowcount


def _end_of_run(row: Any) -> RunEnd:
    return RunEnd(
        run_id=RunId(row.run_id),
        user_id=UserId(row.user_id),
        status=row.status,
        code=row.failure["code"] if row.failure else "",
        at=row.finished_at,
    )


def _state(delivery: Delivery) -> rows.Row:
    reply = delivery.reply
    return {
        "state": str(delivery.state),
        "next_at": delivery.next_at,
        "tries": delivery.tries,
        "tried_at": delivery.tried_at,
        "outcome": str(reply.outcome) if reply else None,
        "http_status": reply.http_status if reply else None,
    }


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        webhook_id=WebhookId(row.webhook_id),
        end=RunEnd(
            run_id=RunId(row.run_id),
            user_id=UserId(row.user_id),
            status=row.status,
            code=row.code,
            at=row.ended_at,
        ),
        state=DeliveryState(row.state),
        next_at=row.next_at,
        tries=row.tries,
        tried_at=row.tried_at,
        reply=Reply(Outcome(row.outcome), row.http_status) if row.outcome else None,
    )
