"""What a database would hold, as plain dictionaries that one unit of work has at a time."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from adapters.memory.copies import apart
from application.booking import Operation
from domain.account_settings import AccountSettings
from domain.api_key import ApiKey, ApiKeyId
from domain.artifact import Artifact
from domain.batch import Requirements
from domain.calibration import KnownCost, Timing
from domain.estimate import Estimate, EstimateId
from domain.events import RunEvent
from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId
from domain.lease import Lease
from domain.ledger import Entry, Grant, GrantId, Hold, HoldId, UserId
from domain.manifest import Preprocessing
from domain.payment import Payment, PaymentId
from domain.price_list import PriceList
from domain.profile import Profile
from domain.run import Run
from domain.session import Session, SessionId
from domain.upload import Upload, UploadId
from domain.user import Subscription, User
from domain.webhook import Delivery, DeliveryId, Webhook, WebhookId


@dataclass(frozen=True, slots=True)
class Place:
    """From when on a run may be taken up, and when it was last published."""

    number: int
    ready_at: datetime | None = None
    published_at: datetime | None = None


@dataclass(slots=True)
class Kept:
    """Everything kept: by run, and the ledger."""

    runs: dict[RunId, Run] = field(default_factory=dict)
    events: dict[RunId, list[RunEvent]] = field(default_factory=dict)
    artifacts: dict[RunId, dict[str, Artifact]] = field(default_factory=dict)
    preprocessing: dict[RunId, Preprocessing] = field(default_factory=dict)
    leases: dict[RunId, Lease] = field(default_factory=dict)
    cancels: dict[RunId, datetime] = field(default_factory=dict)
    price_changes: list[PriceList] = field(default_factory=list)
    costs: dict[str, KnownCost] = field(default_factory=dict)
    requirements: dict[str, Requirements] = field(default_factory=dict)
    timings: dict[tuple[RunId, str], Timing] = field(default_factory=dict)
    estimates: dict[EstimateId, tuple[UserId, Estimate]] = field(default_factory=dict)
    users: dict[UserId, User] = field(default_factory=dict)
    subscriptions: list[Subscription] = field(default_factory=list)
    credentials: dict[UserId, str] = field(default_factory=dict)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    api_keys: dict[ApiKeyId, ApiKey] = field(default_factory=dict)
    sign_in_attempts: list[tuple[str, datetime]] = field(default_factory=list)
    user_settings: dict[UserId, AccountSettings] = field(default_factory=dict)
    profiles: dict[tuple[UserId, str], Profile] = field(default_factory=dict)
    payments: dict[PaymentId, Payment] = field(default_factory=dict)
    outbox: dict[RunId, Place] = field(default_factory=dict)
    comings: int = 0
    videos: dict[KeptVideoId, KeptVideo] = field(default_factory=dict)
    uploads: dict[UploadId, Upload] = field(default_factory=dict)
    webhooks: dict[WebhookId, Webhook] = field(default_factory=dict)
    deliveries: dict[DeliveryId, Delivery] = field(default_factory=dict)
    operations: dict[tuple[UserId, str], Operation] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    grants: dict[UserId, dict[GrantId, Grant]] = field(default_factory=dict)
    holds: dict[HoldId, Hold] = field(default_factory=dict)


class MemoryDatabase:
    """Hands what is kept to one unit of work at a time, as SQLite does; others wait."""

    def __init__(self) -> None:
        self._kept = Kept()
        self.turn = threading.Lock()

    def snapshot(self) -> Kept:
        """A copy of all that was committed."""
        return apart(self._kept)

    def replace(self, kept: Kept) -> None:
        """Makes a unit's copy what others see."""
        self._kept = apart(kept)
