"""The guards of how runs and workers end, each seen to be needed by taking it away (48 to 50)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest

from adapters.dramatiq.wire import message_of
from adapters.memory.video_files import MadeVideo
from application.errors import HandedBack
from application.use_cases.work_on_run import Worked
from domain.errors import RateLimited
from domain.identity import RunId
from domain.lease import LEASE_TTL
from domain.rate_limit import HourlyLimits, Plan
from domain.run import RunStatus
from domain.tries import TRIES_MAX
from domain.video import Metadata
from tests.builders import NOON
from tests.features.app import App, a_choice
from tests.workers.planted_parts import Case, Planted, started, taken, with_broker, worked, worker
from tests.workers.test_actors import worked_off


def a_run_that_was_given_up_is_a_dead_letter(app: App, module: ModuleType) -> bool:
    del app
    broker, _ = with_broker(module, Worked.GIVEN_UP)
    found = worked_off(broker, message_of(RunId(uuid4())))
    broker.close()
    return found == 1


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


WORK = "application.use_cases.work_on_run"
ACTORS, STOPPING = "entrypoints.workers.runs", "entrypoints.workers.stopping"
CASES = [
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
def test_without_its_guard_the_promise_is_broken(tmp_path: Path, case: Case) -> None:
    assert case.is_needed(tmp_path)
