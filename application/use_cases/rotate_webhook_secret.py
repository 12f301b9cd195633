"""Giving a webhook a new secret while the last one is still believed."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.use_cases.register_webhook import ShownSecret, new_secret
from domain.ledger import UserId
from domain.webhook import WebhookId


@dataclass(frozen=True, slots=True)
class RotateWebhookSecret:
    """Signs by the new secret and the last one until the next rotation; WebhookNotFound."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, user_id: UserId, webhook_id: WebhookId) -> ShownSecret:
        secret = new_secret()
        with self.unit_of_work() as work:
            webhook = work.webhooks.get(user_id, webhook_id).rotated(secret)
            work.webhooks.save(webhook)
            work.commit()
        return ShownSecret(webhook=webhook, secret=secret)
