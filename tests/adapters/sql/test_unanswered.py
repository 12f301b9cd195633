"""A commit that did its work and lost its answer is known for done in SQL, too (R-507)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from adapters.memory.video_files import MadeVideo
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from domain.events import ComponentEnded, RunMoved
from domain.run import RunStatus
from tests.application.flaky import Harm, Weather, no_answer
from tests.features.app import App

NAMES = ("title",)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    upgrade(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


class UnansweringUnitOfWork(SqlUnitOfWork):
    """A real transaction whose commit may lose its answer."""

    def __init__(self, engine: Engine, weather: Weather) -> None:
        super().__init__(engine)
        self._harm = weather.next()

    def commit(self) -> None:
        super().commit()
        if self._harm is Harm.UNANSWERED:
            raise no_answer()


@dataclass
class SqlApp(App):
    """The product on a real database that loses answers."""

    engine: Engine | None = None
    weather: Weather = field(default_factory=Weather)

    def unit_of_work(self) -> UnitOfWork:
        assert self.engine is not None
        return UnansweringUnitOfWork(self.engine, self.weather)


def test_whichever_answer_is_lost_everything_is_there_once(engine: Engine, tmp_path: Path) -> None:
    number, lost, is_beyond = 0, 0, False
    while not is_beyond:
        app = SqlApp(tmp_path / str(number), engine=engine)
        app.folder.mkdir()
        app.weather.harms = {number: Harm.UNANSWERED}
        run = app.carry_out(app.submit(app.video(MadeVideo(duration_s=6)), *NAMES).id)
        is_beyond = app.weather.begun <= number
        lost += len(app.pauses.waited_s)  # a unit that only reads loses nothing
        with app.unit_of_work() as work:
            kept = work.runs.get(run.id)
            events = [event for _, event in work.runs.events(run.id)]
            assert work.runs.artifacts(run.id).keys() == set(NAMES)
        assert kept.status is RunStatus.OK
        ends = [event.component for event in events if isinstance(event, ComponentEnded)]
        assert Counter(ends) == Counter(NAMES), f"unit {number}"
        moves = [event.status for event in events if isinstance(event, RunMoved)]
        assert moves == ["running", "ok"], f"unit {number}"
        number += 1
    assert lost > 8
