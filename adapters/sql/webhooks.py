"""Webhooks in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from adapters.sql.tables import runs
from adapters.sql.webhook_tables import webhook_deliveries, webhooks
from domain.errors import WebhookNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.webhook import Webhook, WebhookId


class SqlWebhooks:
    """Webhooks as rows (port `Webhooks`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, webhook: Webhook) -> None:
        row = {
            "id": webhook.id,
            "user_id": webhook.user_id,
            "run_id": webhook.run_id,
            "url": webhook.url,
            "secrets": list(webhook.secrets),
            "created_at": webhook.created_at,
        }
        self._connection.execute(insert(webhooks).values(row))

    def get(self, user_id: UserId, webhook_id: WebhookId) -> Webhook:
        mine = (webhooks.c.id == webhook_id) & (webhooks.c.user_id == user_id)
        row = self._connection.execute(select(webhooks).where(mine).with_for_update()).one_or_none()
        if row is None:
            raise WebhookNotFound("no webhook has this id")
        return _webhook(row)

    def of_user(self, user_id: UserId) -> Sequence[Webhook]:
        return self._of(user_id, webhooks.c.run_id.is_(None))

    def of_run(self, user_id: UserId, run_id: RunId) -> Sequence[Webhook]:
        return self._of(user_id, webhooks.c.run_id == run_id)

    def save(self, webhook: Webhook) -> None:
        mine = (webhooks.c.id == webhook.id) & (webhooks.c.user_id == webhook.user_id)
        change = update(webhooks).where(mine)
        changed = {"url": webhook.url, "secrets": list(webhook.secrets)}
        if self._connection.execute(change.values(changed)).rowcount != 1:
            raise WebhookNotFound("no webhook has this id")

    def remove(self, user_id: UserId, webhook_id: WebhookId) -> None:
        self.get(user_id, webhook_id)
        sent = delete(webhook_deliveries).where(webhook_deliveries.c.webhook_id == webhook_id)
        self._connection.execute(sent)
        self._connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))

    def expire_callbacks(self, *, ended_before: datetime) -> int:
        lives = select(runs.c.id).where(
            runs.c.id == webhooks.c.run_id,
            runs.c.finished_at.is_(None) | (runs.c.finished_at >= ended_before),
        )
        told = select(webhook_deliveries.c.id).where(
            webhook_deliveries.c.webhook_id == webhooks.c.id
        )
        callbacks = delete(webhooks).where(webhooks.c.run_id.is_not(None))
        # One that was named a moment ago belongs to a run that is still to be seen by others.
        old = callbacks.where(webhooks.c.created_at < ended_before)
        return self._connection.execute(old.where(~lives.exists(), ~told.exists())).rowcount

    def _of(self, user_id: UserId, are: ColumnElement[bool]) -> Sequence[Webhook]:
        query = select(webhooks).where(webhooks.c.user_id == user_id, are)
        found = self._connection.execute(query.order_by(webhooks.c.created_at, webhooks.c.id))
        return [_webhook(row) for row in found]


def _webhook(row: Any) -> Webhook:
    return Webhook(
        id=WebhookId(row.id),
        user_id=UserId(row.user_id),
        run_id=None if row.run_id is None else RunId(row.run_id),
        url=row.url,
        secrets=tuple(row.secrets),
        created_at=row.created_at,
    )
