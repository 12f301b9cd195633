"""Many starts of runs at the same moment, as two devices and double clicks send them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from adapters.memory.video_files import MadeVideo
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.start_run import Request
from domain.errors import DomainError
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.run import Run
from domain.user import Subscription, User
from tests.adapters.sql.accounts import balance_of
from tests.features.app import App
from tests.ledgers import a_top_up

AT_ONCE = 12
PLENTY = 10**6


@dataclass
class SqlApp(App):
    """The product on a real database."""

    engine: Engine | None = None

    def unit_of_work(self) -> UnitOfWork:
        assert self.engine is not None
        return SqlUnitOfWork(self.engine)

    def has_user(self, plan: Plan, kopecks: int) -> UserId:
        """A user with so many credits, who is the one that asks from now on."""
        self.user, now = UserId(uuid4()), self.clock.now()
        since = now - timedelta(days=1)
        with self.unit_of_work() as work:
            work.users.add(User(id=self.user, name=str(self.user), created_at=now))
            work.users.subscribe(Subscription(user_id=self.user, plan=plan, valid_from=since))
            work.ledger.top_up(a_top_up(self.user, kopecks))
            work.commit()
        return self.user

    def answers(self, requests: Sequence[Request]) -> list[Run | DomainError]:
        """What each request is told, all of them sent at once."""
        file = self.video(MadeVideo(duration_s=6))

        def asked(request: Request) -> Run | DomainError:
            try:
                return self.submit(file, "title", request=request)
            except DomainError as refusal:
                return refusal

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(asked, requests))


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[SqlApp]:
    upgrade(database_url)
    engine = connect(database_url)
    yield SqlApp(tmp_path, engine=engine)
    engine.dispose()


def told(answers: Sequence[Run | DomainError]) -> Counter[str]:
    return Counter("run" if isinstance(each, Run) else each.code for each in answers)


def test_a_double_click_starts_one_run_and_is_told_of_it_each_time(app: SqlApp) -> None:
    """R-605, hardening 30: who came second waited for the first, and finds its run."""
    user_id = app.has_user(Plan.LOCAL, PLENTY)
    answers = app.answers([app.request(key="click")] * AT_ONCE)
    assert told(answers) == {"run": AT_ONCE}
    (run,) = app.all_runs()
    assert {each.id for each in answers if isinstance(each, Run)} == {run.id}
    with app.unit_of_work() as work:
        hold = work.ledger.hold_of(user_id, run.id)
    assert hold is not None
    assert balance_of(engine_of(app), user_id) == (PLENTY - hold.kopecks, hold.kopecks)
    assert len(list(app.workspaces.leftovers())) == 1, "a second copy of the video was kept"


def test_devices_that_spend_the_last_credits_at_once_start_one_run(app: SqlApp) -> None:
    """R-604: the others are refused, and nothing is held for them."""
    price = app.estimate(MadeVideo(duration_s=6), "title").total.kopecks
    user_id = app.has_user(Plan.LOCAL, 2 * price - 1)
    answers = app.answers([app.request() for _ in range(AT_ONCE)])
    assert told(answers) == {"run": 1, "insufficient_credits": AT_ONCE - 1}
    assert balance_of(engine_of(app), user_id) == (price - 1, price)
    assert len(app.all_runs()) == len(list(app.workspaces.leftovers())) == 1


def test_starts_at_once_do_not_go_beyond_the_hourly_limit(app: SqlApp) -> None:
    """R-607: the last slot is taken once."""
    app.has_user(Plan.FREE, PLENTY)
    answers = app.answers([app.request() for _ in range(AT_ONCE)])
    assert told(answers) == {"run": 5, "rate_limited": AT_ONCE - 5}
    assert len(app.all_runs()) == 5


def engine_of(app: SqlApp) -> Engine:
    assert app.engine is not None
    return app.engine
