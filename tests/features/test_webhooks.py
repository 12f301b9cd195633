"""Steps of "A creator's own program is told how runs end"."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.webhook_sender import ACCEPTED, MemoryWebhookSender, Sent
from application.calling_back import call_back
from application.ports.unit_of_work import UnitOfWork
from application.queries.read_webhooks import ReadWebhooks
from application.use_cases.accept_callback import AcceptCallback
from application.use_cases.delete_webhook import DeleteWebhook
from application.use_cases.deliver_webhooks import (
    DELIVERY_HEADER,
    SIGNATURE_HEADER,
    DeliverWebhooks,
)
from application.use_cases.register_webhook import RegisterWebhook, ShownSecret
from application.use_cases.resend_delivery import ResendDelivery
from application.use_cases.rotate_webhook_secret import RotateWebhookSecret
from domain.callback import Callback
from domain.errors import DomainError, WebhookNotFound
from domain.ledger import UserId
from domain.run import Run
from domain.user import User
from domain.webhook import Delivery, DeliveryState, Outcome, Reply
from domain.webhook_address import AddressPolicy
from tests.believing import believes
from tests.builders import a_component_run, a_run
from tests.hooks import URL, an_ended_run
from tests.ledgers import a_user

scenarios("webhooks.feature")

AWAY = Reply(Outcome.NOT_CONNECTED)
TITLE = "How I film at night"
CALLBACK = Callback("https://hooks.example.com/one-run", "c" * 32)


@dataclass
class World:
    """One installation with people, their addresses and what came there."""

    clock: FixedClock = field(default_factory=FixedClock)
    database: MemoryDatabase = field(default_factory=MemoryDatabase)
    sender: MemoryWebhookSender = field(default_factory=MemoryWebhookSender)
    shown: list[ShownSecret] = field(default_factory=list)
    run: Run | None = None
    called_back: Run | None = None
    refusal: DomainError | None = None

    def __post_init__(self) -> None:
        self.user = self.a_person()
        self.stranger = self.a_person()
        self.register = RegisterWebhook(
            unit_of_work=self.units, clock=self.clock, policy=AddressPolicy.HTTPS
        )
        self.rotate = RotateWebhookSecret(self.units)
        self.read = ReadWebhooks(self.units)
        self.deliver = DeliverWebhooks(
            unit_of_work=self.units, sender=self.sender, clock=self.clock, chance=lambda: 0.5
        )

    def units(self) -> UnitOfWork:
        return MemoryUnitOfWork(self.database)

    def a_person(self) -> UserId:
        person = a_user()
        with self.units() as work:
            work.users.add(User(id=person, name=str(person), created_at=self.clock.now()))
            work.commit()
        return person

    def ends(self, user_id: UserId, status: str) -> None:
        """A run ends, and the worker makes its round."""
        run = an_ended_run(user_id, at=self.clock.now(), status=status)
        with self.units() as work:
            work.runs.add(run)
            work.commit()
        self.run = run
        self.deliver()

    def pass_time(self, time: timedelta) -> None:
        """Let the worker make a round whenever something is due."""
        end = self.clock.moment + time
        while True:
            waiting = [one for one in self.deliveries if one.state is DeliveryState.WAITING]
            due = min([end, *(one.next_at for one in waiting)])
            self.clock.moment = due
            if due == end:
                return
            self.deliver()

    @property
    def told(self) -> dict[str, Any]:
        [message] = self.sender.sent
        told: dict[str, Any] = json.loads(message.body)
        return told

    @property
    def deliveries(self) -> list[Delivery]:
        return list(self.read.deliveries(self.user, self.shown[0].webhook.id))

    @property
    def of_the_callback(self) -> list[Delivery]:
        assert self.called_back is not None
        [webhook] = self.read.of_run(self.user, self.called_back.id)
        return list(self.read.deliveries(self.user, webhook.id))

    def is_believed(self, message: Sent, secret: str) -> bool:
        return believes(message, secret, now=self.clock.now())


@pytest.fixture
def world() -> World:
    return World()


@given("a person")
def _() -> None:
    """Say who it is about; everybody here is one."""


@given("a person whose program waits at an address of its own")
def _(world: World) -> None:
    world.shown.append(world.register(world.user, URL))


@given(parsers.parse("a person with {count:d} addresses"))
def _(world: World, count: int) -> None:
    for _ in range(count):
        world.register(world.user, URL)


@given("the program is away")
def _(world: World) -> None:
    world.sender.replies[URL] = AWAY


@given("a delivery that was given up")
def _(world: World) -> None:
    world.sender.replies[URL] = AWAY
    world.ends(world.user, "ok")
    world.pass_time(timedelta(days=1))
    assert [one.state for one in world.deliveries] == [DeliveryState.GIVEN_UP]


@when("a run of theirs ends well")
def _(world: World) -> None:
    world.ends(world.user, "ok")


@when("a run of theirs ends in an error")
def _(world: World) -> None:
    world.ends(world.user, "error")


@when("the person cancels a run of theirs that waits")
def _(world: World) -> None:
    world.ends(world.user, "cancelled")


@when("a run of somebody else's ends well")
def _(world: World) -> None:
    world.ends(world.stranger, "ok")


@when("the person changes the secret, and a run of theirs ends well")
def _(world: World) -> None:
    world.shown.append(world.rotate(world.user, world.shown[0].webhook.id))
    world.ends(world.user, "ok")


@when("the person changes the secret twice, and a run of theirs ends well")
def _(world: World) -> None:
    for _ in range(2):
        world.shown.append(world.rotate(world.user, world.shown[0].webhook.id))
    world.ends(world.user, "ok")


@when("a run of theirs ends well, and the program comes back after a minute")
def _(world: World) -> None:
    world.ends(world.user, "ok")
    world.pass_time(timedelta(minutes=1))
    del world.sender.replies[URL]
    world.pass_time(timedelta(hours=1))


@when("a run of theirs ends well, and a day passes")
def _(world: World) -> None:
    world.ends(world.user, "ok")
    world.pass_time(timedelta(days=1))


@when("the program is back and the person has the delivery sent again")
def _(world: World) -> None:
    del world.sender.replies[URL]
    world.sender.sent.clear()
    ResendDelivery(world.units, world.clock)(world.user, world.deliveries[0].id)
    world.deliver()


@when(parsers.parse("they register the address {address}"))
def _(world: World, address: str) -> None:
    with pytest.raises(DomainError) as refusal:
        world.register(world.user, address)
    world.refusal = refusal.value


@when("somebody else deletes the address, changes its secret or lists its deliveries")
def _(world: World) -> None:
    """What is looked at is the answer of each."""


@given("their callback is away")
def _(world: World) -> None:
    world.sender.replies[CALLBACK.url] = AWAY


@when("a run of theirs that names a callback ends well, and then another one")
def _(world: World) -> None:
    now, run = world.clock.now(), a_run(created_at=world.clock.now())
    run.user_id = world.user
    with world.units() as work:
        work.runs.add(run)
        call_back(work, run, CALLBACK, now=now)
        work.commit()
    world.deliver()
    assert world.sender.sent == []
    with world.units() as work:
        run = work.runs.get(run.id)
        run.start(now=now)
        for name in sorted(run.pending):
            run.end_component(a_component_run(name), now=now)
        run.finish(now=now)
        work.runs.save(run, fence=0)
        work.commit()
    world.called_back = run
    world.deliver()
    world.ends(world.user, "ok")


@when("the callback is back and the person has its delivery sent again")
def _(world: World) -> None:
    del world.sender.replies[CALLBACK.url]
    world.sender.sent.clear()
    ResendDelivery(world.units, world.clock)(world.user, world.of_the_callback[0].id)
    world.deliver()


@when(parsers.parse("a start names the callback {url} with a secret of {count:d} characters"))
def _(world: World, url: str, count: int) -> None:
    with pytest.raises(DomainError) as refusal:
        AcceptCallback(AddressPolicy.HTTPS)(url, "s" * count)
    world.refusal = refusal.value


@then("the callback is told of its own run alone, signed with the secret that came with it")
def _(world: World) -> None:
    assert world.called_back is not None
    assert (world.told["event"], world.told["run"]) == ("run.ok", str(world.called_back.id))
    [message] = world.sender.sent
    assert message.url == CALLBACK.url
    assert world.is_believed(message, CALLBACK.secret)


@then("the delivery is listed with the run, and not among the addresses")
def _(world: World) -> None:
    [delivery] = world.of_the_callback
    assert delivery.state is DeliveryState.DELIVERED
    assert world.read.all(world.user) == []


@then("it is refused as invalid_callback_secret")
def _(world: World) -> None:
    assert world.refusal is not None
    assert world.refusal.code == "invalid_callback_secret"


@then(parsers.parse("the program is told {event} with the id of the run"))
def _(world: World, event: str) -> None:
    assert world.run is not None
    assert (world.told["event"], world.told["run"]) == (event, str(world.run.id))
    assert world.told["status"] == event.removeprefix("run.")


@then("the program is told run.error with the code of the error")
def _(world: World) -> None:
    assert world.run is not None
    assert world.run.failure is not None
    assert world.told["event"] == "run.error"
    assert world.told["code"] == world.run.failure.code == "measurement_failed"


@then("nothing of the video's title is in the message")
def _(world: World) -> None:
    assert world.run is not None
    assert world.run.metadata.title == TITLE
    assert set(world.told) == {"delivery", "event", "run", "status", "code", "at"}
    assert not any(word in world.sender.sent[0].body for word in (b"film", b"night"))


@then("the program is told nothing")
def _(world: World) -> None:
    assert world.run is not None
    assert world.sender.sent == []


@then("the message is signed with the secret that was shown once")
def _(world: World) -> None:
    [message] = world.sender.sent
    assert world.is_believed(message, world.shown[0].secret)
    assert not world.is_believed(message, "whsec_guessed")
    assert world.shown[0].secret not in repr(world.read.all(world.user))


@then("whoever knows the new secret believes the message")
def _(world: World) -> None:
    assert world.is_believed(world.sender.sent[0], world.shown[-1].secret)


@then("whoever still knows the old one believes it too")
def _(world: World) -> None:
    assert world.is_believed(world.sender.sent[0], world.shown[-2].secret)


@then("whoever knows the first one believes nothing")
def _(world: World) -> None:
    assert not world.is_believed(world.sender.sent[0], world.shown[0].secret)


@then("the program is told once what it missed, under the id of the first try")
def _(world: World) -> None:
    [delivery] = world.deliveries
    assert (delivery.state, delivery.reply) == (DeliveryState.DELIVERED, ACCEPTED)
    ids = [message.headers[DELIVERY_HEADER] for message in world.sender.sent]
    assert ids == [str(delivery.id)] * delivery.tries
    assert delivery.tries > 1


@then(parsers.parse("it was tried {count:d} times, with longer and longer pauses"))
def _(world: World, count: int) -> None:
    times = [int(one.headers[SIGNATURE_HEADER].split(",")[0][2:]) for one in world.sender.sent]
    assert len(times) == count
    pauses_s = [later - earlier for earlier, later in pairwise(times)]
    assert pauses_s == sorted(pauses_s)
    assert pauses_s[0] == pytest.approx(10, abs=1)
    assert pauses_s[-1] == pytest.approx(6 * 3600, abs=1)


@then("the delivery is listed as given up, with the reason")
def _(world: World) -> None:
    [delivery] = world.deliveries
    assert (delivery.state, delivery.reply) == (DeliveryState.GIVEN_UP, AWAY)


@then("the program is told what it missed")
def _(world: World) -> None:
    assert world.run is not None
    assert world.told["run"] == str(world.run.id)
    assert world.deliveries[0].state is DeliveryState.DELIVERED


@then(parsers.parse("it is refused as invalid_webhook_address because of its {detail}"))
def _(world: World, detail: str) -> None:
    assert world.refusal is not None
    assert world.refusal.code == "invalid_webhook_address"
    assert world.refusal.fields["detail"] == detail


@then("it is refused as too_many_webhooks")
def _(world: World) -> None:
    assert world.refusal is not None
    assert world.refusal.code == "too_many_webhooks"


@then("each is refused as if there were no such address")
def _(world: World) -> None:
    webhook_id = world.shown[0].webhook.id
    for act in (DeleteWebhook(world.units), world.rotate, world.read.deliveries):
        with pytest.raises(WebhookNotFound):
            act(world.stranger, webhook_id)
    assert len(world.read.all(world.user)) == 1
