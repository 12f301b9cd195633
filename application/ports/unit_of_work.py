"""One transaction over everything that is kept in the database."""

from types import TracebackType
from typing import Protocol, Self

from application.ports.cost_models import CostModels
from application.ports.estimates import Estimates
from application.ports.leases import Leases
from application.ports.ledger import Ledger
from application.ports.outbox import Outbox
from application.ports.payments import Payments
from application.ports.price_lists import PriceLists
from application.ports.run_history import RunHistory
from application.ports.runs import Runs
from application.ports.timings import Timings
from application.ports.users import Users


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
    def timings(self) -> Timings: ...

    @property
    def estimates(self) -> Estimates: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None: ...
