"""What every keeper of measured times must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.identity import RunId
from tests.builders import NOON, a_run, a_timing


class TimingsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Callable[[], UnitOfWork]: ...

    @pytest.fixture
    def run_ids(self, units: Callable[[], UnitOfWork]) -> list[RunId]:
        """Three runs that are known."""
        ids = [UUID(int=number) for number in (1, 2, 3)]
        with units() as work:
            for run_id in ids:
                work.runs.add(a_run(run_id=run_id))
            work.commit()
        return [RunId(run_id) for run_id in ids]

    def test_a_time_comes_back_as_it_was_written(
        self, units: Callable[[], UnitOfWork], run_ids: list[RunId]
    ) -> None:
        timings = [a_timing(run_ids[0]), a_timing(run_ids[0], "preparation", units=1e-9)]
        with units() as work:
            work.timings.add(timings)
            work.timings.add([])
            work.commit()
        with units() as work:
            assert work.timings.newest(limit=10) == timings

    def test_the_newest_of_each_component_come_first_and_no_more_than_asked(
        self, units: Callable[[], UnitOfWork], run_ids: list[RunId]
    ) -> None:
        first, second, third = run_ids
        with units() as work:
            for hours, run_id in enumerate((second, third, first)):
                at = NOON + timedelta(hours=hours)
                work.timings.add([a_timing(run_id, "tempo", at=at)])
            work.timings.add([a_timing(second, "motion"), a_timing(first, "motion")])
            work.commit()
        with units() as work:
            newest = work.timings.newest(limit=2)
        assert [(each.component, each.run_id) for each in newest] == [
            ("motion", second),
            ("motion", first),
            ("tempo", first),
            ("tempo", third),
        ]

    def test_a_run_that_is_closed_again_is_written_once(
        self, units: Callable[[], UnitOfWork], run_ids: list[RunId]
    ) -> None:
        with units() as work:
            work.timings.add([a_timing(run_ids[0], seconds=1.0)])
            again = [a_timing(run_ids[0], seconds=2.0), a_timing(run_ids[0], "tempo", seconds=3.0)]
            work.timings.add(again)
            work.commit()
        with units() as work:
            assert [each.seconds for each in work.timings.newest(limit=9)] == [1.0, 3.0]
