"""The product from outside: over GraphQL and HTTP, as the steps drive it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import uuid4

from adapters.memory.video_files import MadeVideo
from application.progress import Progress
from domain.bill import Bill, BillLine
from domain.credits import Credits
from domain.errors import DomainError, EstimateExpired
from domain.identity import RunId
from domain.ledger import Balance
from domain.rate_limit import Plan
from domain.run import RunStatus
from domain.video import YoutubeLink
from tests.features import answers, documents
from tests.features.app_ground import PRICE
from tests.features.installation import Installation
from tests.features.outside_aftermath import OutsideAftermath
from tests.features.outside_together import OutsideTogether
from tests.features.outside_videos import OutsideVideos
from tests.features.real_clips import content_of
from tests.features.refused import refusal_of
from tests.features.seen import (
    Foreseen,
    SeenEntry,
    SeenRun,
)

PASSWORD = "a long enough phrase"  # noqa: S105 - of people who live as long as a scenario
ENOUGH = "100000"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has signed up."""

    token: str
    id: str


class Outside(OutsideVideos, OutsideAftermath, OutsideTogether):
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

    # The people.

    @cached_property
    def _administrator(self) -> Account:
        account = self._signed_up()
        self.at.container.make_administrator()(self._email)
        return account

    @cached_property
    def person(self) -> Account:
        """Of whom a scenario says nothing: somebody with credits enough."""
        return self._provided(ENOUGH, Plan.LOCAL)

    def open_account(self, amount: str, plan: Plan = Plan.LOCAL) -> None:
        self.person = self._provided(amount, plan)

    @contextmanager
    def as_stranger(self) -> Iterator[None]:
        owner, self.person = self.person, self._provided(ENOUGH, Plan.LOCAL)
        yield
        self.person = owner

    def _provided(self, amount: str, plan: Plan) -> Account:
        """Somebody new, with a plan and credits by an administrator."""
        account, by = self._signed_up(), self._administrator
        self.answer(documents.SET_PLAN, by=by, user=account.id, plan=plan.name)
        given = {"user": account.id, "amount": amount, "key": str(uuid4())}
        self.answer(documents.TOP_UP, by=by, **given)
        return account

    def _signed_up(self) -> Account:
        self._email = f"{uuid4().hex}@example.org"
        asked = {"email": self._email, "password": PASSWORD}
        told = self.answer(documents.SIGN_UP, by=Account("", ""), **asked)
        return Account(told["token"], told["me"]["id"])

    # Videos, prices, starts.

    def video_named_by(self, link: str) -> str:
        return str(self.added(link, title=None)["videoId"])

    def foreseen(self, run_id: RunId) -> Mapping[str, Credits]:
        """As a person is told before every start: what was asked for last, at the prices of now.

        The file was deleted when its run ended, so it is sent again.
        """
        chosen = list(self.run(run_id).components)
        sent = self.uploaded(self._last_content, title="A title")
        told = self.estimated(sent["id"], *chosen)
        return {line.name: line.most for line in told.lines}

    def estimate(self, video: MadeVideo, *names: str) -> Foreseen:
        sent = self.uploaded(content_of(video), title="A title")
        return self.estimated(sent["id"], *names)

    def tick_off(self, estimate: Foreseen, *names: str) -> Foreseen:
        del estimate
        before = self.at.probed
        found = self.estimated(self._last_video, *names)
        assert self.at.probed == before
        return found

    def still_holds(self, estimate: Foreseen) -> bool:
        try:
            self.started(self._last_video, answers.measuring(estimate), estimate=estimate)
        except EstimateExpired:
            return False
        return True

    def charged_by(self, estimates: Sequence[Foreseen], name: str) -> Sequence[Credits]:
        """A run by each of them is carried out."""
        runs = [
            self.started(self._last_video, answers.measuring(estimate), estimate=estimate)
            for estimate in estimates
        ]
        self.carry_out(runs[-1].id)
        return [self._line(run.id, name).charged for run in runs]

    def _line(self, run_id: RunId, name: str) -> BillLine:
        bill = self.bill(run_id)
        assert bill is not None
        return next(line for line in bill.lines if line.component == name)

    def submit(
        self,
        video: MadeVideo,
        *names: str,
        title: str | None = "A title",
        required: str = "",
        key: str = "",
        estimate: Foreseen | None = None,
    ) -> SeenRun:
        sent = self.uploaded(content_of(video), title=title)
        chosen = answers.chosen(names, required=required)
        return self.started(sent["id"], chosen, key=key, estimate=estimate)

    def submit_at_once(self, video: MadeVideo, *names: str) -> Sequence[SeenRun | Exception]:
        sent, by = self.uploaded(content_of(video), title="A title"), self.person
        asked = {"video": sent["id"], "components": answers.chosen(names), "anew": True}

        def start(key: str) -> SeenRun | Exception:
            try:
                told = self.answer(documents.START_RUN, by=by, key=key, **asked)
            except DomainError as refusal:
                return refusal
            return answers.seen_run(told)

        with ThreadPoolExecutor(2) as devices:
            told = list(devices.map(start, ("one", "other")))
        return sorted(told, key=lambda one: isinstance(one, Exception))

    def started(
        self,
        video: str,
        components: Sequence[Mapping[str, Any]],
        *,
        key: str = "",
        estimate: Foreseen | None = None,
        is_anew: bool = True,
    ) -> SeenRun:
        told = self.answer(
            documents.START_RUN,
            video=video,
            components=components,
            key=key or str(uuid4()),
            estimate=None if estimate is None else estimate.id,
            anew=is_anew,
        )
        return answers.seen_run(told)

    def submit_link(self, link: YoutubeLink, *names: str, title: str | None) -> SeenRun:
        video = self.add_link(link.url, title=title)
        self.look(video)
        return self.started(video.id, answers.chosen(names), is_anew=False)

    def estimated(self, video: str, *names: str, is_anew: bool = True) -> Foreseen:
        told = self.answer(
            documents.ESTIMATE, video=video, components=answers.chosen(names), anew=is_anew
        )
        return answers.foreseen(told)

    # Runs.

    def cancel(self, run_id: RunId) -> None:
        self.answer(documents.CANCEL_RUN, run=answers.run_name(run_id))

    def retry(self, run_id: RunId, *, key: str) -> SeenRun:
        return answers.seen_run(
            self.answer(documents.RETRY_RUN, run=answers.run_name(run_id), key=key)
        )

    def run(self, run_id: RunId) -> SeenRun:
        return answers.seen_run(self.asks(documents.ONE_RUN, run=answers.run_name(run_id))["run"])

    def all_runs(self) -> Sequence[SeenRun]:
        edges = self.asks(documents.ALL_RUNS)["runs"]["edges"]
        return [answers.seen_run(edge["node"]) for edge in edges]

    @property
    def balance(self) -> Balance:
        told = self.asks(documents.BALANCE)["balance"]
        return Balance(Credits.of(told["available"]), Credits.of(told["held"]))

    def bill(self, run_id: RunId) -> Bill | None:
        told = self.asks(documents.BILL, run=answers.run_name(run_id))["run"]["bill"]
        if told is None:
            return None
        return Bill(tuple(answers.bill_line(line) for line in told["lines"]))

    def entries(self) -> Sequence[SeenEntry]:
        told = self.asks(documents.LEDGER)["ledger"]
        return [
            SeenEntry(
                entry["operation"],
                entry["account"],
                int(Decimal(entry["amount"]) * 100),
                entry["component"],
            )
            for entry in told
        ]

    def told(self, run_id: RunId) -> Sequence[tuple[str | None, str]]:
        """By server-sent events, to the sure end."""
        body = {"query": documents.FOLLOW, "variables": {"run": answers.run_name(run_id)}}
        headers = {**self._headers(self.person), "Accept": "text/event-stream"}
        answer = self.at.http.post("/graphql", json=body, headers=headers)
        lines = [line for line in answer.text.splitlines() if line.startswith("data: {")]
        told = [json.loads(line.removeprefix("data: "))["data"]["runProgress"] for line in lines]
        assert told[-1]["isLast"]
        events = [event for one in told for event in one["events"]]
        return [
            (event["component"], (event["componentStatus"] or event["status"]).lower())
            for event in events
            if event["componentStatus"] or event["status"]
        ]

    def can_read(self, run_id: RunId, component: str) -> bool:
        told = self.asks(documents.RESULT, run=answers.run_name(run_id), component=component)[
            "artifact"
        ]
        return told is not None and len(told["charts"]) > 0

    def manifest(self, run_id: RunId) -> Mapping[str, Any]:
        link = self.answer(documents.EXPORT_RUN, run=answers.run_name(run_id))["url"]
        told: Mapping[str, Mapping[str, Any]] = self.at.http.get(link).raise_for_status().json()
        return told["manifest"]

    # Behind the door.

    def carry_out(self, run_id: RunId) -> None:
        del run_id
        self.at.work_once()

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

    # The line.

    def asks(self, query: str, *, by: Account | None = None, **variables: Any) -> Any:
        """The data of an answer without errors."""
        body = {"query": query, "variables": variables}
        headers = self._headers(by or self.person)
        answer = self.at.http.post("/graphql", json=body, headers=headers).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def answer(self, query: str, *, by: Account | None = None, **variables: Any) -> Any:
        """The only answer, or the refusal raised."""
        told = self.asks(query, by=by, **variables)["answer"]
        if "code" in told:
            raise refusal_of(told)
        return told

    @staticmethod
    def _headers(account: Account) -> dict[str, str]:
        return {"authorization": f"Bearer {account.token}"} if account.token else {}
