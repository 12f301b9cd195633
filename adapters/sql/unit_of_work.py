"""One transaction over all that is kept in SQL."""

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from adapters.sql.api_keys import SqlApiKeys
from adapters.sql.choices import SqlSavedProfiles, SqlUserSettings
from adapters.sql.deliveries import SqlDeliveries
from adapters.sql.engine import connected
from adapters.sql.estimates import SqlEstimates
from adapters.sql.figures import SqlFigures
from adapters.sql.leases import SqlLeases
from adapters.sql.ledger import ledger_over
from adapters.sql.outbox import SqlOutbox
from adapters.sql.payments import SqlPayments
from adapters.sql.price_lists import SqlCostModels, SqlPriceLists
from adapters.sql.run_history import SqlRunHistory
from adapters.sql.runs import SqlRuns
from adapters.sql.sessions import SqlCredentials, SqlSessions
from adapters.sql.sign_in_attempts import SqlSignInAttempts
from adapters.sql.timings import SqlTimings
from adapters.sql.upload_sessions import SqlUploadSessions
from adapters.sql.users import SqlUsers
from adapters.sql.videos import SqlVideos
from adapters.sql.webhooks import SqlWebhooks
from application.ports.ledger import Ledger


class SqlUnitOfWork:
    """One transaction, begun by its first statement; leaving without `commit` takes it back."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def runs(self) -> SqlRuns:
        return self._runs

    @property
    def history(self) -> SqlRunHistory:
        return self._history

    @property
    def leases(self) -> SqlLeases:
        return self._leases

    @property
    def ledger(self) -> Ledger:
        return self._ledger

    @property
    def outbox(self) -> SqlOutbox:
        return self._outbox

    @property
    def users(self) -> SqlUsers:
        return self._users

    @property
    def payments(self) -> SqlPayments:
        return self._payments

    @property
    def prices(self) -> SqlPriceLists:
        return self._prices

    @property
    def costs(self) -> SqlCostModels:
        return self._costs

    @property
    def timings(self) -> SqlTimings:
        return self._timings

    @property
    def estimates(self) -> SqlEstimates:
        return self._estimates

    @property
    def videos(self) -> SqlVideos:
        return self._videos

    @property
    def figures(self) -> SqlFigures:
        return self._figures

    @property
    def webhooks(self) -> SqlWebhooks:
        return self._webhooks

    @property
    def deliveries(self) -> SqlDeliveries:
        return self._deliveries

    @property
    def upload_sessions(self) -> SqlUploadSessions:
        return self._upload_sessions

    @property
    def credentials(self) -> SqlCredentials:
        return self._credentials

    @property
    def sessions(self) -> SqlSessions:
        return self._sessions

    @property
    def api_keys(self) -> SqlApiKeys:
        return self._api_keys

    @property
    def sign_in_attempts(self) -> SqlSignInAttempts:
        return self._sign_in_attempts

    @property
    def user_settings(self) -> SqlUserSettings:
        return self._user_settings

    @property
    def saved_profiles(self) -> SqlSavedProfiles:
        return self._saved_profiles

    def __enter__(self) -> Self:
        self._connection = connected(self._engine)
        self._runs = SqlRuns(self._connection)
        self._history = SqlRunHistory(self._connection)
        self._leases = SqlLeases(self._connection)
        self._prices = SqlPriceLists(self._connection)
        self._costs = SqlCostModels(self._connection)
        self._timings = SqlTimings(self._connection)
        self._estimates = SqlEstimates(self._connection)
        self._users = SqlUsers(self._connection)
        self._payments = SqlPayments(self._connection)
        self._outbox = SqlOutbox(self._connection)
        self._videos = SqlVideos(self._connection)
        self._figures = SqlFigures(self._connection)
        self._webhooks = SqlWebhooks(self._connection)
        self._deliveries = SqlDeliveries(self._connection)
        self._upload_sessions = SqlUploadSessions(self._connection)
        self._ledger = ledger_over(self._connection)
        self._credentials = SqlCredentials(self._connection)
        self._sessions = SqlSessions(self._connection)
        self._api_keys = SqlApiKeys(self._connection)
        self._sign_in_attempts = SqlSignInAttempts(self._connection)
        self._user_settings = SqlUserSettings(self._connection)
        self._saved_profiles = SqlSavedProfiles(self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def commit(self) -> None:
        self._connection.commit()
