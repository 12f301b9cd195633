"""Only the worker that holds a run's lease writes anything of it, files included."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import numpy as np
import pytest

from adapters.memory.artifacts import MemoryArtifacts
from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.pauses import NoPauses
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.account import RunAccount
from application.artifact_format import decode
from application.completeness import missing_artifacts
from application.errors import AdapterError
from application.ports.analyst import Measured
from application.retrying import PAUSES_S, Retrying
from domain.artifact import artifact_path
from domain.catalogue import Catalogue
from domain.component import ComponentStatus
from domain.errors import LeaseLost
from domain.events import ComponentEnded
from domain.lease import LEASE_TTL
from domain.manifest import Preprocessing
from domain.reuse_key import Equipment, reuse_key
from domain.run import Failure, RunStatus, Stage
from domain.served_model import ServedModel
from tests.application.flaky import FlakyUnitOfWork, Harm, Weather
from tests.builders import a_component_run, a_failure, a_profile, a_run, a_spec
from tests.planted import without

SPEC = a_spec("loudness")
CATALOGUE = Catalogue([SPEC, a_spec("shots", uses=("loudness",))])
ARRAYS = {"x": np.arange(3.0)}
FOUND = Measured(status=ComponentStatus.OK, arrays=ARRAYS)


class House:
    """One database, one store, one clock, and workers that take over from each other."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.store = MemoryArtifacts()
        self.pauses = NoPauses()
        self.database = MemoryDatabase()
        run = a_run(profile=a_profile("loudness", "shots"))
        with self.unit_of_work() as work:
            work.runs.add(run)
            work.commit()
        self.run_id = run.id

    def unit_of_work(self) -> MemoryUnitOfWork:
        return MemoryUnitOfWork(self.database)

    def worker(self, kind: type[RunAccount] = RunAccount) -> RunAccount:
        """A worker that takes the run up after every other's lease has ended."""
        self.clock.advance(LEASE_TTL)
        with self.unit_of_work() as work:
            lease = work.leases.take(self.run_id, owner="worker", now=self.clock.now())
            run, artifacts = work.runs.get(self.run_id), work.runs.artifacts(self.run_id)
            work.commit()
        account = kind(
            run=run,
            lease=lease,
            artifacts=artifacts,
            preprocessing=None,
            unit_of_work=self.unit_of_work,
            store=self.store,
            catalogue=CATALOGUE,
            clock=self.clock,
            retrying=Retrying(self.pauses),
            equipment=lambda: Equipment(decoder_build="made"),
        )
        account.start()
        return account


@pytest.fixture
def house() -> House:
    return House()


def end(account: RunAccount) -> None:
    account.end_component(SPEC, a_component_run("loudness"), FOUND)


def test_a_component_is_kept_with_its_artifact_and_in_the_manifest(house: House) -> None:
    account = house.worker()
    account.enter(Stage.ANALYSE)
    end(account)
    content = house.store.read(account.artifacts["loudness"])
    arrays, meta = decode(content)
    assert arrays["x"].tolist() == [0, 1, 2]
    assert meta == {
        **account.run.identity.as_dict(),
        "producer": "loudness",
        "producer_version": "1",
        "schema_version": "1",
        "created_at": house.clock.now().isoformat(),
        "status": "ok",
        "empty_reason": None,
        "models_used": [],
        "uses": [],
        "measured_at": None,
        "is_reused": False,
        "reused_from": None,
    }
    kept = house.store.read_manifest(account.run.identity)
    assert kept == account.as_manifest()
    assert missing_artifacts(house.store, account.as_manifest()) == []
    assert account.read("loudness")["x"].tolist() == [0, 1, 2]


def test_what_was_done_to_the_video_is_kept_before_anything_is_measured(house: House) -> None:
    account = house.worker()
    done = Preprocessing(operations=("rotate",), duration_ms=12)
    account.segmented(done)
    with house.unit_of_work() as work:
        assert work.runs.preprocessing(house.run_id) == done
    match account.as_manifest():
        case {"run": {"preprocessing": {"operations": ["rotate"], "duration_ms": 12}}}:
            pass
        case other:
            pytest.fail(str(other))


