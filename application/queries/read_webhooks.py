"""A user's webhooks and what became of what they were told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.identity import RunId
from domain.ledger import UserId
from domain.webhook import Delivery, DeliveryId, Webhook, WebhookId

DELIVERIES_MAX = 100


@dataclass(frozen=True, slots=True)
class ReadWebhooks:
    """Reads the webhooks of one user; WebhookNotFound for another's as for an unknown one."""

    unit_of_work: Callable[[], UnitOfWork]

    def all(self, user_id: UserId) -> Sequence[Webhook]:
        """Those that are told of every run."""
        with self.unit_of_work() as work:
            return work.webhooks.of_user(user_id)

    def one(self, user_id: UserId, webhook_id: WebhookId) -> Webhook:
        """Registered, or a callback; WebhookNotFound."""
        with self.unit_of_work() as work:
            return work.webhooks.get(user_id, webhook_id)

    def of_run(self, user_id: UserId, run_id: RunId) -> Sequence[Webhook]:
        """The callbacks of a run."""
        with self.unit_of_work() as work:
            return work.webhooks.of_run(user_id, run_id)

    def deliveries(
        self, user_id: UserId, webhook_id: WebhookId, *, limit: int = DELIVERIES_MAX
    ) -> Sequence[Delivery]:
        """The newest first, never more than `DELIVERIES_MAX`."""
        with self.unit_of_work() as work:
            work.webhooks.get(user_id, webhook_id)
            most = min(limit, DELIVERIES_MAX)
            return work.deliveries.newest(user_id, webhook_id, limit=most)

    def delivery(self, user_id: UserId, delivery_id: DeliveryId) -> Delivery:
        """One of them; DeliveryNotFound."""
        with self.unit_of_work() as work:
            return work.deliveries.get(user_id, delivery_id)
