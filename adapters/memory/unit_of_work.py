"""One transaction over all that is kept in memory."""

from types import TracebackType
from typing import Self

from adapters.memory.books import MemoryBooks
from adapters.memory.choices import MemorySavedProfiles, MemoryUserSettings
from adapters.memory.database import MemoryDatabase
from adapters.memory.estimates import MemoryEstimates
from adapters.memory.figures import MemoryFigures
from adapters.memory.identity import (
    MemoryApiKeys,
    MemoryCredentials,
    MemorySessions,
    MemorySignInAttempts,
)
from adapters.memory.leases import MemoryLeases
from adapters.memory.outbox import MemoryOutbox
from adapters.memory.payments import MemoryPayments
from adapters.memory.price_lists import MemoryCostModels, MemoryPriceLists
from adapters.memory.requirements import MemoryResourceRequirements
from adapters.memory.run_history import MemoryRunHistory
from adapters.memory.runs import MemoryRuns
from adapters.memory.timings import MemoryTimings
from adapters.memory.upload_sessions import MemoryUploadSessions
from adapters.memory.users import MemoryUsers
from adapters.memory.videos import MemoryVideos
from adapters.memory.webhooks import MemoryDeliveries, MemoryWebhooks
from application.booking import BookedLedger
from application.errors import AdapterError

BUSY_TIMEOUT_S = 30.0


class MemoryUnitOfWork:
    """Works on a copy of what is kept, and puts it in place with `commit`."""

    def __init__(self, database: MemoryDatabase, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        self._database = database
        self._busy_timeout_s = busy_timeout_s

    @property
    def runs(self) -> MemoryRuns:
        return self._runs

    @property
    def history(self) -> MemoryRunHistory:
        return self._history

    @property
    def leases(self) -> MemoryLeases:
        return self._leases

    @property
    def users(self) -> MemoryUsers:
        return self._users

    @property
    def ledger(self) -> BookedLedger:
        return self._ledger

    @property
    def outbox(self) -> MemoryOutbox:
        return self._outbox

    @property
    def payments(self) -> MemoryPayments:
        return self._payments

    @property
    def prices(self) -> MemoryPriceLists:
        return self._prices

    @property
    def costs(self) -> MemoryCostModels:
        return self._costs

    @property
    def requirements(self) -> MemoryResourceRequirements:
        return self._requirements

    @property
    def timings(self) -> MemoryTimings:
        return self._timings

    @property
    def estimates(self) -> MemoryEstimates:
        return self._estimates

    @property
    def videos(self) -> MemoryVideos:
        return self._videos

    @property
    def figures(self) -> MemoryFigures:
        return self._figures

    @property
    def webhooks(self) -> MemoryWebhooks:
        return self._webhooks

    @property
    def deliveries(self) -> MemoryDeliveries:
        return self._deliveries

    @property
    def upload_sessions(self) -> MemoryUploadSessions:
        return self._upload_sessions

    @property
    def credentials(self) -> MemoryCredentials:
        return self._credentials

    @property
    def sessions(self) -> MemorySessions:
        return self._sessions

    @property
    def api_keys(self) -> MemoryApiKeys:
        return self._api_keys

    @property
    def sign_in_attempts(self) -> MemorySignInAttempts:
        return self._sign_in_attempts

    @property
    def user_settings(self) -> MemoryUserSettings:
        return self._user_settings

    @property
    def saved_profiles(self) -> MemorySavedProfiles:
        return self._saved_profiles

    def __enter__(self) -> Self:
        if not self._database.turn.acquire(timeout=self._busy_timeout_s):
            raise AdapterError("too busy", code="database_unavailable", retryable=True)
        self._kept = self._database.snapshot()
        self._runs = MemoryRuns(self._kept)
        self._history = MemoryRunHistory(self._kept)
        self._leases = MemoryLeases(self._kept)
        self._prices = MemoryPriceLists(self._kept)
        self._costs = MemoryCostModels(self._kept)
        self._requirements = MemoryResourceRequirements(self._kept)
        self._timings = MemoryTimings(self._kept)
        self._estimates = MemoryEstimates(self._kept)
        self._users = MemoryUsers(self._kept)
        self._payments = MemoryPayments(self._kept)
        self._outbox = MemoryOutbox(self._kept)
        self._videos = MemoryVideos(self._kept)
        self._figures = MemoryFigures(self._kept)
        self._webhooks = MemoryWebhooks(self._kept)
        self._deliveries = MemoryDeliveries(self._kept)
        self._upload_sessions = MemoryUploadSessions(self._kept)
        self._ledger = BookedLedger(MemoryBooks(self._kept), self._outbox)
        self._credentials = MemoryCredentials(self._kept)
        self._sessions = MemorySessions(self._kept)
        self._api_keys = MemoryApiKeys(self._kept)
        self._sign_in_attempts = MemorySignInAttempts(self._kept)
        self._user_settings = MemoryUserSettings(self._kept)
        self._saved_profiles = MemorySavedProfiles(self._kept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.turn.release()

    def commit(self) -> None:
        self._database.replace(self._kept)
