"""What every keeper of runs must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import fields
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.errors import RunNotFound
from domain.identity import RunId
from domain.profile import ComponentChoice, Profile, TimeLimits
from domain.run import Run, RunStatus, Stage
from domain.video import Metadata
from tests.builders import (
    FILE,
    LINK,
    NOON,
    a_component_run,
    a_failure,
    a_profile,
    a_run,
    a_running_run,
)

Units = Callable[[], UnitOfWork]
LATER = NOON + timedelta(minutes=1)
ANY_TEXT = st.text(st.characters(codec=None), max_size=20)


def state(run: Run) -> dict[str, Any]:
    """Every field of a run but its events."""
    return {f.name: getattr(run, f.name) for f in fields(run) if f.name != "events"}


def added(units: Units, run: Run) -> Run:
    with units() as work:
        work.runs.add(run)
        work.commit()
    return run


def got(units: Units, run_id: RunId) -> Run:
    with units() as work:
        return work.runs.get(run_id)


class RunsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    @pytest.mark.parametrize("source", [LINK, FILE])
    def test_a_run_comes_back_as_it_was_added(self, units: Units, source: Any) -> None:
        profile = Profile(
            "mine",
            "7",
            (
                ComponentChoice("shots", False, {"threshold": 1.0, "window": 1, "fast": True}),
                ComponentChoice("loudness", True, {"mode": "momentary"}),
            ),
            TimeLimits(component_s=12.5),
        )
        metadata = Metadata(
            title="Ночь 🌙\x00", tags=("a", "b"), subscribers=2**40, comments=("first", "second")
        )
        run = added(units, a_run(source=source, profile=profile, metadata=metadata))
        found = got(units, run.id)
        assert state(found) == state(run)
        given = {choice.name: choice.parameters for choice in found.profile.choices}
        assert [type(v) for v in given["shots"].values()] == [float, int, bool]
        assert found.profile.config_hash(policies={}) == profile.config_hash(policies={})

    def test_any_text_comes_back_as_it_was(self, units: Units) -> None:
        @settings(max_examples=25)
        @given(title=ANY_TEXT, comments=st.none() | st.lists(ANY_TEXT, max_size=3))
        def check(title: str, comments: list[str] | None) -> None:
            told = Metadata(title=title, comments=None if comments is None else tuple(comments))
            run = added(units, a_run(metadata=told))
            assert got(units, run.id).metadata == told

        check()

    def test_a_run_in_the_midst_of_its_work_comes_back_as_it_was_saved(self, units: Units) -> None:
        ends = [status for status in ComponentStatus if status is not ComponentStatus.SKIPPED]
        run = added(units, a_run(profile=a_profile("shots", *map(str, ends))))
        run.start(now=NOON)
        run.enter(Stage.ANALYSE, now=LATER)
        for status in ends:
            ended = a_component_run(str(status), status=status)
            run.end_component(ended, now=LATER)
            with units() as work:
                work.runs.save(run, fence=0)
                work.commit()
            assert state(got(units, run.id)) == state(run)

    def test_a_run_that_failed_comes_back_with_its_failure(self, units: Units) -> None:
        run = added(units, a_running_run())
        run.fail(a_failure(root="shots"), now=LATER)
        with units() as work:
            work.runs.save(run, fence=0)
            work.commit()
        assert state(got(units, run.id)) == state(run)

    def test_moments_come_back_aware_and_to_the_microsecond(self, units: Units) -> None:
        moscow = timezone(timedelta(hours=3))
        moment = datetime(2026, 7, 1, 1, 2, 3, 456789, tzinfo=moscow)
        run = added(units, a_run(created_at=moment))
        found = got(units, run.id)
        assert found.created_at == moment
        assert found.created_at.utcoffset() is not None

    def test_an_unknown_run_is_not_found(self, units: Units) -> None:
        stranger = a_run()
        with units() as work:
            with pytest.raises(RunNotFound):
                work.runs.get(stranger.id)
            with pytest.raises(RunNotFound):
                work.runs.save(stranger, fence=0)
            assert work.runs.artifacts(stranger.id) == {}
            assert work.runs.preprocessing(stranger.id) is None
            assert list(work.runs.events(stranger.id)) == []

    def test_leaving_without_commit_forgets(self, units: Units) -> None:
        run = a_run()
        with units() as work:
            work.runs.add(run)
        with units() as work, pytest.raises(RunNotFound):
            work.runs.get(run.id)

    def test_a_failure_inside_forgets(self, units: Units) -> None:
        run = added(units, a_run())
        run.start(now=NOON)
        with pytest.raises(ZeroDivisionError), units() as work:  # noqa: PT012 - the way out is tested
            work.runs.save(run, fence=0)
            _ = 1 / 0
        assert got(units, run.id).status is RunStatus.QUEUED

    def test_others_never_see_what_was_not_committed(self, units: Units) -> None:
        run = a_run()

        def look() -> bool:
            with units() as work:
                return bool(work.runs.newest(limit=1))

        with ThreadPoolExecutor(1) as pool, units() as work:
            work.runs.add(run)
            meanwhile = pool.submit(look)
            # Whether the other waits for us or reads the past is the database's affair.
            done, _ = wait([meanwhile], timeout=0.2)
            assert not [look for look in done if look.result()]
        assert not meanwhile.result()

    def test_what_is_changed_and_not_saved_stays_as_it_was(self, units: Units) -> None:
        run = added(units, a_run())
        with units() as work:
            work.runs.get(run.id).start(now=NOON)
            work.commit()
        run.start(now=NOON)
        assert got(units, run.id).status is RunStatus.QUEUED

    def test_the_newest_come_first_by_status_and_no_more_than_asked(self, units: Units) -> None:
        runs = [a_run(created_at=NOON + timedelta(seconds=i)) for i in (2, 0, 1)]
        runs[1].start(now=NOON)
        runs[1].end_component(a_component_run("shots"), now=NOON)
        for run in runs:
            added(units, run)
        with units() as work:
            found = work.runs.newest(limit=2)
            assert [run.id for run in found] == [runs[0].id, runs[2].id]
            (running,) = work.runs.newest(limit=9, status=RunStatus.RUNNING)
        assert state(running) == state(runs[1])
