"""Runs that are measured together in an installation in memory."""

from collections.abc import Mapping, Sequence

from application.use_cases.plan_batches import LEFT_FOR
from application.use_cases.set_requirements import SetRequirements
from domain.identity import RunId
from tests.features.app import App
from tests.features.served_components import made_models
from tests.features.together import tries_of_waiting


class InsideTogether:
    """Those members of the protocol `Driver`."""

    app: App

    def hold_at_once(self, count: int, *names: str) -> None:
        set_requirements = SetRequirements(self.app.unit_of_work, self.app.clock)
        for name in names:
            set_requirements(name, {"memory_mib": self.app.machine.memory_mib // count})

    def take_more_than_there_is(self, parts: int, *names: str) -> None:
        set_requirements = SetRequirements(self.app.unit_of_work, self.app.clock)
        for name in names:
            set_requirements(name, {"memory_mib": self.app.machine.memory_mib * parts})

    def limit_models(self, items_max: int) -> None:
        self.app.inference.models = made_models(items_max=items_max).models

    def leave_waiting(self) -> None:
        self.app.pass_time(LEFT_FOR)

    def take_first(self) -> None:
        assert self.app.work_on_next(language="en", cancellation=self.app.token)

    @property
    def calls(self) -> Sequence[tuple[str, int]]:
        return self.app.inference.calls

    def tries_of_waiting(self) -> Mapping[RunId, int]:
        with self.app.unit_of_work() as work:
            return tries_of_waiting(work)
