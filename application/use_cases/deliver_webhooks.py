"""Telling webhooks how runs have ended: one round over what is due (R-504)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.webhook_sender import WebhookSender
from domain.errors import DeliveryNotFound, WebhookNotFound
from domain.webhook import Delivery, DeliveryId, DeliveryState, Reply

SIGNATURE_HEADER = "Webhook-Signature"
DELIVERY_HEADER = "Webhook-Delivery"
OWED_FOR = timedelta(days=3)
"""An end of a run that nobody has told of for so long is of no more use to a receiver."""
OWED_MAX = 500
BATCH = 16
OF_A_USER_MAX = 2
"""Of one user's deliveries so many a round: who answers slowly slows others down by an eighth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverWebhooks:
    """Sends what is due, each of a batch beside the others, and writes down what came of it.

    A try is counted before it is made: a process that dies in one leaves it to be made again, and
    none is made for ever. A receiver may so hear the same delivery twice, under the same id.
    """

    unit_of_work: Callable[[], UnitOfWork]
    sender: WebhookSender
    clock: Clock
    chance: Callable[[], float]

    def __call__(self) -> Sequence[Delivery]:
        """What was tried, as it stands now."""
        begun = self._begun()
        if not begun:
            return ()
        with ThreadPoolExecutor(len(begun)) as pool:
            replies = list(pool.map(self._sent, begun))
        pairs = zip(begun, replies, strict=True)
        kept = [self._kept(delivery, reply) for delivery, reply in pairs if reply is not None]
        return [delivery for delivery in kept if delivery is not None]

    def _begun(self) -> list[Delivery]:
        now = self.clock.now()
        with self.unit_of_work() as work:
            for webhook_id, end in work.deliveries.owed(since=now - OWED_FOR, limit=OWED_MAX):
                new = DeliveryId(uuid4())
                work.deliveries.add(Delivery(id=new, webhook_id=webhook_id, end=end, next_at=now))
            due = work.deliveries.due(now, limit=BATCH, of_a_user=OF_A_USER_MAX)
            begun = [delivery.begun(now=now) for delivery in due]
            for delivery in begun:
                work.deliveries.save(delivery)
            work.commit()
        return [delivery for delivery in begun if delivery.state is DeliveryState.WAITING]

    def _sent(self, delivery: Delivery) -> Reply | None:
        """None where the webhook was deleted meanwhile."""
        # In a unit of its own: whoever deletes a webhook locks it first and its deliveries then.
        try:
            with self.unit_of_work() as work:
                webhook = work.webhooks.get(delivery.end.user_id, delivery.webhook_id)
        except WebhookNotFound:
            return None
        body = delivery.body
        headers = {
            "Content-Type": "application/json",
            SIGNATURE_HEADER: webhook.signature(body, now=self.clock.now()),
            DELIVERY_HEADER: str(delivery.id),
        }
        return self.sender.send(webhook.url, body=body, headers=headers)

    def _kept(self, sent: Delivery, reply: Reply) -> Delivery | None:
        """None where the webhook was deleted meanwhile."""
        now = self.clock.now()
        with self.unit_of_work() as work:
            try:
                current = work.deliveries.get(sent.end.user_id, sent.id)
            except DeliveryNotFound:
                return None
            after = current.after(reply, now=now, chance=self.chance())
            work.deliveries.save(after)
            work.commit()
        return after
