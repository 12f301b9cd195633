"""The product as the scenarios use it: its use cases over memory adapters."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from adapters.memory.video_files import MadeVideo
from application.use_cases.start_run import Request
from domain.canonical import JsonValue
from domain.errors import RunNotFound
from domain.estimate import Estimate, EstimateId
from domain.identity import RunId
from domain.profile import ComponentChoice, Profile
from domain.run import Run
from domain.video import Metadata
from tests.features.app_work import AppWork


class App(AppWork):
    """One installation in memory, and what a scenario does with it in a word."""

    def video(self, made: MadeVideo) -> Path:
        return made.write(self.folder / "given.mp4")

    def submit(
        self,
        file: Path,
        *names: str,
        title: str | None = "A title",
        required: str = "",
        request: Request | None = None,
    ) -> Run:
        """A queued run for components by name."""
        return self.accept.upload(
            file,
            metadata=Metadata(title=title),
            profile=a_choice(*names, required=required),
            request=request or self.request(),
        )

    def request(self, *, key: str = "", estimate_id: EstimateId | None = None) -> Request:
        """What the present user asks; without a key it is like no other request."""
        return Request(user_id=self.user, key=key or str(uuid4()), estimate_id=estimate_id)

    def estimate(self, made: MadeVideo, *names: str) -> Estimate:
        return self.estimate_run.upload(
            self.video(made),
            metadata=Metadata(title="A title"),
            profile=a_choice(*names),
            user_id=self.user,
        )

    def manifest(self, run: Run) -> dict[str, JsonValue]:
        found = self.store.read_manifest(run.identity)
        assert found is not None
        return found

    def run(self, run_id: RunId) -> Run:
        with self.unit_of_work() as work:
            return work.runs.get(run_id)

    def knows(self, run_id: RunId) -> bool:
        try:
            self.run(run_id)
        except RunNotFound:
            return False
        return True

    def all_runs(self) -> list[Run]:
        with self.unit_of_work() as work:
            return list(work.runs.newest(limit=100))

    def pass_time(self, time: timedelta) -> None:
        self.clock.moment += time


def a_choice(*names: str, required: str = "") -> Profile:
    choices = tuple(ComponentChoice(name, optional=name != required) for name in names)
    return replace(Profile("made", "1", choices))
