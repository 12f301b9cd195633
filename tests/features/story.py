"""What a scenario remembers from step to step."""

from dataclasses import dataclass, field
from typing import Any

from adapters.memory.video_files import MadeVideo
from application.use_cases.start_run import Request
from domain.errors import DomainError
from domain.estimate import Estimate
from domain.run import Run
from tests.features.app import App, WorkerDied


@dataclass
class Story:
    """One installation, one video, and what came of it."""

    app: App
    video: MadeVideo = field(default_factory=MadeVideo)
    title: str | None = "A title"
    runs: list[Run] = field(default_factory=list)
    refusal: DomainError | None = None
    estimates: list[Estimate] = field(default_factory=list)

    @property
    def run(self) -> Run:
        """The latest run, as it is stored."""
        return self.app.run(self.runs[-1].id)

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
        run: Any = self.app.manifest(self.run)["run"]
        done: dict[str, Any] = run["preprocessing"]
        return done

    def submit(self, *names: str, required: str = "", request: Request | None = None) -> None:
        """Gives the video; a refusal is remembered."""
        try:
            file = self.app.video(self.video)
            run = self.app.submit(
                file, *names, title=self.title, required=required, request=request
            )
            self.runs.append(run)
        except DomainError as refusal:
            self.refusal = refusal

    def analyse(self, *names: str, required: str = "") -> None:
        """Gives the video and carries the run out."""
        self.submit(*names, required=required)
        if self.refusal is None:
            self.carry_out()

    def carry_out(self) -> None:
        """Begins or resumes the latest run; a refusal is remembered, a death is not survived."""
        try:
            self.app.carry_out(self.runs[-1].id)
        except DomainError as refusal:
            self.refusal = refusal
        except WorkerDied:
            self.app.workers.dead.add(self.app.workers.me)
            self.app.workers.me += "+"
