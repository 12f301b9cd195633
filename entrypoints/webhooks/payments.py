"""The payment provider's webhook: read, checked, confirmed. Whatever serves HTTP mounts it."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from application.errors import AdapterError
from application.ports.clock import Clock
from domain.credits import Credits
from domain.errors import DomainError, InvalidAmount, InvalidEvent
from domain.payment import Payment, PaymentEvent, PaymentId, PaymentOutcome
from domain.webhook_signature import check_signature

SIGNATURE_HEADER = "Webhook-Signature"
BODY_BYTES_MAX = 16 << 10
"""A server refuses longer bodies before it reads them; an event is some hundred bytes."""

_STATUSES = {
    "invalid_event": HTTPStatus.BAD_REQUEST,
    "signature_invalid": HTTPStatus.UNAUTHORIZED,
    "signature_expired": HTTPStatus.UNAUTHORIZED,
    "payment_not_found": HTTPStatus.NOT_FOUND,
}
_OUTCOMES = {f"payment.{outcome}": outcome for outcome in PaymentOutcome}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider is answered; `code` is also the body, as `{"code": …}`."""

    status: int
    code: str

    @property
    def body(self) -> bytes:
        return json.dumps({"code": self.code}).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWebhook:
    """Confirms what the provider tells, when it is signed with the secret and fresh.

    A refusal is answered with its code and 4xx, a failure of ours that may pass with 503: the
    provider tells again. Bugs come out as they are. Nothing of a message is logged but its size.
    """

    confirm: Callable[[PaymentEvent], Payment]
    clock: Clock
    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.secret:
            raise ValueError("without a secret anybody could tell of payments")

    def __call__(self, body: bytes, signature: str) -> Answer:
        answer = self._answer(body, signature)
        _log.info(
            "payment.webhook status=%d code=%s size_bytes=%d", answer.status, answer.code, len(body)
        )
        return answer

    def _answer(self, body: bytes, signature: str) -> Answer:
        try:
            check_signature(body, signature, secret=self.secret, now=self.clock.now())
            self.confirm(read_event(body))
        except DomainError as refusal:
            status = _STATUSES.get(refusal.code, HTTPStatus.CONFLICT)
            return Answer(status, refusal.code)
        except AdapterError as error:
            return Answer(HTTPStatus.SERVICE_UNAVAILABLE, error.code)
        return Answer(HTTPStatus.OK, "ok")


def read_event(body: bytes) -> PaymentEvent:
    """Raises InvalidEvent for what is not an event of a payment; further members are ignored."""
    if len(body) > BODY_BYTES_MAX:
        raise InvalidEvent("it is too long")
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise InvalidEvent("it is not JSON") from None
    if not isinstance(told, dict):
        raise InvalidEvent("it is not an object")
    words = [told.get(name) for name in ("event", "payment_id", "amount", "currency")]
    event, payment_id, amount, currency = (word if isinstance(word, str) else "" for word in words)
    if event not in _OUTCOMES:
        raise InvalidEvent("it tells of nothing that is known")
    try:
        return PaymentEvent(
            payment_id=PaymentId(UUID(payment_id)),
            outcome=_OUTCOMES[event],
            amount=Credits.of(amount),
            currency=currency,
        )
    except InvalidAmount:
        raise InvalidEvent("its amount is none") from None
    except ValueError:
        raise InvalidEvent("its payment has no id") from None
