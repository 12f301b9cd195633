"""Trying again what may work a moment later: at most twice, after growing pauses (R-507)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from application.errors import AdapterError
from application.ports.pauses import Pauses

PAUSES_S = (2.0, 8.0)
"""One pause a retry, four times as long each time. Together a third of a lease, which nobody may
be able to renew meanwhile: a database that starts anew is back before the run is given away."""

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Retrying:
    """Does something as a whole, and again from its start while its failure is `retryable`.

    What is given must be harmless to do twice, also when the first time did its work and only the
    answer was lost. The failure of the last try comes out as it is.
    """

    pauses: Pauses

    def __call__(self, act: Callable[[], _Result]) -> _Result:
        for pause_s in PAUSES_S:
            try:
                return act()
            except AdapterError as error:
                if not error.retryable:
                    raise
            self.pauses.wait(pause_s)
        return act()
