"""The product from outside: over GraphQL and HTTP, as the steps drive it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from adapters.memory.video_files import MadeVideo
from application.progress import Progress
from domain.credits import Credits
from domain.identity import RunId
from domain.run import RunStatus
from tests.features import documents
from tests.features.app_ground import PRICE
from tests.features.installation import Installation
from tests.features.outside_aftermath import OutsideAftermath
from tests.features.outside_starts import OutsideStarts
from tests.features.outside_together import OutsideTogether


class Outside(OutsideStarts, OutsideAftermath, OutsideTogether):
    """One installation behind its door (protocol `Driver`)."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(installation)
        self.stop_after: str | None = None
        self.cancel_after: str | None = None
        self.meanwhile: dict[str, Callable[[], None]] = {}
        self._last_video: str = ""
        self._last_content: bytes = b""
        installation.clear()
        installation.watch = self._watch

    def now(self) -> datetime:
        return self.at.clock.now()

    def pass_time(self, time: timedelta) -> None:
        self.at.clock.moment += time

    def waiting(self) -> int:
        told = self.asks(documents.QUEUE, by=self._administrator)
        return int(told["queue"]["waiting"])

    def spend_elsewhere(self, run_id: RunId, *names: str) -> None:
        """Another run of the same takes all that came back, and waits before this one."""
        del run_id
        assert self.expire_credits() == 1
        self.submit(MadeVideo(), *names)
        assert self.balance.available == Credits(0)

    def change_prices(self, factor: int, *names: str) -> None:
        base, rate, by = PRICE.base * factor, PRICE.cpu_rate * factor, self._administrator
        for name in names:
            self.answer(documents.SET_PRICE, by=by, component=name, base=str(base), rate=str(rate))

    def lose_video(self, run_id: RunId) -> None:
        del run_id
        uploads = self.at.container.uploads()
        for staged in uploads.staged():
            uploads.discard(staged.id)

    def expire_credits(self) -> int:
        return int(self.at.container.expire_credits()())

    def measured(self, name: str) -> int:
        return self.at.analyst.measured.count(name)

    @property
    def decoded(self) -> int:
        return self.at.analyst.segmented

    def left_on_disk(self) -> Sequence[str]:
        data_dir = self.at.container.settings().data_dir
        parts = [data_dir / "work", data_dir / "uploads"]
        return [file.name for part in parts for file in part.rglob("*") if file.is_file()]

    def kept_of_refused(self) -> Sequence[str]:
        """The person has a day for another start from the upload; then nothing is kept."""
        self.pass_time(timedelta(hours=25))
        self.at.container.sweep_uploads()()
        staged = [str(one.id) for one in self.at.container.uploads().staged()]
        return [*staged, *self.left_on_disk()]

    def _watch(self, progress: Progress) -> None:
        """Lets a scenario stop the worker, or the run, right after a component."""
        name = progress.component
        if progress.ended is None or name is None:
            return
        if name == self.stop_after:
            self.stop_after = None
            self.at.die(self._at_work())
        if name == self.cancel_after:
            self.cancel(self._at_work())
            self.at.ticker.tick()
        if name in self.meanwhile:
            self.meanwhile.pop(name)()

    def _at_work(self) -> RunId:
        return next(run.id for run in self.all_runs() if run.status is RunStatus.RUNNING)
