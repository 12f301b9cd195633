"""The product from inside: its use cases over memory adapters, as the steps drive it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from adapters.memory.video_files import MadeVideo
from application.pricing import pricing
from application.queries.read_ledger import ReadLedger
from domain.bill import Bill
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.errors import DomainError, EstimateExpired
from domain.estimate import Estimate, EstimateId
from domain.events import ComponentEnded, RunMoved
from domain.identity import RunId
from domain.ledger import Balance, UserId
from domain.ledger_orders import TopUp
from domain.price_list import ComponentPrice
from domain.rate_limit import Plan
from domain.user import Subscription, User
from domain.video import Metadata, YoutubeLink
from tests.features.app import App, a_choice
from tests.features.app_ground import PRICE
from tests.features.driver import NotAVideo
from tests.features.inside_aftermath import InsideAftermath
from tests.features.inside_together import InsideTogether
from tests.features.inside_videos import InsideVideos
from tests.features.seen import Foreseen, SeenEntry, SeenRun, foreseen, seen_run
from tests.features.served_components import EVERY, made_models


class Inside(InsideVideos, InsideAftermath, InsideTogether):
    """One installation in memory (protocol `Driver`)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(App(folder, components=EVERY, inference=made_models()))
        self._estimates: dict[str, Estimate] = {}

    @property
    def meanwhile(self) -> dict[str, Callable[[], None]]:
        return self.app.meanwhile

    @property
    def stop_after(self) -> str | None:
        return self.app.stop_after

    @stop_after.setter
    def stop_after(self, name: str | None) -> None:
        self.app.stop_after = name

    @property
    def cancel_after(self) -> str | None:
        return self.app.cancel_after

    @cancel_after.setter
    def cancel_after(self, name: str | None) -> None:
        self.app.cancel_after = name
        if name is None:
            self.app.token.requested = False

    def now(self) -> datetime:
        return self.app.clock.now()

    def pass_time(self, time: timedelta) -> None:
        self.app.pass_time(time)

    def open_account(self, amount: str, plan: Plan = Plan.LOCAL) -> None:
        app, now = self.app, self.now()
        app.user = UserId(uuid4())
        with app.unit_of_work() as work:
            work.users.add(User(id=app.user, name=str(app.user), created_at=now))
            since = now - timedelta(days=1)
            work.users.subscribe(Subscription(user_id=app.user, plan=plan, valid_from=since))
            work.ledger.top_up(
                TopUp(user_id=app.user, key="first", amount=Credits.of(amount), at=now)
            )
            work.commit()

    @contextmanager
    def as_stranger(self) -> Iterator[None]:
        owner, self.app.user = self.app.user, UserId(uuid4())
        yield
        self.app.user = owner

    def video_named_by(self, link: str) -> str:
        return YoutubeLink.parse(link).video_id

    def foreseen(self, run_id: RunId) -> Mapping[str, Credits]:
        estimate_id = self.app.run(run_id).estimate_id
        assert estimate_id is not None
        with self.app.unit_of_work() as work:
            estimate = work.estimates.get(estimate_id, user_id=self.app.user)
        return {line.name: line.most for line in estimate.lines}

    def estimate(self, video: MadeVideo, *names: str) -> Foreseen:
        found = self.app.estimate(video, *names)
        self._estimates[str(found.id)] = found
        return foreseen(found)

    def tick_off(self, estimate: Foreseen, *names: str) -> Foreseen:
        size = self._estimates[estimate.id].size
        with self.app.unit_of_work() as work:
            known = pricing(work, self.app.shipped.catalogue, now=self.now())
        return foreseen(known.estimate(a_choice(*names), size, now=self.now()))

    def still_holds(self, estimate: Foreseen) -> bool:
        try:
            self._estimates[estimate.id].check_valid(self.now())
        except EstimateExpired:
            return False
        return True

    def charged_by(self, estimates: Sequence[Foreseen], name: str) -> Sequence[Credits]:
        with self.app.unit_of_work() as work:
            kept = [
                work.estimates.get(self._id_of(estimate), user_id=self.app.user)
                for estimate in estimates
            ]
        return [each.charge(name, each[name].units, ComponentStatus.OK) for each in kept]

    def submit(
        self,
        video: MadeVideo,
        *names: str,
        title: str | None = "A title",
        required: str = "",
        key: str = "",
        estimate: Foreseen | None = None,
    ) -> SeenRun:
        estimate_id = None if estimate is None else self._id_of(estimate)
        run = self.app.submit(
            self._file(video),
            *names,
            title=title,
            required=required,
            request=self.app.request(key=key, estimate_id=estimate_id),
        )
        return seen_run(run)

    def submit_at_once(self, video: MadeVideo, *names: str) -> Sequence[SeenRun | Exception]:
        """One after another: memory has no two at a time."""
        answers: list[SeenRun | Exception] = []
        for _ in range(2):
            try:
                answers.append(self.submit(video, *names))
            except DomainError as refusal:
                answers.append(refusal)
        return answers

    def submit_link(self, link: YoutubeLink, *names: str, title: str | None) -> SeenRun:
        app = self.app
        run = app.accept.link(
            link,
            metadata=Metadata(title=title),
            profile=a_choice(*names),
            request=app.request(),
        )
        return seen_run(run)

    def cancel(self, run_id: RunId) -> None:
        self.app.cancel(self.app.user, run_id)

    def retry(self, run_id: RunId, *, key: str) -> SeenRun:
        return seen_run(self.app.retry(self.app.user, run_id, key=key))

    def run(self, run_id: RunId) -> SeenRun:
        return seen_run(self.app.run(run_id))

    def all_runs(self) -> Sequence[SeenRun]:
        return [seen_run(run) for run in self.app.all_runs()]

    @property
    def balance(self) -> Balance:
        return ReadLedger(self.app.unit_of_work).balance(self.app.user)

    def bill(self, run_id: RunId) -> Bill | None:
        return ReadLedger(self.app.unit_of_work).bill(self.app.user, run_id)

    def entries(self) -> Sequence[SeenEntry]:
        booked = ReadLedger(self.app.unit_of_work).entries(self.app.user)
        return [
            SeenEntry(
                str(entry.kind),
                str(entry.posting.account),
                entry.posting.kopecks,
                entry.posting.component,
            )
            for entry in booked
        ]

    def told(self, run_id: RunId) -> Sequence[tuple[str | None, str]]:
        with self.app.unit_of_work() as work:
            events = [event for _, event in work.runs.events(run_id)]
        return [
            (event.component if isinstance(event, ComponentEnded) else None, str(event.status))
            for event in events
            if isinstance(event, ComponentEnded | RunMoved)
        ]

    def can_read(self, run_id: RunId, component: str) -> bool:
        with self.app.unit_of_work() as work:
            artifact = work.runs.artifacts(run_id)[component]
        return len(self.app.store.read(artifact)) > 0

    def manifest(self, run_id: RunId) -> Mapping[str, Any]:
        return self.app.manifest(self.app.run(run_id))

    def carry_out(self, run_id: RunId) -> None:
        self.resume(run_id)

    def change_prices(self, factor: int, *names: str) -> None:
        dearer = ComponentPrice(base=PRICE.base * factor, cpu_rate=PRICE.cpu_rate * Decimal(factor))
        with self.app.unit_of_work() as work:
            work.prices.add(dict.fromkeys(names, dearer), valid_from=self.now())
            work.commit()

    def lose_video(self, run_id: RunId) -> None:
        self.app.workspaces.discard_upload(run_id)

    def expire_credits(self) -> int:
        with self.app.unit_of_work() as work:
            expired = work.ledger.expire(self.now())
            work.commit()
        return expired

    def measured(self, name: str) -> int:
        return self.app.analyst.measured.count(name)

    @property
    def decoded(self) -> int:
        return self.app.analyst.segmented

    def left_on_disk(self) -> Sequence[str]:
        files = [file for file in self.app.folder.rglob("*") if file.is_file()]
        return [file.name for file in files if file.name != "given.mp4"]

    def kept_of_refused(self) -> Sequence[str]:
        return self.left_on_disk()

    def _file(self, video: MadeVideo) -> Path:
        if isinstance(video, NotAVideo):
            file = self.app.folder / "given.mp4"
            file.write_text("not a video", encoding="utf-8")
            return file
        return self.app.video(video)

    def _id_of(self, estimate: Foreseen) -> EstimateId:
        return self._estimates[estimate.id].id
