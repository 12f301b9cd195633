"""Sending to an address that a stranger gave."""

from collections.abc import Mapping
from typing import Protocol

from domain.webhook import Reply


class WebhookSender(Protocol):
    """Sends one message over HTTP, and comes back within ten seconds whatever the receiver does.

    Contract (tests/adapters/http_webhooks): never raises for what the other side does; connects to
    no address that is not public, whatever the name resolved to before; follows no redirect.
    """

    def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply: ...
