"""A run whose PostgreSQL is stopped and started again goes on, or waits to be resumed (R-507)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.memory.pauses import NoPauses
from adapters.memory.video_files import MadeVideo
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.errors import AdapterError
from application.ports.unit_of_work import UnitOfWork
from application.progress import Progress
from application.retrying import PAUSES_S
from domain.events import ComponentEnded
from domain.run import RunStatus
from tests.features.app import App
from tests.servers.postgres import PrivatePostgres

NAMES = ("picture", "title", "untouched")


@pytest.fixture
def engine(restartable_postgres: PrivatePostgres) -> Iterator[Engine]:
    url = restartable_postgres.url.render_as_string(hide_password=False)
    upgrade(url)
    engine = connect(url)
    yield engine
    engine.dispose()


@dataclass
class StoppedApp(App):
    """The product on a server that is stopped at the moment a component begins."""

    engine: Engine | None = None
    server: PrivatePostgres | None = None
    stopped_at: str = ""

    def unit_of_work(self) -> UnitOfWork:
        assert self.engine is not None
        return SqlUnitOfWork(self.engine)

    def _watch(self, progress: Progress) -> None:
        if progress.component == self.stopped_at and progress.ended is None:
            assert self.server is not None
            self.stopped_at = ""
            self.server.stop()


def test_a_server_that_is_back_in_time_has_lost_and_doubled_nothing(
    restartable_postgres: PrivatePostgres, engine: Engine, tmp_path: Path
) -> None:
    app = StoppedApp(tmp_path, engine=engine, server=restartable_postgres, stopped_at="title")
    app.pauses = NoPauses(meanwhile=lambda: second_pause(app, restartable_postgres))
    run = app.carry_out(app.submit(app.video(MadeVideo(duration_s=6)), *NAMES).id)
    assert run.status is RunStatus.OK
    assert app.pauses.waited_s == list(PAUSES_S)
    with app.unit_of_work() as work:
        kept = work.runs.get(run.id)
        events = [event for _, event in work.runs.events(run.id)]
        assert work.runs.artifacts(run.id).keys() == set(NAMES)
    assert kept.status is RunStatus.OK
    ended = [event.component for event in events if isinstance(event, ComponentEnded)]
    assert sorted(ended) == sorted(NAMES)
    assert sorted(app.analyst.measured) == sorted(NAMES)


def second_pause(app: App, server: PrivatePostgres) -> None:
    """One try more finds nobody; then the server is back."""
    if len(app.pauses.waited_s) == len(PAUSES_S):
        server.start()


def test_a_server_that_stays_away_leaves_the_run_to_be_resumed(
    restartable_postgres: PrivatePostgres, engine: Engine, tmp_path: Path
) -> None:
    app = StoppedApp(tmp_path, engine=engine, server=restartable_postgres, stopped_at="title")
    run = app.submit(app.video(MadeVideo(duration_s=6)), *NAMES)
    with pytest.raises(AdapterError) as told:
        app.carry_out(run.id)
    assert told.value.retryable
    restartable_postgres.start()
    assert app.run(run.id).status is RunStatus.RUNNING
    app.workers.dead.add(app.workers.me)
    app.workers.me += "+"
    assert app.carry_out(run.id).status is RunStatus.OK
    assert sorted(app.analyst.measured) == sorted([*NAMES, "title"])
