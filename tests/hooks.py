"""Webhooks, deliveries and ended runs, with every detail that a test does not care about."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from application.ports.unit_of_work import UnitOfWork
from domain.identity import RunId
from domain.ledger import LOCAL_USER, UserId
from domain.run import Run
from domain.webhook import Delivery, DeliveryId, RunEnd, Webhook, WebhookId
from tests.builders import NOON, a_component_run, a_failure, a_run

URL = "https://hooks.example.com/trendflow"
SECRET = "whsec_" + "s" * 43


def a_webhook(user_id: UserId = LOCAL_USER, **details: Any) -> Webhook:
    filled = {"id": WebhookId(uuid4()), "url": URL, "secrets": (SECRET,), "created_at": NOON}
    return Webhook(user_id=user_id, **{**filled, **details})


def an_end(user_id: UserId = LOCAL_USER, **details: Any) -> RunEnd:
    filled = {"run_id": RunId(uuid4()), "status": "ok", "code": "", "at": NOON}
    return RunEnd(user_id=user_id, **{**filled, **details})


def a_delivery(webhook: Webhook, **details: Any) -> Delivery:
    """A delivery that is due at noon."""
    filled = {"id": DeliveryId(uuid4()), "end": an_end(webhook.user_id), "next_at": NOON}
    return Delivery(webhook_id=webhook.id, **{**filled, **details})


def an_ended_run(
    user_id: UserId = LOCAL_USER, *, at: datetime = NOON, status: str = "error"
) -> Run:
    """A run that this user has seen the end of."""
    run = a_run(created_at=at - timedelta(minutes=1))
    run.user_id = user_id
    if status == "cancelled":
        run.cancel(now=at)
    elif status == "ok":
        run.start(now=at)
        for name in sorted(run.pending):
            run.end_component(a_component_run(name), now=at)
        run.finish(now=at)
    else:
        run.start(now=at)
        run.fail(a_failure(), now=at)
    return run


def kept(work: UnitOfWork, *runs: Run) -> None:
    for run in runs:
        work.runs.add(run)
