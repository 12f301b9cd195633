"""Runs that a worker behind the broker measures together."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from adapters.system.machine import this_machine
from application.use_cases.plan_batches import LEFT_FOR
from application.use_cases.work_on_run import Worked
from domain.identity import RunId
from tests.features.installation import Installation
from tests.features.together import tries_of_waiting


class OutsideTogether:
    """Those members of the protocol `Driver`."""

    at: Installation

    def hold_at_once(self, count: int, *names: str) -> None:
        """On the command line: the API sets no such thing."""
        for name in names:
            self._set_memory(name, self._machine_mib // count)

    def take_more_than_there_is(self, parts: int, *names: str) -> None:
        for name in names:
            self._set_memory(name, self._machine_mib * parts)

    def _set_memory(self, name: str, mib: int) -> None:
        self.at.container.set_requirements()(name, {"memory_mib": mib})

    @property
    def _machine_mib(self) -> int:
        return this_machine(self.at.container.settings().analyst_memory_bytes).memory_mib

    def limit_models(self, items_max: int) -> None:
        self.at.notes.items_max.write_text(str(items_max), encoding="utf-8")

    def leave_waiting(self) -> None:
        """They are with the broker, whose worker is busy."""
        self.at.publish()
        self.at.clock.moment += LEFT_FOR + timedelta(seconds=1)

    def take_first(self) -> None:
        self.at.publish()
        assert self.at.answered(1) == [Worked.ENDED]

    @property
    def calls(self) -> Sequence[tuple[str, int]]:
        asked = [call.split() for call in self.at.notes.calls]
        return [(name, int(count)) for name, count in asked]

    def tries_of_waiting(self) -> Mapping[RunId, int]:
        with self.at.container.unit_of_work() as work:
            return tries_of_waiting(work)
