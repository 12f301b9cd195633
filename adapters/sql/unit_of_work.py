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
from adapters.sql.requirements import SqlResourceRequirements
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
    """One transaction, begun by its first statement; leaving without `commit` takes it back.

    A collection is made when it is asked for: it holds nothing but the connection, and most units
    of work want one or two.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def runs(self) -> SqlRuns:
        return SqlRuns(self._connection)

    @property
    def history(self) -> SqlRunHistory:
        return SqlRunHistory(self._connection)

    @property
    def leases(self) -> SqlLeases:
        return SqlLeases(self._connection)

    @property
    def ledger(self) -> Ledger:
        return ledger_over(self._connection)

    @property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self._connection)

    @property
    def users(self) -> SqlUsers:
        return SqlUsers(self._connection)

    @property
    def payments(self) -> SqlPayments:
        return SqlPayments(self._connection)

    @property
    def prices(self) -> SqlPriceLists:
        return SqlPriceLists(self._connection)

    @property
    def costs(self) -> SqlCostModels:
        return SqlCostModels(self._connection)

    @property
    def requirements(self) -> SqlResourceRequirements:
        return SqlResourceRequirements(self._connection)

    @property
    def timings(self) -> SqlTimings:
        return SqlTimings(self._connection)

    @property
    def estimates(self) -> SqlEstimates:
        return SqlEstimates(self._connection)

    @property
    def videos(self) -> SqlVideos:
        return SqlVideos(self._connection)

    @property
    def figures(self) -> SqlFigures:
        return SqlFigures(self._connection)

    @property
    def webhooks(self) -> SqlWebhooks:
        return SqlWebhooks(self._connection)

    @property
    def deliveries(self) -> SqlDeliveries:
        return SqlDeliveries(self._connection)

    @property
    def upload_sessions(self) -> SqlUploadSessions:
        return SqlUploadSessions(self._connection)

    @property
    def credentials(self) -> SqlCredentials:
        return SqlCredentials(self._connection)

    @property
    def sessions(self) -> SqlSessions:
        return SqlSessions(self._connection)

    @property
    def api_keys(self) -> SqlApiKeys:
        return SqlApiKeys(self._connection)

    @property
    def sign_in_attempts(self) -> SqlSignInAttempts:
        return SqlSignInAttempts(self._connection)

    @property
    def user_settings(self) -> SqlUserSettings:
        return SqlUserSettings(self._connection)

    @property
    def saved_profiles(self) -> SqlSavedProfiles:
        return SqlSavedProfiles(self._connection)

    def __enter__(self) -> Self:
        self._connection = connected(self._engine)
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
