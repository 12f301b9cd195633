"""Installations with a planted part, and promises that are looked at in two of them."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

from dramatiq.brokers.stub import StubBroker

from adapters.memory.video_files import MadeVideo
from application.use_cases.work_on_run import Worked
from domain.identity import RunId
from tests.features.app import App
from tests.planted import without
from tests.workers.test_actors import Desk

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

    def is_needed(self, folder: Path) -> bool:
        """Whether the promise is kept as the program is, and broken without the guard."""
        kept, broken = folder / "kept", folder / "broken"
        kept.mkdir()
        broken.mkdir()
        is_kept = self.is_kept(App(kept), without(self.module, self.guard, self.guard))
        return is_kept and not self.is_kept(
            App(broken), without(self.module, self.guard, self.instead)
        )


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


def with_broker(module: ModuleType, *answers: Worked | Exception) -> tuple[StubBroker, Desk]:
    broker, desk = StubBroker(middleware=[]), Desk(*answers)
    module.declare(broker, desk, is_ending=desk.is_ending)
    return broker, desk
