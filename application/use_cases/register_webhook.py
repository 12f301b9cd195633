"""Registering an address that is told how a user's runs end (R-504)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.errors import TooManyWebhooks
from domain.ledger import UserId
from domain.webhook import SECRET_PREFIX, WEBHOOKS_MAX, Webhook, WebhookId
from domain.webhook_address import AddressPolicy, WebhookAddress

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSecret:
    """A webhook with its newest secret, which is shown this once."""

    webhook: Webhook
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterWebhook:
    """Keeps a checked address; InvalidWebhookAddress, TooManyWebhooks, UserNotFound."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    policy: AddressPolicy

    def __call__(self, user_id: UserId, url: str) -> ShownSecret:
        secret = new_secret()
        webhook = Webhook(
            id=WebhookId(uuid4()),
            user_id=user_id,
            url=WebhookAddress.parse(url, policy=self.policy).url,
            secrets=(secret,),
            created_at=self.clock.now(),
        )
        with self.unit_of_work() as work:
            work.users.lock(user_id)
            if len(work.webhooks.of_user(user_id)) >= WEBHOOKS_MAX:
                raise TooManyWebhooks("as many as a user may have", limit=WEBHOOKS_MAX)
            work.webhooks.add(webhook)
            work.commit()
        return ShownSecret(webhook=webhook, secret=secret)


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits."""
    return SECRET_PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
