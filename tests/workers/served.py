"""A worker as a process whose made components ask made models, each call kept in a file."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from dependency_injector import providers

from adapters.components.catalogue import ShippedComponents
from adapters.memory.stored_frames import MemoryStoredFrames
from adapters.memory.video_files import MemoryVideoDecoder, MemoryVideoProbe, MemoryVideoRepair
from adapters.process.analyst import ProcessAnalyst
from application.local_analyst import LocalAnalyst
from application.ports.components import Component, Inputs, Measurement
from domain.calibration import CostSource, KnownCost
from entrypoints.container import Container
from entrypoints.settings import Settings
from entrypoints.workers.dispatcher import Dispatcher
from entrypoints.workers.housekeeping import housekeeping
from entrypoints.workers.stopping import Stopping, ask_when_alone
from entrypoints.workers.ticks import Ticks
from tests.features.app_ground import PRICE, MadeCosts
from tests.features.model_notes import Notes
from tests.features.served_components import SERVED, made_models
from tests.outside import ROOT

CRASHING = "Crash"
"""The title of a video whose first measurement ends the process that it is in."""


def build(settings: Settings) -> LocalAnalyst:
    """What the worker's child process builds."""
    return made(settings).local_analyst()


def made(settings: Settings) -> Container:
    """An installation whose videos, components and models are made."""
    container = Container(settings=settings)
    components = tuple(_crashing(component) for component in SERVED)
    container.shipped.override(providers.Object(ShippedComponents(components)))
    container.probe.override(providers.Object(MemoryVideoProbe()))
    container.decoder.override(providers.Object(MemoryVideoDecoder()))
    container.repair.override(providers.Object(MemoryVideoRepair()))
    container.frames.override(providers.Object(MemoryStoredFrames()))
    models = Notes(settings.data_dir).noted(made_models())
    container.inference.override(providers.Object(models))
    container.analyst.override(
        providers.Singleton(
            ProcessAnalyst,
            "tests.workers.served:build",
            (settings,),
            memory_bytes=settings.analyst_memory_bytes,
        )
    )
    return container


def prepare(container: Container) -> None:
    """A new database, and prices for the made components."""
    container.migrate()
    container.welcome_local_user()()
    costs = MadeCosts(SERVED).models()
    now = container.clock().now()
    with container.unit_of_work() as work:
        known = {name: KnownCost(cost, CostSource.SHIPPED) for name, cost in costs.items()}
        work.costs.add(known, valid_from=now)
        work.prices.add(dict.fromkeys(costs, PRICE), valid_from=now)
        work.commit()
    container.seed_requirements()()


@contextmanager
def working(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Such a worker; killed with all it started when the context ends."""
    command = [sys.executable, "-m", "tests.workers.served", str(data_dir)]
    with (data_dir / "worker.err").open("ab") as err:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=err)
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def _crashing(component: Component) -> Component:
    measure: Callable[[Inputs], Measurement] = component.measure

    def crash_or_measure(inputs: Inputs) -> Measurement:
        if inputs.metadata.title == CRASHING:
            os.kill(os.getpid(), signal.SIGKILL)
        return measure(inputs)

    return replace(component, measure=crash_or_measure)


def _work(data_dir: Path) -> None:
    container, stopping = made(Settings.read({}, data_dir=data_dir)), Stopping(0.0)
    ask_when_alone(stopping, descriptor=sys.stdin.fileno())
    work_on_next: Any = container.work_on_next()

    def work() -> bool:
        found: bool = work_on_next(language="en", cancellation=stopping)
        return found

    Dispatcher(work, container.analyst().start, Ticks(housekeeping(container, "en")), stopping)()
    container.analyst().close()


if __name__ == "__main__":
    np.seterr(all="raise")
    _work(Path(sys.argv[1]))
