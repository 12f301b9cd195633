"""What every keeper of runs must do with what belongs to a run: its events, artifacts, account."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.errors import LeaseLost, RunNotFound
from domain.events import ComponentEnded, RunMoved, StageEntered
from domain.identity import RunId
from domain.manifest import Preprocessing
from domain.run import RunStatus, Stage
from tests.builders import NOON, a_component_run, a_run, a_running_run, an_artifact
from tests.contracts.runs import LATER, Units, added, got


class RunRecordsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    def test_events_are_numbered_from_one_in_the_order_they_happened(self, units: Units) -> None:
        run = added(units, a_run())
        run.start(now=NOON)
        run.enter(Stage.ACQUIRE, now=NOON)
        with units() as work:
            work.runs.save(run, fence=0)
            work.commit()
        assert run.events == []
        run.end_component(a_component_run("shots"), now=LATER)
        with units() as work:
            work.runs.save(run, fence=0)
            work.commit()
        with units() as work:
            assert list(work.runs.events(run.id)) == [
                (1, RunMoved(run.id, NOON, status="running")),
                (2, StageEntered(run.id, NOON, stage="acquire")),
                (3, ComponentEnded(run.id, LATER, component="shots", status="ok")),
            ]
            assert [number for number, _ in work.runs.events(run.id, after=2)] == [3]
            assert list(work.runs.events(run.id, after=3)) == []

    def test_each_run_has_its_own_numbers(self, units: Units) -> None:
        first, second = added(units, a_running_run()), added(units, a_running_run())
        with units() as work:
            for run in (first, second):
                assert [number for number, _ in work.runs.events(run.id)] == [1]

    def test_events_of_a_run_saved_by_many_at_once_are_all_there(self, units: Units) -> None:
        run = added(units, a_running_run())

        def enter(_: int) -> None:
            with units() as work:
                mine = work.runs.get(run.id)
                mine.enter(Stage.ANALYSE, now=NOON)
                work.runs.save(mine, fence=0)
                work.commit()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(enter, range(12)))
        with units() as work:
            assert [number for number, _ in work.runs.events(run.id)] == list(range(1, 14))

    def test_artifacts_come_back_by_component_and_the_last_written_counts(
        self, units: Units
    ) -> None:
        run = added(units, a_run())
        old = an_artifact(run.identity, "shots", written=(1, "0" * 64))
        new = an_artifact(run.identity, "shots", written=(2**33, "1" * 64))
        other = an_artifact(run.identity, "loudness")
        with units() as work:
            for artifact in (old, other, new):
                work.runs.add_artifact(run.id, artifact, fence=0)
            work.commit()
        with units() as work:
            assert work.runs.artifacts(run.id) == {"loudness": other, "shots": new}
            assert work.runs.artifacts(RunId(uuid4())) == {}

    def test_a_forgotten_component_is_pending_again_and_may_end_anew(self, units: Units) -> None:
        """Hardening 72: what is found damaged is computed anew."""
        run = a_running_run()
        for name in ("loudness", "shots"):
            run.end_component(a_component_run(name), now=NOON)
        added(units, run)
        with units() as work:
            for name in ("loudness", "shots"):
                work.runs.add_artifact(run.id, an_artifact(run.identity, name), fence=0)
            work.runs.forget_component(run.id, "shots", fence=0)
            work.runs.forget_component(run.id, "tempo", fence=0)
            work.commit()
        found = got(units, run.id)
        assert found.pending == {"shots"}
        anew = a_component_run("shots", status=ComponentStatus.EMPTY)
        found.end_component(anew, now=LATER)
        with units() as work:
            assert set(work.runs.artifacts(run.id)) == {"loudness"}
            work.runs.save(found, fence=0)
            work.commit()
        assert got(units, run.id).components["shots"] == anew

    def test_preprocessing_comes_back_as_it_was_set(self, units: Units) -> None:
        run = added(units, a_run())
        done = Preprocessing(
            source={"duration_s": 12.5, "coded_size": [1920, 1080], "sound_codec": None},
            operations=("rotate", "tone map"),
            attempts=({"how": "decode", "share": 0.79}, {"how": "encode anew", "share": 1.0}),
            warnings=("decode_errors",),
            timeline={"frame_count": 150},
            counters={"decodes": 1},
            duration_ms=1234,
            confinement="bubblewrap",
        )
        with units() as work:
            assert work.runs.preprocessing(run.id) is None
            for kept in (Preprocessing(), done):
                work.runs.set_preprocessing(run.id, kept, fence=0)
                assert work.runs.preprocessing(run.id) == kept
            work.commit()
        with units() as work:
            assert work.runs.preprocessing(run.id) == done

    def test_only_the_current_fence_writes_to_a_leased_run(self, units: Units) -> None:
        """Hardening 45: a worker whose run was taken over is fenced out."""
        run = added(units, a_run())
        with units() as work:
            late = work.leases.take(run.id, owner="late", now=NOON)
            work.commit()
        with units() as work:
            now = late.expires_at
            current = work.leases.take(run.id, owner="current", now=now)
            work.commit()
        writes: list[Callable[[UnitOfWork, int], None]] = [
            lambda work, fence: work.runs.save(run, fence=fence),
            lambda work, fence: work.runs.add_artifact(
                run.id, an_artifact(run.identity), fence=fence
            ),
            lambda work, fence: work.runs.forget_component(run.id, "shots", fence=fence),
            lambda work, fence: work.runs.set_preprocessing(run.id, Preprocessing(), fence=fence),
        ]
        for write in writes:
            for fence in (late.fence, 0, current.fence + 1):
                with units() as work, pytest.raises(LeaseLost):
                    write(work, fence)
            with units() as work:
                write(work, current.fence)
                work.commit()

    def test_a_refused_save_keeps_nothing_of_the_run(self, units: Units) -> None:
        run = added(units, a_run())
        with units() as work:
            lease = work.leases.take(run.id, owner="somebody", now=NOON)
            work.commit()
        run.start(now=NOON)
        with units() as work:
            with pytest.raises(LeaseLost):
                work.runs.save(run, fence=lease.fence - 1)
            work.commit()
        assert got(units, run.id).status is RunStatus.QUEUED
        assert len(run.events) == 1, "the events are still the caller's"
        with units() as work:
            assert list(work.runs.events(run.id)) == []

    def test_a_cancel_that_was_asked_for_stays_whoever_saves_the_run(self, units: Units) -> None:
        """R-510: the wish is written beside the run, without its lease."""
        run = added(units, a_running_run())
        with units() as work:
            lease = work.leases.take(run.id, owner="me", now=NOON)
            work.commit()
        with units() as work:
            assert not work.runs.cancel_requested(run.id)
            work.runs.request_cancel(run.id, at=NOON)
            work.runs.request_cancel(run.id, at=LATER)
            work.commit()
        run.enter(Stage.ANALYSE, now=LATER)
        with units() as work:
            work.runs.save(run, fence=lease.fence)
            work.commit()
        with units() as work:
            assert work.runs.cancel_requested(run.id)
            assert work.runs.get(run.id).stage is Stage.ANALYSE

    def test_unattended_is_what_has_neither_ended_nor_waits(self, units: Units) -> None:
        """R-501: found again whoever lost it."""
        moments = [NOON + timedelta(seconds=number) for number in range(4)]
        lost, waits, leased = (added(units, a_run(created_at=at)) for at in moments[:3])
        running, ended = added(units, a_running_run()), added(units, a_run(created_at=moments[3]))
        ended.cancel(now=LATER)
        with units() as work:
            work.outbox.add(waits.id)
            lease = work.leases.take(leased.id, owner="me", now=NOON)
            work.runs.save(ended, fence=0)
            work.commit()
        with units() as work:
            found = dict(work.runs.unattended(limit=9))
            first = work.runs.unattended(limit=1)
        assert found == {lost.id: None, leased.id: lease, running.id: None}
        assert len(first) == 1

    def test_only_a_run_that_is_known_can_be_cancelled(self, units: Units) -> None:
        with units() as work:
            assert not work.runs.cancel_requested(RunId(uuid4()))
            with pytest.raises(RunNotFound):
                work.runs.request_cancel(RunId(uuid4()), at=NOON)
