"""A run is settled also when its hold has expired under its worker (R-604)."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.video_files import MadeVideo
from application.progress import Progress
from application.queries.read_ledger import ReadLedger
from application.settling import HOLD_LIFETIME
from domain.bill import Bill
from domain.credits import Credits
from domain.errors import InsufficientCredits
from domain.identity import RunId
from domain.lease import LEASE_TTL
from domain.ledger import Balance
from domain.run import Run, RunStatus
from tests.features.app import App
from tests.ledgers import a_take_hold, a_top_up, lines


class SleepingApp(App):
    """The machine sleeps when a run begins to measure, and elsewhere what is over expires."""

    is_awake = True
    spends_all = False

    def _watch(self, progress: Progress) -> None:
        super()._watch(progress)
        if progress.component is None or not self.is_awake:
            return
        self.is_awake = False
        self.pass_time(LEASE_TTL)
        with self.unit_of_work() as work:
            assert work.ledger.expire(self.clock.now()) == 1
            if self.spends_all:
                free = work.ledger.balance(self.user).available.kopecks
                work.ledger.hold(a_take_hold(self.user, lines(other=free), at=self.clock.now()))
            work.commit()

    def started(self, *names: str, required: str = "") -> Run:
        """A run that waited for nearly as long as its hold lasts."""
        run = self.submit(self.video(MadeVideo(duration_s=6)), *names, required=required)
        self.pass_time(HOLD_LIFETIME - timedelta(seconds=1))
        return run

    def bill(self, run: Run) -> Bill:
        bill = ReadLedger(self.unit_of_work).bill(self.user, run.id)
        assert bill is not None
        return bill

    def waiting(self) -> Sequence[RunId]:
        with self.unit_of_work() as work:
            return work.outbox.waiting(limit=9)


@pytest.fixture
def app(tmp_path: Path) -> SleepingApp:
    return SleepingApp(tmp_path)


def test_what_succeeded_is_charged_by_the_estimate_all_the_same(app: SleepingApp) -> None:
    before = ReadLedger(app.unit_of_work).balance(app.user)
    run = app.carry_out(app.started("title", "picture").id)
    assert run.status is RunStatus.OK
    bill = app.bill(run)
    assert bill.charged.kopecks > 0
    assert bill.charged + bill.returned == bill.held
    after = ReadLedger(app.unit_of_work).balance(app.user)
    assert after == Balance(before.available - bill.charged, Credits(0))
    assert app.waiting() == []


def test_a_run_that_ended_in_an_error_needs_no_credits_to_end(app: SleepingApp) -> None:
    app.spends_all = True
    run = app.carry_out(app.started("title", "fails", required="fails").id)
    assert run.status is RunStatus.ERROR
    assert app.bill(run).charged == Credits(0)


def test_a_run_that_can_be_paid_no_more_ends_once_it_can(app: SleepingApp) -> None:
    app.spends_all = True
    run = app.started("title")
    with pytest.raises(InsufficientCredits):
        app.carry_out(run.id)
    assert app.run(run.id).status is RunStatus.RUNNING
    with app.unit_of_work() as work:
        work.ledger.top_up(a_top_up(app.user, 10_000))
        work.commit()
    assert app.carry_out(run.id).status is RunStatus.OK
    assert app.analyst.measured == ["title"]
    assert app.bill(run).charged.kopecks > 0


def test_a_run_of_which_nothing_was_measured_is_cancelled_without_credits(
    app: SleepingApp,
) -> None:
    """R-510: its worker died, its hold expired, and the credits went into something else."""
    run = app.started("title")
    with app.unit_of_work() as work:
        lease = work.leases.take(run.id, owner="a worker that dies", now=app.clock.now())
        run.start(now=app.clock.now())
        work.runs.save(run, fence=lease.fence)
        work.outbox.take(run.id)
        work.commit()
    app.pass_time(HOLD_LIFETIME)
    with app.unit_of_work() as work:
        assert work.ledger.expire(app.clock.now()) == 1
        free = work.ledger.balance(app.user).available.kopecks
        work.ledger.hold(a_take_hold(app.user, lines(other=free), at=app.clock.now()))
        work.commit()
    assert app.cancel(app.user, run.id).status is RunStatus.CANCELLED
    assert app.bill(run).charged == Credits(0)


def test_a_line_that_was_taken_over_for_nothing_says_so(tmp_path: Path) -> None:
    """R-509: by the shipped price list what is there already is held at nothing."""
    app = App(tmp_path)
    app.carry_out(app.submit(app.video(MadeVideo()), "picture").id)
    run_id = app.submit(app.video(MadeVideo()), "picture", "title").id
    app.carry_out(run_id)
    bill = ReadLedger(app.unit_of_work).bill(app.user, run_id)
    assert bill is not None
    reasons = {line.component: (line.held.kopecks > 0, line.reason) for line in bill.lines}
    assert reasons["picture"] == (False, "reused")
    assert reasons["title"] == (True, "ok")
