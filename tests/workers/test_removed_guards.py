"""The guards of queue and workers, each seen to be needed by taking it away (hardening 43 to 50).

Each promise is looked at twice: kept as the program is, broken in a copy without the guard. What a
broker itself promises is in `test_removed_broker_guards.py`. That a message is acknowledged only
after the work (43) is Dramatiq's own, with no setting to take away.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from dramatiq.brokers.stub import StubBroker

from adapters.dramatiq.wire import message_of
from adapters.memory.run_queue import MemoryRunQueue
from adapters.memory.video_files import MadeVideo
from application.errors import HandedBack
from application.use_cases.relay_runs import UNCLAIMED_FOR, RelayRuns
from application.use_cases.work_on_run import Worked
from domain.errors import DomainError, RateLimited
from domain.identity import RunId
from domain.lease import LEASE_TTL
from domain.rate_limit import HourlyLimits, Plan
from domain.run import RunStatus
from domain.tries import TRIES_MAX
from domain.video import Metadata
from entrypoints.workers.ticks import Ticks
from tests.builders import NOON
from tests.features.app import App, a_choice
from tests.planted import without
from tests.workers.test_actors import Desk, worked_off

Promise = Callable[[App, ModuleType], bool]
"""Whether what is promised is kept by the program with this module in place of its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One guard of one module, and what is promised because of it."""

    name: str
    module: str
    guard: str
    is_kept: Promise
    instead: str = "pass"


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


class Planted(App):
    """An installation whose units of work know their parts from a planted module."""

    def __init__(self, folder: Path, **parts: Any) -> None:
        same = "BUSY_TIMEOUT_S = 30.0"
        self._units = without("adapters.memory.unit_of_work", same, same, **parts)
        super().__init__(folder)

    def unit_of_work(self) -> Any:
        return self._units.MemoryUnitOfWork(self.database)


def started(app: App, count: int = 1) -> list[RunId]:
    file = app.video(MadeVideo(duration_s=6))
    return [app.submit(file, "picture").id for _ in range(count)]


def taken(app: App, run_id: RunId) -> int:
    """The fence of a worker elsewhere that has just taken the run."""
    with app.unit_of_work() as work:
        lease = work.leases.take(run_id, owner="elsewhere", now=app.clock.now())
        work.commit()
    return lease.fence


def worker(app: App, module: ModuleType) -> Any:
    """`WorkOnRun` of a module over the parts of an installation."""
    made = app.work_on_next.work_on
    work: Any = getattr(made, "work")  # noqa: B009 - the port knows only how to call it
    kind = module.WorkOnRun
    return kind(**{part.name: getattr(work, part.name) for part in fields(kind)})


def worked(app: App, module: ModuleType, run_id: RunId) -> str:
    return str(worker(app, module)(run_id, language="en", cancellation=app.token))


def relayed(app: App, module: ModuleType, queue: MemoryRunQueue) -> int:
    ours = RelayRuns(
        unit_of_work=app.unit_of_work,
        queue=queue,
        clock=app.clock,
        retrying=app.start_run.retrying,
    )
    parts = {part.name: getattr(ours, part.name) for part in fields(ours)}
    count: int = module.RelayRuns(**parts)()
    return count


def a_lost_message_goes_out_again(app: App, module: ModuleType) -> bool:
    started(app, 2)
    queue = MemoryRunQueue()
    assert relayed(app, module, queue) == 2
    queue.messages.clear()
    app.pass_time(UNCLAIMED_FOR + timedelta(seconds=1))
    return relayed(app, module, queue) == 2


def what_was_not_confirmed_goes_out_again(app: App, module: ModuleType) -> bool:
    runs = started(app, 3)
    queue = MemoryRunQueue(room=2)
    relayed(app, module, queue)
    queue.room = None
    relayed(app, module, queue)
    return queue.messages == runs


def a_run_at_work_is_left_to_its_worker(app: App, module: ModuleType) -> bool:
    leases = without(
        "adapters.memory.leases", "from domain import lease as rules", "rules = None", rules=module
    )
    planted = Planted(app.folder, MemoryLeases=leases.MemoryLeases)
    (run_id,) = started(planted)
    taken(planted, run_id)
    answer = planted.work_on_next.work_on(run_id, language="en", cancellation=planted.token)
    assert (planted.analyst.measured == []) == (answer is Worked.NOT_OURS)
    return answer is Worked.NOT_OURS


def a_run_that_has_ended_is_left_alone(app: App, module: ModuleType) -> bool:
    (run_id,) = started(app)
    assert app.carry_out(run_id).status is RunStatus.OK
    return worked(app, module, run_id) == Worked.NOT_OURS


def a_late_worker_is_fenced_out(app: App, module: ModuleType) -> bool:
    planted = Planted(app.folder, MemoryRuns=module.MemoryRuns)
    (run_id,) = started(planted)
    late = taken(planted, run_id)
    planted.pass_time(LEASE_TTL)
    assert taken(planted, run_id) == late + 1
    with suppress(DomainError), planted.unit_of_work() as work:
        run = work.runs.get(run_id)
        run.start(now=planted.clock.now())
        work.runs.save(run, fence=late)
        work.commit()
    return planted.run(run_id).status is RunStatus.QUEUED


def with_broker(module: ModuleType, *answers: Worked | Exception) -> tuple[StubBroker, Desk]:
    broker, desk = StubBroker(middleware=[]), Desk(*answers)
    module.declare(broker, desk, is_ending=desk.is_ending)
    return broker, desk


def poison_is_a_dead_letter(app: App, module: ModuleType) -> bool:
    del app
    broker, _ = with_broker(module, Worked.ENDED)
    strange = message_of(RunId(uuid4())).copy(args=("no-id",))
    found = worked_off(broker, strange, message_of(RunId(uuid4())))
    broker.close()
    return found == 1


def a_run_that_was_given_up_is_a_dead_letter(app: App, module: ModuleType) -> bool:
    del app
    broker, _ = with_broker(module, Worked.GIVEN_UP)
    found = worked_off(broker, message_of(RunId(uuid4())))
    broker.close()
    return found == 1


class Once:
    """A wish to end after the first rest."""

    def __init__(self) -> None:
        self.is_asked = False

    def wait(self, seconds: float) -> bool:
        self.is_asked = seconds > 0
        return self.is_asked


def a_worker_outlives_what_a_run_does_to_it(app: App, module: ModuleType) -> bool:
    del app

    def work() -> bool:
        raise ZeroDivisionError

    try:
        module.Dispatcher(work, lambda: None, Ticks(()), Once())()
    except ZeroDivisionError:
        return False
    return True


def a_run_that_ended_three_workers_is_given_up(app: App, module: ModuleType) -> bool:
    (run_id,) = started(app)
    for _ in range(TRIES_MAX):
        taken(app, run_id)
        app.pass_time(LEASE_TTL)
    answer = worked(app, module, run_id)
    assert (app.run(run_id).status is RunStatus.ERROR) == (answer == Worked.GIVEN_UP)
    return answer == Worked.GIVEN_UP


def the_sixth_run_of_an_hour_is_refused(app: App, module: ModuleType) -> bool:
    del app
    try:
        module.HourlyLimits().check(Plan.FREE, [NOON] * 5, now=NOON)
    except RateLimited:
        return True
    return False


def one_users_starts_are_counted(app: App, module: ModuleType) -> bool:
    ours = replace(app.start_run, limits=HourlyLimits({Plan.LOCAL: 5}))
    start = module.StartRun(**{part.name: getattr(ours, part.name) for part in fields(ours)})
    accept, file = replace(app.accept, start=start), app.video(MadeVideo(duration_s=6))

    def is_refused() -> bool:
        try:
            accept.upload(
                file, metadata=Metadata(), profile=a_choice("picture"), request=app.request()
            )
        except RateLimited:
            return True
        return False

    return [is_refused() for _ in range(6)] == [False] * 5 + [True]


def who_came_first_is_worked_on_first(app: App, module: ModuleType) -> bool:
    planted = Planted(app.folder, MemoryOutbox=module.MemoryOutbox)
    runs = started(planted, 3)
    with planted.unit_of_work() as work:
        ready: Sequence[RunId] = work.outbox.ready(now=planted.clock.now(), limit=1)
    return list(ready) == runs[:1]


def a_run_is_handed_back_after_the_time_of_grace(app: App, module: ModuleType) -> bool:
    del app
    moments = iter([100.0, 120.0])
    stopping = module.Stopping(20.0, lambda: next(moments))
    stopping.ask()
    try:
        return bool(stopping.requested)
    except HandedBack:
        return True


def there_is_a_time_of_grace(app: App, module: ModuleType) -> bool:
    del app
    moments = iter([100.0, 119.9])
    stopping = module.Stopping(20.0, lambda: next(moments))
    stopping.ask()
    try:
        return not stopping.requested
    except HandedBack:
        return False


class Ending:
    """A worker that was asked to end long ago."""

    @property
    def requested(self) -> bool:
        raise HandedBack


def what_was_handed_back_waits_again(app: App, module: ModuleType) -> bool:
    (run_id,) = started(app)
    with suppress(HandedBack):
        worker(app, module)(run_id, language="en", cancellation=Ending())
    assert app.store.contents == {}
    with app.unit_of_work() as work:
        return list(work.outbox.waiting(limit=9)) == [run_id]


def what_was_handed_back_was_not_tried(app: App, module: ModuleType) -> bool:
    (run_id,) = started(app)
    ours = app.ownership
    parts = {part.name: getattr(ours, part.name) for part in fields(ours)}
    with suppress(HandedBack), module.Ownership(**parts).of(run_id, app.token):
        raise HandedBack
    with app.unit_of_work() as work:
        lease = work.leases.current(run_id)
    assert lease is not None
    return lease.tries == 0


RELAY, WORK = "application.use_cases.relay_runs", "application.use_cases.work_on_run"
ACTORS, STOPPING = "entrypoints.workers.runs", "entrypoints.workers.stopping"
CASES = [
    Case(
        "43-a-row-stays-until-a-worker-takes-it",
        RELAY,
        "work.outbox.mark_published(numbers, at=now)",
        a_lost_message_goes_out_again,
        "[work.outbox.take(place.run_id) for place in waiting]",
    ),
    Case(
        "43-unclaimed-for-long-is-lost",
        RELAY,
        "before=now - UNCLAIMED_FOR",
        a_lost_message_goes_out_again,
        "before=now - timedelta(days=999)",
    ),
    Case(
        "44-a-live-lease-is-respected",
        "domain.lease",
        "if current.is_live(now=now) and not owner_is_dead:",
        a_run_at_work_is_left_to_its_worker,
        "if False:",
    ),
    Case(
        "45-the-fence",
        "adapters.memory.runs",
        "if lease is not None and lease.fence != fence:",
        a_late_worker_is_fenced_out,
        "if False:",
    ),
    Case("46-dead-letters", ACTORS, "message.fail()", poison_is_a_dead_letter),
    Case(
        "46-the-dispatcher-catches",
        "entrypoints.workers.dispatcher",
        "except Exception as bug:  # noqa: BLE001 - the run is put back; the worker lives (46)",
        a_worker_outlives_what_a_run_does_to_it,
        "except KeyError as bug:",
    ),
    Case(
        "47-only-what-is-confirmed-is-marked",
        RELAY,
        " if place.run_id in kept]",
        what_was_not_confirmed_goes_out_again,
        "]",
    ),
    Case(
        "47-ended-is-ended",
        WORK,
        "return not work.runs.get(run_id).is_terminal",
        a_run_that_has_ended_is_left_alone,
        "return True",
    ),
    Case(
        "48-tries-are-counted",
        WORK,
        "if is_spent(tries):\n            return self._given_up(run_id, Failure(GAVE_UP",
        a_run_that_ended_three_workers_is_given_up,
        "if False:\n            return self._given_up(run_id, Failure(GAVE_UP",
    ),
    Case(
        "48-given-up-is-a-dead-letter",
        ACTORS,
        "if _worked(wanted, work_on, is_ending) is Worked.GIVEN_UP:",
        a_run_that_was_given_up_is_a_dead_letter,
        "if not _worked(wanted, work_on, is_ending):",
    ),
    Case(
        "49-the-limit-of-an-hour",
        "domain.rate_limit",
        "if len(recent) >= limit:",
        the_sixth_run_of_an_hour_is_refused,
        "if False:",
    ),
    Case(
        "49-every-start-is-checked",
        "application.use_cases.start_run",
        "self.limits.check(work.users.plan(run.user_id, now=now), started, now=now)",
        one_users_starts_are_counted,
    ),
    Case(
        "49-first-in-first-out",
        "adapters.memory.outbox",
        "found = [run_id for run_id, row in self._kept.outbox.items() if _is_ready(row, now)]",
        who_came_first_is_worked_on_first,
        "found = list(self._kept.outbox)[::-1]",
    ),
    Case(
        "50-handed-back",
        STOPPING,
        "raise HandedBack",
        a_run_is_handed_back_after_the_time_of_grace,
    ),
    Case(
        "50-the-time-of-grace",
        STOPPING,
        " and self.monotonic() >= self._deadline_s",
        there_is_a_time_of_grace,
        "",
    ),
    Case(
        "50-back-into-the-queue",
        WORK,
        "except HandedBack:\n            return self._put_back(run_id)",
        what_was_handed_back_waits_again,
        "except HandedBack:\n            raise",
    ),
    Case(
        "50-no-try",
        "application.ownership",
        "counts = False",
        what_was_handed_back_was_not_tried,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_its_guard_the_promise_is_broken(app: App, tmp_path: Path, case: Case) -> None:
    assert case.is_kept(app, without(case.module, case.guard, case.guard))
    (tmp_path / "planted").mkdir()
    planted = App(tmp_path / "planted")
    assert not case.is_kept(planted, without(case.module, case.guard, case.instead))
