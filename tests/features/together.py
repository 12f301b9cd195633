"""What the steps may do where several runs wait, and see of the models that are asked for them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from application.ports.unit_of_work import UnitOfWork
from domain.identity import RunId


class Together(Protocol):
    """Runs that are measured together."""

    def hold_at_once(self, count: int, *names: str) -> None:
        """Whoever runs the installation says that so many of a measurement fit into it at once."""

    def take_more_than_there_is(self, parts: int, *names: str) -> None:
        """The same person says that a measurement takes so many times what the machine has."""

    def limit_models(self, items_max: int) -> None:
        """More items at once take too much memory."""

    def leave_waiting(self) -> None:
        """No worker takes up what was started, for so long that none can be idle."""

    def take_first(self) -> None:
        """A worker takes the first that is ready; the next one is left to others."""

    @property
    def calls(self) -> Sequence[tuple[str, int]]:
        """What the models were asked: which one, and for how many items."""

    def tries_of_waiting(self) -> Mapping[RunId, int]:
        """The runs that anybody may take up, begun or not, and how often each was tried."""


def tries_of_waiting(work: UnitOfWork) -> Mapping[RunId, int]:
    """As whoever takes them up would find it written."""
    leases = {run_id: work.leases.current(run_id) for run_id in work.outbox.waiting(limit=99)}
    return {run_id: 0 if lease is None else lease.tries for run_id, lease in leases.items()}
