"""The guards of the queue, each seen to be needed by taking it away (hardening 43 to 47).

What a broker itself promises is in `test_removed_broker_guards.py`, how runs and workers end (48 to
50) in `test_removed_end_guards.py`. That a message is acknowledged only after the work (43) is
Dramatiq's own, with no setting to take away.
"""

from contextlib import suppress
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from adapters.dramatiq.wire import message_of
from adapters.memory.run_queue import MemoryRunQueue
from application.use_cases.relay_runs import UNCLAIMED_FOR, RelayRuns
from application.use_cases.work_on_run import Worked
from domain.errors import DomainError
from domain.identity import RunId
from domain.lease import LEASE_TTL
from domain.run import RunStatus
from entrypoints.workers.ticks import Ticks
from tests.features.app import App
from tests.planted import without
from tests.workers.planted_parts import Case, Planted, started, taken, with_broker, worked
from tests.workers.test_actors import worked_off


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


def poison_is_a_dead_letter(app: App, module: ModuleType) -> bool:
    del app
    broker, _ = with_broker(module, Worked.ENDED)
    strange = message_of(RunId(uuid4())).copy(args=("no-id",))
    found = worked_off(broker, strange, message_of(RunId(uuid4())))
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


RELAY, WORK = "application.use_cases.relay_runs", "application.use_cases.work_on_run"
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
    Case("46-dead-letters", "entrypoints.workers.runs", "message.fail()", poison_is_a_dead_letter),
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
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_its_guard_the_promise_is_broken(tmp_path: Path, case: Case) -> None:
    assert case.is_needed(tmp_path)
