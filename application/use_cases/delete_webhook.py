"""Forgetting a webhook."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.ledger import UserId
from domain.webhook import WebhookId


@dataclass(frozen=True, slots=True)
class DeleteWebhook:
    """Removes a webhook and whatever was on its way to it; WebhookNotFound."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, user_id: UserId, webhook_id: WebhookId) -> None:
        with self.unit_of_work() as work:
            work.webhooks.remove(user_id, webhook_id)
            work.commit()
