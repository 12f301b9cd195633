"""Receivers of webhooks in memory: each answers as it was told to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.webhook import Outcome, Reply

ACCEPTED = Reply(Outcome.ACCEPTED, 204)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as its receiver got it."""

    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(slots=True)
class MemoryWebhookSender:
    """Keeps what was sent (port `WebhookSender`); `replies` by address, else it is accepted."""

    replies: dict[str, Reply] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)

    def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.sent.append(Sent(url, body, dict(headers)))
        return self.replies.get(url, ACCEPTED)
