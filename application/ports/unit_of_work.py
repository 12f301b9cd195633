"""One transaction over everything that is kept in the database."""

from types import TracebackType
from typing import Protocol, Self

from application.ports.api_keys import ApiKeys
from application.ports.cost_models import CostModels
from application.ports.credentials import Credentials
from application.ports.estimates import Estimates
from application.ports.figures import Figures
from application.ports.leases import Leases
from application.ports.ledger import Ledger
from application.ports.outbox import Outbox
from application.ports.payments import Payments
from application.ports.price_lists import PriceLists
from application.ports.requirements import ResourceRequirements
from application.ports.run_history import RunHistory
from application.ports.runs import Runs
from application.ports.saved_profiles import SavedProfiles
from application.ports.sessions import Sessions
from application.ports.sign_in_attempts import SignInAttempts
from application.ports.timings import Timings
from application.ports.upload_sessions import UploadSessions
from application.ports.user_settings import UserSettings
from application.ports.users import Users
from application.ports.videos import Videos
from application.ports.webhooks import Deliveries, Webhooks


class UnitOfWork(Protocol):
    """All or nothing: what was written is seen by others after `commit`, else forgotten."""

    @property
    def runs(self) -> Runs: ...

    @property
    def history(self) -> RunHistory: ...

    @property
    def leases(self) -> Leases: ...

    @property
    def users(self) -> Users: ...

    @property
    def ledger(self) -> Ledger: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def payments(self) -> Payments: ...

    @property
    def prices(self) -> PriceLists: ...

    @property
    def costs(self) -> CostModels: ...

    @property
    def requirements(self) -> ResourceRequirements: ...

    @property
    def timings(self) -> Timings: ...

    @property
    def estimates(self) -> Estimates: ...

    @property
    def videos(self) -> Videos: ...

    @property
    def figures(self) -> Figures: ...

    @property
    def webhooks(self) -> Webhooks: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def upload_sessions(self) -> UploadSessions: ...

    @property
    def credentials(self) -> Credentials: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def api_keys(self) -> ApiKeys: ...

    @property
    def sign_in_attempts(self) -> SignInAttempts: ...

    @property
    def user_settings(self) -> UserSettings: ...

    @property
    def saved_profiles(self) -> SavedProfiles: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None: ...
