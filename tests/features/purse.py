"""What a scenario about credits remembers: a person's balance, bills, estimates and answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from adapters.memory.video_files import MadeVideo
from application.pricing import pricing
from application.queries.read_ledger import ReadLedger
from domain.bill import Bill, BillLine
from domain.credits import Credits
from domain.errors import DomainError
from domain.estimate import Estimate
from domain.ledger import Balance, Entry, UserId
from domain.ledger_orders import TopUp
from domain.rate_limit import Plan
from domain.run import Run
from domain.user import Subscription, User
from domain.video import Metadata
from tests.features.app import App, a_choice
from tests.features.story import Story


@dataclass
class Purse:
    """What a scenario about credits remembers beside its story."""

    story: Story
    estimates: list[Estimate] = field(default_factory=list)
    answers: list[Run | DomainError] = field(default_factory=list)

    @property
    def app(self) -> App:
        return self.story.app

    @property
    def balance(self) -> Balance:
        return ReadLedger(self.app.unit_of_work).balance(self.app.user)

    @property
    def bill(self) -> Bill:
        bill = ReadLedger(self.app.unit_of_work).bill(self.app.user, self.story.run.id)
        assert bill is not None
        return bill

    @property
    def entries(self) -> Sequence[Entry]:
        return ReadLedger(self.app.unit_of_work).entries(self.app.user)

    def line(self, name: str) -> BillLine:
        return next(line for line in self.bill.lines if line.component == name)

    def open_account(self, amount: str, plan: Plan = Plan.LOCAL, *, name: str = "anna") -> None:
        self.app.user, now = UserId(uuid4()), self.app.clock.now()
        with self.app.unit_of_work() as work:
            work.users.add(User(id=self.app.user, name=name, created_at=now))
            work.users.subscribe(
                Subscription(user_id=self.app.user, plan=plan, valid_from=now - timedelta(days=1))
            )
            work.ledger.top_up(
                TopUp(user_id=self.app.user, key="first", amount=Credits.of(amount), at=now)
            )
            work.commit()

    def estimate(self, made: MadeVideo, *names: str) -> Estimate:
        """An estimate as the person got it and as it is kept."""
        size = self.app.accept.size_of(self.app.video(made), Metadata(title="A title"))
        with self.app.unit_of_work() as work:
            of_now = pricing(work, self.app.shipped.catalogue, now=self.app.clock.now())
            found = of_now.estimate(a_choice(*names), size, now=self.app.clock.now())
            work.estimates.add(found, user_id=self.app.user)
            work.commit()
        self.estimates.append(found)
        return found

    def start(self, *names: str, key: str = "") -> None:
        """Starts a run and remembers the answer, whatever it is."""
        file = self.app.video(self.story.video)
        try:
            run = self.app.submit(file, *names, request=self.app.request(key=key))
        except DomainError as refusal:
            self.answers.append(refusal)
        else:
            self.answers.append(run)
