"""What every history of runs must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from application.ports.run_history import Place
from application.ports.unit_of_work import UnitOfWork
from domain.errors import RunNotFound
from domain.identity import RunId
from domain.ledger import LOCAL_USER, UserId
from domain.run import Run, RunStatus
from domain.run_filter import RunFilter
from domain.video import Metadata, as_read
from tests.builders import FILE, NOON, a_component_run, a_run, a_running_run
from tests.contracts.runs import state

Units = Callable[[], UnitOfWork]
SOMEBODY_ELSE = UserId(UUID(int=77))
ALL = RunFilter()


def added(units: Units, *runs: Run) -> None:
    with units() as work:
        for run in runs:
            work.runs.add(run)
        work.commit()


def ids(units: Units, chosen: RunFilter = ALL, user_id: UserId = LOCAL_USER) -> list[RunId]:
    with units() as work:
        return [r.id for r in work.history.page(user_id, chosen=chosen, after=None, limit=100)]


class RunHistoryContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    def test_a_user_reads_their_run_as_it_is(self, units: Units) -> None:
        run = a_run()
        added(units, run)
        with units() as work:
            assert state(work.history.of(LOCAL_USER, run.id)) == state(run)

    def test_anothers_run_is_as_unknown_as_none(self, units: Units) -> None:
        """R-902: each sees only their own."""
        run = a_run()
        added(units, run)
        with units() as work:
            with pytest.raises(RunNotFound) as of_another:
                work.history.of(SOMEBODY_ELSE, run.id)
            unknown = RunId(UUID(int=5))
            with pytest.raises(RunNotFound) as of_nobody:
                work.history.of(SOMEBODY_ELSE, unknown)
        said = str(of_another.value).replace(str(run.id), str(unknown))
        assert said == str(of_nobody.value)
        assert ids(units, user_id=SOMEBODY_ELSE) == []

    def test_pages_hold_every_run_once_also_of_equal_starts(self, units: Units) -> None:
        runs = [a_run(created_at=NOON + timedelta(minutes=n // 3)) for n in range(10)]
        added(units, *runs)
        seen: list[Run] = []
        while True:
            after = Place.of(seen[-1]) if seen else None
            with units() as work:
                page = work.history.page(LOCAL_USER, chosen=ALL, after=after, limit=3)
            if not page:
                break
            seen.extend(page)
        assert sorted(run.id for run in seen) == sorted(run.id for run in runs)
        assert [r.created_at for r in seen] == sorted((r.created_at for r in runs), reverse=True)

    def test_a_title_is_found_whatever_its_case_and_alphabet(self, units: Units) -> None:
        night = a_run(metadata=Metadata(title="Как я снимаю НОЧЬЮ 100%"))
        day = a_run(metadata=Metadata(title="Filming by day"))
        untitled = a_run(metadata=Metadata())
        added(units, night, day, untitled)
        assert ids(units, RunFilter(text="ночью")) == [night.id]
        assert ids(units, RunFilter(text=" FILMING ")) == [day.id]
        assert ids(units, RunFilter(text="100%")) == [night.id]
        assert ids(units, RunFilter(text="1_0")) == []
        assert len(ids(units, RunFilter(text=""))) == 3

    def test_a_title_that_no_text_column_takes_is_kept_and_found(self, units: Units) -> None:
        """U+0000, which PostgreSQL refuses in a text, and half a character."""
        odd = a_run(metadata=Metadata(title="Night\x00shift"))
        added(units, odd, a_run(metadata=Metadata(title="By day")))
        assert ids(units, RunFilter(text="nights")) == [odd.id]
        assert ids(units, RunFilter(text="NIGHT\x00SHIFT\ud800")) == [odd.id]

    def test_the_newest_events_of_many_runs_are_told_at_once(self, units: Units) -> None:
        moved, quiet, many = a_running_run(), a_run(), [a_running_run() for _ in range(600)]
        added(units, moved, quiet, *many)
        with units() as work:
            asked = [moved.id, quiet.id, RunId(UUID(int=9)), *(run.id for run in many)]
            found = work.history.sequences(asked)
        assert found[moved.id] == 1
        assert set(found) == {moved.id, *(run.id for run in many)}

    def test_what_waits_and_what_is_at_work_is_unended_whoevers_it_is(self, units: Units) -> None:
        waits, works, over, other = a_run(), a_running_run(), a_run(), a_run()
        over.cancel(now=NOON)
        other.user_id = SOMEBODY_ELSE
        added(units, waits, works, over, other)
        expected = {run.id: state(run) for run in (waits, works, other)}
        with units() as work:
            found = work.history.unended([*expected, over.id, RunId(UUID(int=9))])
            assert work.history.unended([]) == {}
        assert {run_id: state(run) for run_id, run in found.items()} == expected

    def test_the_newest_run_that_answers_is_found(self, units: Units) -> None:
        """R-509: of the same user, video, configuration and words, ended well and in time."""
        older, newer, other = (self._ended(units, hours=hours) for hours in (1, 2, 0))
        said = Metadata(title="Another title")
        named = self._ended(units, hours=3, metadata=said)
        asked, since = a_run(), NOON + timedelta(hours=1)

        def fresh(run: Run, at: datetime = since) -> RunId | None:
            with units() as work:
                found = work.history.fresh(run, since=at)
            return None if found is None else found.id

        assert fresh(asked) == newer.id
        assert fresh(a_run(metadata=said)) == named.id
        counted = as_read(replace(asked.metadata, views=7), NOON)
        assert fresh(a_run(metadata=counted)) == newer.id
        assert fresh(asked, NOON + timedelta(hours=3)) is None
        other_profile = a_run()
        other_profile.identity = replace(asked.identity, config_hash="f" * 64)
        assert fresh(other_profile) is None
        assert fresh(a_run(source=FILE)) is None
        stranger = a_run()
        stranger.user_id = SOMEBODY_ELSE
        assert fresh(stranger) is None
        assert len({older.id, other.id}) == 2

    def _ended(self, units: Units, *, hours: int, **details: Any) -> Run:
        run = a_running_run(**details)
        for name in sorted(run.pending):
            run.end_component(a_component_run(name), now=NOON)
        run.finish(now=NOON + timedelta(hours=hours))
        added(units, run)
        return run

    def test_status_and_days_choose(self, units: Units) -> None:
        early = a_run(created_at=NOON)
        late = a_run(created_at=NOON + timedelta(days=1))
        added(units, early, late)
        tomorrow = NOON + timedelta(days=1)
        assert ids(units, RunFilter(since=tomorrow)) == [late.id]
        assert ids(units, RunFilter(until=tomorrow)) == [early.id]
        assert ids(units, RunFilter(statuses=frozenset({RunStatus.OK}))) == []
        queued = RunFilter(statuses=frozenset({RunStatus.QUEUED, RunStatus.OK}))
        assert ids(units, queued) == [late.id, early.id]
