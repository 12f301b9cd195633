"""Keeping a run's callback with the run, within the transaction that starts it."""

from datetime import datetime
from uuid import uuid4

from application.ports.unit_of_work import UnitOfWork
from domain.callback import CALLBACKS_MAX, Callback
from domain.errors import TooManyWebhooks
from domain.run import Run
from domain.webhook import Delivery, DeliveryId, RunEnd, WebhookId


def call_back(work: UnitOfWork, run: Run, callback: Callback, *, now: datetime) -> None:
    """Has an address told how a run ends; at once where it has ended. The same again is harmless.

    Raises TooManyWebhooks for more addresses than a run may have.
    """
    known = work.webhooks.of_run(run.user_id, run.id)
    if is_called_back(work, run, callback):
        return
    if len(known) >= CALLBACKS_MAX:
        raise TooManyWebhooks("as many as a run may have", limit=CALLBACKS_MAX)
    webhook = callback.webhook(WebhookId(uuid4()), run, now=now)
    work.webhooks.add(webhook)
    if run.is_terminal:
        # It ended before anybody could be owed its end.
        end, new = RunEnd.of(run), DeliveryId(uuid4())
        work.deliveries.add(Delivery(id=new, webhook_id=webhook.id, end=end, next_at=now))


def is_called_back(work: UnitOfWork, run: Run, callback: Callback) -> bool:
    """Whether this address is told of the run already, and signed by this secret."""
    known = work.webhooks.of_run(run.user_id, run.id)
    return any(one.url == callback.url and callback.secret in one.secrets for one in known)
