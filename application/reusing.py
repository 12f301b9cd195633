"""Finding results of a video that need not be measured again (R-509, R-102)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.errors import AdapterError
from application.ports.unit_of_work import UnitOfWork
from domain.catalogue import Catalogue
from domain.kept_result import KeptResult
from domain.reuse import LookUp, reusable
from domain.reuse_key import Equipment
from domain.run import Run


def fresh_run(work: UnitOfWork, asked: Run, *, now: datetime) -> Run | None:
    """The newest run that answers and is younger than the user's freshness setting, if any."""
    freshness = work.user_settings.of(asked.user_id).freshness
    return work.history.fresh(asked, since=now - freshness) if freshness else None


@dataclass(frozen=True, slots=True)
class Reusing:
    """Says which components' results a run can take over; `equipment` is asked for when needed."""

    catalogue: Catalogue
    equipment: Callable[[], Equipment]

    def results(self, work: UnitOfWork, asked: Run, *, now: datetime) -> dict[str, KeptResult]:
        """By component, what is there and younger than the user's freshness setting."""
        freshness = work.user_settings.of(asked.user_id).freshness
        if not freshness:
            return {}

        def look_up(keys: Collection[str]) -> Sequence[KeptResult]:
            return work.history.kept_results(asked.user_id, keys=keys, since=now - freshness)

        return self._reusable(asked, look_up)

    def still(self, asked: Run, results: Mapping[str, KeptResult]) -> dict[str, KeptResult]:
        """Those of some results that are what the run asks for, on this installation."""
        if not results:
            return {}

        def look_up(keys: Collection[str]) -> Sequence[KeptResult]:
            return [result for result in results.values() if result.key in keys]

        return self._reusable(asked, look_up)

    def _reusable(self, asked: Run, look_up: LookUp) -> dict[str, KeptResult]:
        try:
            equipment = self.equipment()
        except AdapterError:
            # Who has no decoder can still tell prices: nothing is promised then, and whatever needs
            # the decoder, `trendflow doctor` too, says what is missing.
            return {}
        return reusable(asked, self.catalogue, equipment, look_up=look_up)