def test_only_what_is_ok_has_an_artifact(house: House) -> None:
    account = house.worker()
    ended = a_component_run("loudness", status=ComponentStatus.EMPTY)
    account.end_component(SPEC, ended, Measured(status=ended.status))
    assert house.store.contents == {}
    assert account.artifacts == {}


Write = Callable[[RunAccount], None]
LATE_WRITES: dict[str, Write] = {
    "a component": end,
    "the manifest": lambda account: account.write_manifest(),
    "the end": lambda account: account.close(),
    "a stage": lambda account: account.enter(Stage.ANALYSE),
}


@pytest.mark.parametrize("write", LATE_WRITES)
def test_a_late_worker_writes_no_file_of_a_run_that_was_taken_over(
    house: House, write: str
) -> None:
    """Hardening 45 and 74: what the new owner has written stays byte for byte."""
    late = house.worker()
    current = house.worker()
    end(current)
    files, manifest = dict(house.store.contents), current.as_manifest()
    house.clock.advance(timedelta(seconds=1))
    with pytest.raises(LeaseLost):
        LATE_WRITES[write](late)
    assert house.store.contents == files
    assert house.store.read_manifest(current.run.identity) == manifest
    assert house.store.read(current.artifacts["loudness"])


def test_without_holding_the_run_a_late_worker_harms_its_result(house: House) -> None:
    """The planted removal: the row is fenced, the file would not be."""
    guard = "work.leases.renew(self.lease, now=self.clock.now())"
    late = house.worker(without("application.account", guard).RunAccount)
    current = house.worker()
    end(current)
    house.clock.advance(timedelta(seconds=1))
    with pytest.raises(LeaseLost):
        end(late)
    assert missing_artifacts(house.store, current.as_manifest()) == [
        artifact_path(current.run.identity, "loudness")
    ]


def test_a_full_disk_leaves_the_component_pending(house: House) -> None:
    class Full(MemoryArtifacts):
        def write(self, path: str, content: bytes) -> tuple[int, str]:
            raise OSError(path, len(content))

    account = house.worker()
    account.store = Full()
    with pytest.raises(OSError, match="loudness"):
        end(account)
    assert account.run.pending == {"loudness", "shots"}
    with house.unit_of_work() as work:
        assert work.runs.get(house.run_id).pending == {"loudness", "shots"}


def test_a_component_that_the_database_did_not_take_is_pending(house: House) -> None:
    """What is told to have ended is what a resumed run would find."""

    class Unanswering(MemoryUnitOfWork):
        def commit(self) -> None:
            raise AdapterError("no answer", code="database_unavailable", retryable=True)

    account = house.worker()
    account.unit_of_work = lambda: Unanswering(house.database)
    with pytest.raises(AdapterError):
        end(account)
    assert account.run.pending == {"loudness", "shots"}
    assert account.artifacts == {}
    account.unit_of_work = house.unit_of_work
    end(account)
    assert house.worker().artifacts.keys() == {"loudness"}


def test_a_commit_whose_answer_was_lost_is_known_by_its_events(house: House) -> None:
    """R-507: the unit is tried again, and what it did stands once."""
    assert ends_told(house, RunAccount) == ["shots", "loudness"]
    assert house.pauses.waited_s == [PAUSES_S[0]]


def test_without_looking_for_its_events_a_component_would_end_twice(house: House) -> None:
    """The planted removal."""
    guard = "if new and set(new) <= set(stored[found[0] :]):"
    planted = without("application.account", guard, "if False:").RunAccount
    assert ends_told(house, planted) == ["shots", "loudness", "loudness"]


def ends_told(house: House, kind: type[RunAccount]) -> list[str]:
    """The components that ended, by the run's events, when one commit's answer is lost."""
    account = house.worker(kind)
    account.end_component(CATALOGUE["shots"], a_component_run("shots"), FOUND)
    weather = Weather({0: Harm.UNANSWERED})
    account.unit_of_work = lambda: FlakyUnitOfWork(house.database, weather)
    end(account)
    with house.unit_of_work() as work:
        events = [event for _, event in work.runs.events(house.run_id)]
    return [event.component for event in events if isinstance(event, ComponentEnded)]


