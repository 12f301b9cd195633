"""A run whose database or store fails for a moment ends as an undisturbed one does (R-507)."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from adapters.memory.analyst import InProcessAnalyst
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.video_files import MadeVideo
from application.errors import AdapterError, ResourceExhausted
from application.ports.analyst import Measured
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder
from application.ports.unit_of_work import UnitOfWork
from application.retrying import PAUSES_S
from application.use_cases.accept_video import AcceptVideo
from domain.component import ComponentStatus
from domain.events import RunEvent
from domain.identity import RunId
from domain.ledger import LOCAL_USER, Entry, GrantId
from domain.manifest import manifest
from domain.run import ComponentRun, Failure, RunStatus
from domain.video import Metadata
from tests.application.flaky import FlakyArtifacts, FlakyReports, FlakyUnitOfWork, Harm, Weather
from tests.features.app import App, a_choice

NAMES = ("title", "untouched")
RUN = RunId(UUID(int=0x5EED))
UNITS = 18
READS = frozenset({3, 5, 8, 10})
"""The units that ask for results to take over and for a kept video, find none, and the one that
asks what measuring takes: nothing to commit or to lose."""
WRITES = 5


@dataclass
class FlakyApp(App):
    """The product on a database that meets the weather."""

    weather: Weather = field(default_factory=Weather)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.weather.begun = 0

    def unit_of_work(self) -> UnitOfWork:
        return FlakyUnitOfWork(self.database, self.weather)

    @property
    def accept(self) -> AcceptVideo:
        accept = super().accept
        object.__setattr__(accept, "new_id", lambda: RUN)
        return accept

    def analyse(self) -> None:
        self.submit(self.video(MadeVideo(duration_s=6)), *NAMES)
        self.carry_out(RUN)

    @property
    def outcome(self) -> dict[str, Any]:
        """All that is kept of the run, in calm weather."""
        self.weather.harms = {}
        with self.unit_of_work() as work:
            run = work.runs.get(RUN)
            return {
                "status": run.status,
                "components": {name: measured(ended) for name, ended in run.components.items()},
                "events": list(work.runs.events(RUN)),
                "artifacts": work.runs.artifacts(RUN),
                "contents": self.store.contents,
                "money": [entry.posting for entry in booked(work)],
                "is_in_manifest": self.manifest(run)
                == manifest(
                    run,
                    self.shipped.catalogue,
                    work.runs.artifacts(RUN),
                    work.runs.preprocessing(RUN),
                ),
            }


def booked(work: UnitOfWork) -> list[Entry]:
    """What was booked for the run, but for what no two runs have alike."""
    entries = work.ledger.entries(LOCAL_USER, run_id=RUN)
    nobody = GrantId(UUID(int=0))
    return [replace(e, posting=replace(e.posting, grant_id=nobody)) for e in entries]


def measured(ended: ComponentRun) -> ComponentRun:
    """How a component ended, but for what no two runs have alike."""
    return replace(ended, duration_ms=0, peak_memory_mib=0)


def undisturbed(folder: Path) -> dict[str, Any]:
    app = FlakyApp(folder / "calm")
    app.folder.mkdir()
    app.analyse()
    assert app.weather.begun == UNITS
    assert app.pauses.waited_s == []
    outcome = app.outcome
    assert outcome["is_in_manifest"]
    return outcome


@pytest.mark.parametrize("harms", [(a,) for a in Harm] + [(a, b) for a in Harm for b in Harm])
def test_wherever_the_database_fails_once_or_twice_nothing_is_lost_or_doubled(
    harms: tuple[Harm, ...], tmp_path: Path
) -> None:
    expected = undisturbed(tmp_path)
    for number in range(UNITS):
        if number in READS and harms[0] is not Harm.REFUSED:
            continue
        app = FlakyApp(tmp_path / str(number))
        app.folder.mkdir()
        app.weather.harms = {number + i: harm for i, harm in enumerate(harms)}
        app.analyse()
        assert len(app.pauses.waited_s) >= 1
        assert app.outcome == expected, f"unit {number}"
        assert len(app.analyst.measured) == len(NAMES)


@pytest.mark.parametrize("harm", [Harm.REFUSED, Harm.UNANSWERED])
@pytest.mark.parametrize("number", range(WRITES))
def test_whatever_the_store_fails_to_write_twice_is_there_in_the_end(
    harm: Harm, number: int, tmp_path: Path
) -> None:
    expected = undisturbed(tmp_path)
    app = FlakyApp(tmp_path)
    app.store = FlakyArtifacts({number: harm, number + 1: harm})
    app.analyse()
    assert app.pauses.waited_s == list(PAUSES_S)
    assert app.outcome == expected


@pytest.mark.parametrize("first", Harm)
@pytest.mark.parametrize("number", sorted({*range(1, UNITS)} - READS))
def test_the_third_failure_leaves_the_run_to_be_resumed(
    first: Harm, number: int, tmp_path: Path
) -> None:
    expected = undisturbed(tmp_path)
    app = FlakyApp(tmp_path)
    app.weather.harms = {number: first, number + 1: Harm.LOST, number + 2: Harm.REFUSED}
    if first is Harm.UNANSWERED:
        # The second try would find everything kept, and end well.
        app.weather.harms = {**app.weather.harms, number + 1: Harm.REFUSED}
    with pytest.raises(AdapterError) as told:
        app.analyse()
    assert told.value.retryable
    app.weather.harms = {}
    app.workers.dead.add(app.workers.me)
    app.workers.me += "+"
    assert app.carry_out(RUN).status is RunStatus.OK
    found = app.outcome
    for name in ("status", "components", "artifacts", "contents", "money", "is_in_manifest"):
        assert found[name] == expected[name], name
    assert without_stages(found["events"]) == without_stages(expected["events"])


def test_a_start_whose_answer_never_came_leaves_the_run_its_video(tmp_path: Path) -> None:
    """The run is in the queue and its credits are held: it can be carried out, and be paid for."""
    app = FlakyApp(tmp_path)
    app.weather.harms = {0: Harm.UNANSWERED, 1: Harm.REFUSED, 2: Harm.REFUSED}
    with pytest.raises(AdapterError):
        app.submit(app.video(MadeVideo(duration_s=6)), *NAMES)
    assert app.carry_out(RUN).status is RunStatus.OK


def test_a_start_that_found_no_room_leaves_no_video(tmp_path: Path) -> None:
    app = App(tmp_path)
    accept = app.accept

    def full() -> UnitOfWork:
        raise ResourceExhausted("the database has no room left")

    with pytest.raises(ResourceExhausted):
        replace(accept, start=replace(accept.start, unit_of_work=full)).upload(
            app.video(MadeVideo(duration_s=6)),
            metadata=Metadata(title="A title"),
            profile=a_choice("title"),
            request=app.request(),
        )
    assert list(app.workspaces.leftovers()) == []


class InterruptedUnitOfWork(MemoryUnitOfWork):
    """Its commit is made, and a person presses Ctrl-C."""

    def commit(self) -> None:
        super().commit()
        raise KeyboardInterrupt


def test_a_start_that_is_interrupted_leaves_the_run_its_video(tmp_path: Path) -> None:
    app = App(tmp_path)
    accept = app.accept
    interrupted = replace(accept.start, unit_of_work=lambda: InterruptedUnitOfWork(app.database))
    with pytest.raises(KeyboardInterrupt):
        replace(accept, start=interrupted).upload(
            app.video(MadeVideo(duration_s=6)),
            metadata=Metadata(title="A title"),
            profile=a_choice("title"),
            request=app.request(),
        )
    (run,) = app.all_runs()
    assert app.carry_out(run.id).status is RunStatus.OK


def without_stages(numbered: list[tuple[int, RunEvent]]) -> list[RunEvent]:
    """A resumed run enters a stage again; everything else happens once."""
    return [event for _, event in numbered if not hasattr(event, "stage")]


def test_a_store_that_fails_for_good_leaves_the_run_to_be_resumed(tmp_path: Path) -> None:
    app = FlakyApp(tmp_path)
    app.store = FlakyArtifacts(dict.fromkeys(range(3), Harm.REFUSED))
    with pytest.raises(AdapterError, match="no answer"):
        app.analyse()
    assert app.run(RUN).status is RunStatus.RUNNING
    assert app.carry_out(RUN).status is RunStatus.OK


def test_a_report_that_the_shelf_does_not_take_at_first_is_there_when_the_worker_leaves_the_run(
    tmp_path: Path,
) -> None:
    """R-507: nobody comes back to an ended run for an hour."""
    app = App(tmp_path)
    app.reports = FlakyReports(away=2)
    run = app.carry_out(app.submit(app.video(MadeVideo(duration_s=6)), "title").id)
    assert run.status is RunStatus.OK
    assert app.reports.is_written(run.identity)
    assert app.pauses.waited_s == list(PAUSES_S)


@pytest.mark.parametrize(("times", "status"), [(2, "ok"), (3, "error")])
def test_a_component_that_times_out_is_tried_twice_more(
    times: int, status: str, tmp_path: Path
) -> None:
    app = App(tmp_path)
    late = app.analyst = LateAnalyst(app.analyst, times)
    run = app.carry_out(app.submit(app.video(MadeVideo(duration_s=6)), "title").id)
    assert run.components["title"].status == status
    assert late.asked == 3
    assert app.pauses.waited_s == list(PAUSES_S)


class LateAnalyst(InProcessAnalyst):
    """Its first components take too long."""

    def __init__(self, real: InProcessAnalyst, times: int) -> None:
        super().__init__(real.local)
        self.times, self.asked = times, 0

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        self.asked += 1
        if self.asked > self.times:
            return super().measure(order, cancellation=cancellation)
        failure = Failure("component_timed_out", "too long", where=order.component)
        return Measured(status=ComponentStatus.ERROR, failure=failure)
