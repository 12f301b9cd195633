"""Webhooks: a user's own address is told how each of their runs ended (R-504)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.canonical import canonical_json
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import Run
from domain.webhook_signature import sign_with_each

WebhookId = NewType("WebhookId", UUID)
DeliveryId = NewType("DeliveryId", UUID)

WEBHOOKS_MAX = 5
"""So many a user: a run is told to each of them."""
SECRETS_MAX = 2
SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with is none
TRIES_MAX = 8
PAUSE_MIN_S = 10.0
PAUSE_MAX_S = 6 * 3600.0
TRY_LIFETIME = timedelta(minutes=2)
"""A try that did not come back in this time has died with its worker. It takes ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A user's address and the secrets that sign what it is told, the newest first.

    A registered one is told of every run; with a `run_id` it is a callback, told of that run alone.
    """

    id: WebhookId
    user_id: UserId
    run_id: RunId | None = None
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    created_at: datetime

    def __post_init__(self) -> None:
        if not 1 <= len(self.secrets) <= SECRETS_MAX:
            raise ValueError(f"a webhook has one to {SECRETS_MAX} secrets")

    def rotated(self, secret: str) -> "Webhook":
        """With a new secret beside the newest so far; an older one signs no more."""
        return replace(self, secrets=(secret, self.secrets[0]))

    def signature(self, body: bytes, *, now: datetime) -> str:
        """By each secret, so that a receiver that knows either of them believes it."""
        return sign_with_each(body, secrets=self.secrets, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnd:
    """How a run ended, in ids and codes: what a webhook may tell (R-706)."""

    run_id: RunId
    user_id: UserId
    status: str
    code: str
    at: datetime

    @classmethod
    def of(cls, run: Run) -> "RunEnd":
        """ValueError for a run that has not ended."""
        if run.finished_at is None:
            raise ValueError("the run has not ended")
        return cls(
            run_id=run.id,
            user_id=run.user_id,
            status=str(run.status),
            code=run.failure.code if run.failure else "",
            at=run.finished_at,
        )

    @property
    def event(self) -> str:
        return f"run.{self.status}"


class Outcome(StrEnum):
    """How a try to deliver ended."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    NOT_PUBLIC = "not_public"
    NOT_RESOLVED = "not_resolved"
    NOT_CONNECTED = "not_connected"
    NOT_TRUSTED = "not_trusted"
    TIMED_OUT = "timed_out"
    NOT_HTTP = "not_http"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one try; `http_status` where the receiver answered at all."""

    outcome: Outcome
    http_status: int | None = None


class DeliveryState(StrEnum):
    """Where a delivery stands; who resends a delivery that has ended has it wait again."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One end of a run on its way to one webhook. It is sent at least once, always the same."""

    id: DeliveryId
    webhook_id: WebhookId
    end: RunEnd
    next_at: datetime
    state: DeliveryState = DeliveryState.WAITING
    tries: int = 0
    tried_at: datetime | None = None
    reply: Reply | None = None

    @property
    def body(self) -> bytes:
        """Ids, status and code, never a title or another text of the user's (R-706)."""
        told = {
            "delivery": str(self.id),
            "event": self.end.event,
            "run": str(self.end.run_id),
            "status": self.end.status,
            "code": self.end.code or None,
            "at": self.end.at.isoformat(),
        }
        return canonical_json({**told}).encode()

    def begun(self, *, now: datetime) -> "Delivery":
        """A try begins. It counts from now on, so that one that kills its worker ends as well."""
        if self.tries >= TRIES_MAX:
            reply = Reply(Outcome.INTERRUPTED)
            return replace(self, state=DeliveryState.GIVEN_UP, tried_at=now, reply=reply)
        return replace(self, tries=self.tries + 1, tried_at=now, next_at=now + TRY_LIFETIME)

    def after(self, reply: Reply, *, now: datetime, chance: float) -> "Delivery":
        """What a try came to; `chance` of 0 to 1 spreads the next one."""
        if reply.outcome is Outcome.ACCEPTED:
            state = DeliveryState.DELIVERED
        elif self.tries >= TRIES_MAX:
            state = DeliveryState.GIVEN_UP
        else:
            state = DeliveryState.WAITING
        pause = timedelta(seconds=pause_s(self.tries, chance=chance))
        return replace(self, state=state, reply=reply, tried_at=now, next_at=now + pause)

    def resent(self, *, now: datetime) -> "Delivery":
        """To be sent at once, with all its tries before it; one that waits keeps its count."""
        tries = self.tries if self.state is DeliveryState.WAITING else 0
        return replace(self, state=DeliveryState.WAITING, tries=tries, next_at=now)


def pause_s(tries: int, *, chance: float) -> float:
    """How long to wait after so many tries: from 10 s to 6 h, each some 3.6 times the last.

    A fifth more or less by `chance`, so that what failed at once does not come back at once.
    """
    growth: float = (PAUSE_MAX_S / PAUSE_MIN_S) ** (1 / (TRIES_MAX - 2))
    usual_s = PAUSE_MIN_S * growth ** (max(tries, 1) - 1)
    return min(max(usual_s * (0.8 + 0.4 * chance), PAUSE_MIN_S), PAUSE_MAX_S)
