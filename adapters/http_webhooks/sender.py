"""One message of a webhook over HTTP, and what became of it."""

import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore

from adapters.http_webhooks.guarded import (
    Allowance,
    Dial,
    EnoughRead,
    GuardedBackend,
    NotPublic,
    NotResolved,
    NotTrusted,
    OutOfTime,
    Resolve,
    dial,
    resolve,
)
from domain.errors import InvalidWebhookAddress
from domain.webhook import Outcome, Reply
from domain.webhook_address import DEFAULT_PORTS, AddressPolicy, WebhookAddress

TOTAL_S = 10.0
ANSWER_BYTES_MAX = 64 << 10

_OUTCOMES: tuple[tuple[type[Exception], Outcome], ...] = (
    (NotPublic, Outcome.NOT_PUBLIC),
    (NotResolved, Outcome.NOT_RESOLVED),
    (NotTrusted, Outcome.NOT_TRUSTED),
    (OutOfTime, Outcome.TIMED_OUT),
    (httpcore.TimeoutException, Outcome.TIMED_OUT),
    (httpcore.ConnectError, Outcome.NOT_CONNECTED),
    (httpcore.NetworkError, Outcome.NOT_CONNECTED),
    (httpcore.ProtocolError, Outcome.NOT_HTTP),
    (EnoughRead, Outcome.NOT_HTTP),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpWebhookSender:
    """Sends over HTTP/1.1, each message over a connection of its own (port `WebhookSender`).

    `resolve` and `dial` are the system's; `trust` is what certificates are believed by. What an
    answer says beyond its status is read as far as it may be, and thrown away.
    """

    policy: AddressPolicy = AddressPolicy.HTTPS
    resolve: Resolve = resolve
    dial: Dial = dial
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    total_s: float = TOTAL_S

    def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply:
        try:
            # The policy may have become stricter since the address was registered.
            address = WebhookAddress.parse(url, policy=self.policy)
        except InvalidWebhookAddress:
            return Reply(Outcome.NOT_PUBLIC)
        try:
            return _reply(self._status(address, body, headers))
        except tuple(kind for kind, _ in _OUTCOMES) as error:
            return Reply(next(outcome for kind, outcome in _OUTCOMES if isinstance(error, kind)))

    def _status(self, address: WebhookAddress, body: bytes, headers: Mapping[str, str]) -> int:
        backend = GuardedBackend(
            self.policy, Allowance(self.total_s, ANSWER_BYTES_MAX), self.resolve, self.dial
        )
        sent = {
            "Host": _host(address),
            "User-Agent": "TrendFlow-Webhooks/1",
            "Connection": "close",
            "Content-Length": str(len(body)),
            **headers,
        }
        with (
            httpcore.ConnectionPool(ssl_context=self.trust, network_backend=backend) as pool,
            pool.stream("POST", address.url, headers=list(sent.items()), content=body) as answer,
        ):
            # The status is the answer. The rest is read only so as not to hang up on anybody.
            with suppress(*(kind for kind, _ in _OUTCOMES)):
                for _ in answer.iter_stream():
                    pass
            return answer.status


def _reply(status: int) -> Reply:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Reply(Outcome.ACCEPTED, status)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Reply(Outcome.REDIRECTED, status)
    return Reply(Outcome.REFUSED, status)


def _host(address: WebhookAddress) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return host if address.port == DEFAULT_PORTS[address.scheme] else f"{host}:{address.port}"
