"""What a scenario remembers from step to step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from adapters.memory.video_files import MadeVideo
from domain.bill import Bill, BillLine
from domain.errors import DomainError
from domain.ledger import Balance
from domain.rate_limit import Plan
from tests.features.driver import Driver
from tests.features.seen import Foreseen, SeenRun


@dataclass
class Story:
    """One installation, one video, and what came of it."""

    app: Driver
    video: MadeVideo = field(default_factory=MadeVideo)
    title: str | None = "A title"
    runs: list[SeenRun] = field(default_factory=list)
    answers: list[SeenRun | Exception] = field(default_factory=list)
    estimates: list[Foreseen] = field(default_factory=list)

    @property
    def run(self) -> SeenRun:
        """The latest run, as it is now."""
        return self.app.run(self.runs[-1].id)

    @property
    def refusal(self) -> DomainError | None:
        """What was refused last, if the last answer is a refusal."""
        last = self.answers[-1] if self.answers else None
        return last if isinstance(last, DomainError) else None

    @property
    def answer(self) -> str:
        """`ok`, the code of the refusal, or the code that the run ended with."""
        if self.refusal is not None:
            return self.refusal.code
        failure = self.run.failure
        return failure.code if failure else str(self.run.status)

    @property
    def preprocessing(self) -> dict[str, Any]:
        """What was done to the video, by the manifest."""
        done: dict[str, Any] = self.app.manifest(self.run.id)["run"]["preprocessing"]
        return done

    def resume(self) -> None:
        """Has the latest run resumed; a refusal is remembered."""
        self.tries(lambda: self.app.resume(self.runs[-1].id))

    def tries(self, act: Callable[[], SeenRun | None]) -> None:
        """Does something; a run that comes of it and a refusal are remembered."""
        try:
            run = act()
        except DomainError as refusal:
            self.answers.append(refusal)
            return
        if run is not None:
            self.runs.append(run)
            self.answers.append(run)

    def submit(
        self, *names: str, required: str = "", key: str = "", estimate: Foreseen | None = None
    ) -> None:
        """Gives the video and starts a run."""
        asked = partial(self.app.submit, self.video, *names, title=self.title, required=required)
        self.tries(partial(asked, key=key, estimate=estimate))

    def analyse(self, *names: str, required: str = "") -> None:
        """Gives the video and has the run carried out."""
        self.submit(*names, required=required)
        if self.refusal is None:
            self.carry_out()

    def carry_out(self) -> None:
        """Has the latest run begun or resumed."""
        self.app.carry_out(self.runs[-1].id)

    def estimate(self, video: MadeVideo, *names: str) -> Foreseen:
        found = self.app.estimate(video, *names)
        self.estimates.append(found)
        return found


@dataclass
class Purse:
    """The credits of a story's person."""

    story: Story

    @property
    def app(self) -> Driver:
        return self.story.app

    @property
    def balance(self) -> Balance:
        return self.app.balance

    @property
    def bill(self) -> Bill:
        bill = self.app.bill(self.story.runs[-1].id)
        assert bill is not None
        return bill

    def line(self, name: str) -> BillLine:
        return next(line for line in self.bill.lines if line.component == name)

    def open_account(self, amount: str, plan: Plan = Plan.LOCAL) -> None:
        self.app.open_account(amount, plan)
