"""What every history of runs must do to find results that another run may take over (R-102)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.kept_result import KeptResult
from domain.ledger import LOCAL_USER, UserId
from domain.provenance import Provenance
from domain.run import Run
from domain.video import VideoSource
from tests.builders import FILE, LINK, NOON, a_component_run, a_profile, a_running_run
from tests.contracts.run_history import SOMEBODY_ELSE

Units = Callable[[], UnitOfWork]
HOUR = timedelta(hours=1)


def measured(  # noqa: PLR0913 - each names one thing that a search goes by
    units: Units,
    key: str | None = "k1",
    *,
    at: datetime = NOON,
    content: str = "c1",
    source: VideoSource = LINK,
    user_id: UserId = LOCAL_USER,
    status: ComponentStatus = ComponentStatus.OK,
    finished: datetime = NOON,
) -> Run:
    """A run of one component that ended so."""
    run = a_running_run(source=source, profile=a_profile("shots"))
    run.user_id = user_id
    known = None if key is None else Provenance(key=key, content=content, measured_at=at)
    ended = a_component_run("shots", status=status)
    ended = replace(ended, provenance=known, finished_at=finished)
    run.end_component(ended, now=at)
    with units() as work:
        work.runs.add(run)
        work.commit()
    return run


def found(
    units: Units,
    *keys: str,
    since: datetime = NOON - HOUR,
    user_id: UserId = LOCAL_USER,
) -> Sequence[KeptResult]:
    asked: Collection[str] = keys or ("k1",)
    with units() as work:
        return work.history.kept_results(user_id, keys=asked, since=since)


class KeptResultsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    def test_a_result_is_found_by_its_key_alone(self, units: Units) -> None:
        run = measured(units)
        measured(units, "k2")
        measured(units, None)
        (result,) = found(units)
        assert result == KeptResult(
            component="shots",
            key="k1",
            content="c1",
            run_id=run.id,
            is_own=True,
            status=ComponentStatus.OK,
            measured_at=NOON,
        )
        assert {result.key for result in found(units, "k1", "k2", "k3")} == {"k1", "k2"}
        assert found(units, "k3") == []

    def test_of_equal_results_the_newest_measured_is_found(self, units: Units) -> None:
        measured(units, at=NOON - HOUR / 2)
        newest = measured(units, at=NOON)
        measured(units, at=NOON - HOUR / 4)
        assert [result.run_id for result in found(units)] == [newest.id]

    def test_results_of_other_files_stand_beside_it_the_newest_first(self, units: Units) -> None:
        """Two downloads of a link are two files."""
        measured(units, content="c1", at=NOON - HOUR / 2)
        measured(units, content="c2", at=NOON)
        assert [result.content for result in found(units)] == ["c2", "c1"]

    def test_what_was_measured_before_is_too_old(self, units: Units) -> None:
        """R-509; what was taken over is as old as it was there."""
        measured(units, at=NOON)
        assert found(units, since=NOON)
        assert not found(units, since=NOON + timedelta(microseconds=1))

    def test_an_empty_result_counts_and_a_failed_one_does_not(self, units: Units) -> None:
        measured(units, "k1", status=ComponentStatus.EMPTY)
        measured(units, "k2", status=ComponentStatus.ERROR)
        assert [r.status for r in found(units, "k1", "k2")] == [ComponentStatus.EMPTY]

    def test_anothers_result_is_found_of_a_youtube_video_alone(self, units: Units) -> None:
        """R-102: an upload's results stay its user's."""
        measured(units, "k1", source=FILE, user_id=SOMEBODY_ELSE)
        theirs = measured(units, "k2", source=LINK, user_id=SOMEBODY_ELSE)
        (result,) = found(units, "k1", "k2")
        assert (result.run_id, result.is_own) == (theirs.id, False)
        assert len(found(units, "k1", "k2", user_id=SOMEBODY_ELSE)) == 2

    def test_an_own_result_goes_before_anothers_as_new(self, units: Units) -> None:
        for user_id in (SOMEBODY_ELSE, LOCAL_USER, SOMEBODY_ELSE):
            measured(units, user_id=user_id)
        (result,) = found(units)
        assert result.is_own

    def test_of_copies_the_one_that_was_made_last_is_found(self, units: Units) -> None:
        """It is the likeliest to be there still."""
        copies = [measured(units, finished=NOON + n * HOUR) for n in (0, 2, 1)]
        assert [result.run_id for result in found(units)] == [copies[1].id]

    def test_where_it_comes_from_comes_back_with_the_run(self, units: Units) -> None:
        first = measured(units)
        run = a_running_run(profile=a_profile("shots", "tempo"))
        own = Provenance(
            key="k1", content="c1", measured_at=NOON, is_reused=True, reused_from=first.id
        )
        for name, known in (("shots", own), ("tempo", replace(own, reused_from=None))):
            ended = replace(a_component_run(name), provenance=known)
            run.end_component(ended, now=NOON + HOUR)
        with units() as work:
            work.runs.add(run)
            work.commit()
        with units() as work:
            assert work.runs.get(run.id).components == run.components