def test_a_run_that_ended_has_its_manifest(house: House) -> None:
    account = house.worker()
    account.run.fail(a_failure(code="disk_full"), now=house.clock.now())
    account.close()
    match house.store.read_manifest(account.run.identity):
        case {"run": {"status": "error", "error": {"code": "disk_full"}}}:
            pass
        case other:
            pytest.fail(str(other))
    with house.unit_of_work() as work:
        assert work.runs.get(house.run_id).status is RunStatus.ERROR


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_damaged_result_is_forgotten_when_the_run_is_taken_up_again(
    house: House, harm: str
) -> None:
    """Hardening 72: told by its digest, then computed anew."""
    account = house.worker()
    end(account)
    path = account.artifacts["loudness"].path
    if harm == "gone":
        del house.store.contents[path]
    else:
        house.store.contents[path] = house.store.contents[path][:-1] + b"\x01"
    again = house.worker()
    assert again.run.pending == {"loudness", "shots"}
    assert again.artifacts == {}
    end(again)
    assert again.run.components["loudness"].status is ComponentStatus.OK


def test_without_looking_a_damaged_result_would_be_kept(house: House) -> None:
    """The planted removal for hardening 72."""
    end(house.worker())
    house.store.contents.clear()
    careless = without("application.account", "self._forget_damaged()").RunAccount
    assert house.worker(careless).run.pending == {"shots"}


def test_a_whole_result_is_kept_when_the_run_is_taken_up_again(house: House) -> None:
    end(house.worker())
    assert house.worker().run.pending == {"shots"}


def test_what_was_used_is_told_in_the_meta(house: House) -> None:
    """R-204: which soft dependencies were taken is in the artifact."""
    account = house.worker()
    end(account)
    account.end_component(CATALOGUE["shots"], a_component_run("shots"), FOUND)
    _, meta = decode(house.store.read(account.artifacts["shots"]))
    assert meta["uses"] == ["loudness"]


def test_an_artifact_says_which_models_answered(house: House) -> None:
    """R-304."""
    account = house.worker()
    model = ServedModel(name="faces", version="1", weights_sha256="ab" * 32, engine="made")
    account.end_component(SPEC, a_component_run("loudness"), replace(FOUND, models=(model,)))
    _, meta = decode(house.store.read(account.artifacts["loudness"]))
    assert meta["models_used"] == [model.as_dict()]


def test_a_component_that_failed_is_kept_with_its_failure(house: House) -> None:
    account = house.worker()
    failure = Failure("x", "y")
    ended = a_component_run("loudness", status=ComponentStatus.ERROR)
    ended = replace(ended, failure=failure)
    account.end_component(SPEC, ended, Measured(status=ended.status))
    with house.unit_of_work() as work:
        assert work.runs.get(house.run_id).components["loudness"].failure == failure


def test_a_result_is_kept_with_what_others_find_it_by(house: House) -> None:
    """Its key, the file it was measured from, and when; a dependency counts by its own key."""
    account = house.worker()
    account.enter(Stage.ANALYSE)
    account.segmented(Preprocessing(content_sha256="ab" * 32))
    end(account)
    account.end_component(CATALOGUE["shots"], a_component_run("shots"), FOUND)
    first, second = (account.run.components[name].provenance for name in ("loudness", "shots"))
    assert first is not None
    assert second is not None
    assert (first.content, first.is_reused, first.reused_from) == ("ab" * 32, False, None)
    assert first.measured_at == account.run.components["loudness"].finished_at
    key, run = partial(reuse_key, CATALOGUE["shots"]), account.run
    assert second.key == key(run, account.equipment(), taken={"loudness": first.key})
    assert second.key != key(run, account.equipment(), taken={})
    _, meta = decode(house.store.read(account.artifacts["shots"]))
    assert meta["measured_at"] == first.measured_at.isoformat()


def test_without_the_file_it_was_measured_from_nobody_finds_a_result(house: House) -> None:
    account = house.worker()
    account.enter(Stage.ANALYSE)
    end(account)
    account.segmented(Preprocessing(content_sha256="ab" * 32))
    account.end_component(CATALOGUE["shots"], a_component_run("shots"), FOUND)
    assert [ended.provenance for ended in account.run.components.values()] == [None, None]
