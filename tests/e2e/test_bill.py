"""Whatever becomes of a run, every kopeck that was held is charged or returned, and told why."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Self
from uuid import uuid4

import psutil
import pytest

from application.progress import Progress
from application.use_cases.start_run import Request
from domain.bill import Bill
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.ledger import LOCAL_USER, Account
from domain.profile import Profile
from domain.run import Run
from domain.video import Metadata
from entrypoints.container import Container
from entrypoints.session import Session
from entrypoints.settings import Settings
from tests.e2e.conftest import write_profile


@dataclass
class Never:
    """Nobody wants to stop."""

    requested: bool = False


class Killer:
    """Kills this process's working child, and each that replaces it, while it is wanted."""

    def __init__(self) -> None:
        self.wanted = Event()
        self._over = Event()
        self._thread = Thread(target=self._kill)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._over.set()
        self.wanted.set()
        self._thread.join()

    def begin(self) -> None:
        """Returns when the child of now is gone; those that follow will be."""
        self.wanted.set()
        while children_at_work():
            time.sleep(0.01)

    def _kill(self) -> None:
        while self.wanted.wait() and not self._over.is_set():
            for child in children_at_work():
                child.kill()


def children_at_work() -> list[psutil.Process]:
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
    return found


@dataclass
class Installation:
    """The product in this process, with its real database, child process and ffmpeg."""

    container: Container
    profile: Profile
    clip: Path

    @property
    def names(self) -> list[str]:
        """The components in the order they run."""
        catalogue = self.container.catalogue()
        return [spec.name for spec in catalogue.in_order(self.profile.component_names)]

    def run(self, *, killed: str) -> Run:
        """A run whose working process is killed when it turns to a component."""
        accepted = self.container.accept_video().upload(
            self.clip,
            metadata=Metadata(title="How I film at night"),
            profile=self.profile,
            request=Request(user_id=LOCAL_USER, key=str(uuid4()), is_anew=True),
        )
        with Killer() as killer:

            def watch(progress: Progress) -> None:
                if progress.component == killed and progress.ended is None:
                    killer.begin()
                else:
                    killer.wanted.clear()

            return self.container.execute_run()(
                accepted.id, language="en", on_progress=watch, cancellation=Never()
            )

    def bill(self, run: Run) -> Bill:
        bill = self.container.read_ledger().bill(LOCAL_USER, run.id)
        assert bill is not None
        return bill


# One of each kind: text, sound, pictures, computed from others.
NAMES = ("title_style", "loudness", "motion", "story_curve")


@pytest.fixture
def installation(tmp_path: Path, clip: Path) -> Iterator[Installation]:
    settings = Settings.read({}, data_dir=tmp_path / "data")
    container = Session(lambda: settings, "en").installation
    file = write_profile(tmp_path / "four.toml", *NAMES)
    profile = container.profiles().read(file).resolved(container.catalogue())
    yield Installation(container, profile, clip)
    container.analyst().close()
    container.engine().dispose()


def test_each_component_is_killed_in_turn_and_costs_nothing(installation: Installation) -> None:
    """R-604: charged and returned are what was held, line by line, with a reason each."""
    charged = Credits(0)
    for killed in installation.names:
        run = installation.run(killed=killed)
        failure = run.components[killed].failure
        assert failure is not None, killed
        assert failure.code == "component_crashed"
        bill = installation.bill(run)
        lines = {line.component: line for line in bill.lines}
        assert set(lines) == {PREPARATION, *installation.names}
        for name, line in lines.items():
            assert line.charged + line.returned == line.held, name
            assert line.reason, name
        assert (lines[killed].charged, lines[killed].reason) == (Credits(0), "error")
        for name, ended in run.components.items():
            assert (lines[name].charged == Credits(0)) == (ended.failure is not None), name
        charged += bill.charged
    check_nothing_is_lost(installation, charged)


def check_nothing_is_lost(installation: Installation, charged: Credits) -> None:
    """The balance, the postings and the bills tell the same."""
    balance = installation.container.read_ledger().balance(LOCAL_USER)
    postings = [e.posting for e in installation.container.read_ledger().entries(LOCAL_USER)]
    revenue = sum(p.kopecks for p in postings if p.account is Account.REVENUE)
    granted = -sum(p.kopecks for p in postings if p.account is Account.PROMOTIONS)
    assert revenue == charged.kopecks
    assert balance.held == Credits(0)
    assert balance.available == Credits(granted - revenue)
    assert sum(p.kopecks for p in postings) == 0
