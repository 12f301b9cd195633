"""Steps of "A creator's own program is told how runs end"."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.webhook_sender import ACCEPTED, Sent
from application.use_cases.deliver_webhooks import DELIVERY_HEADER, SIGNATURE_HEADER
from domain.callback import Callback
from domain.errors import DomainError, WebhookNotFound
from domain.identity import RunId
from domain.webhook import DeliveryState, Outcome, Reply
from tests.believing import believes
from tests.features.driver import Driver
from tests.features.hooks import Hooks, SeenDelivery, SeenEnd, ShownHook
from tests.features.inside_hooks import InsideHooks
from tests.features.outside import Outside
from tests.features.outside_hooks import OutsideHooks
from tests.hooks import URL

scenarios("webhooks.feature")

AWAY = Reply(Outcome.NOT_CONNECTED)
CALLBACK = Callback("https://hooks.example.com/one-run", "c" * 32)


@dataclass
class World:
    """An installation with people, their addresses and what came there."""

    hooks: Hooks
    shown: list[ShownHook] = field(default_factory=list)
    run: SeenEnd | None = None
    called_back: RunId | None = None
    refusal: DomainError | None = None

    def ends(self, status: str) -> None:
        """A run ends, and the worker makes its round."""
        self.run = self.hooks.ends(status)
        self.hooks.deliver()

    def pass_time(self, time: timedelta) -> None:
        """Let the worker make a round whenever something is due."""
        clock = self.hooks.clock
        end = clock.moment + time
        while True:
            waiting = [one for one in self.deliveries if one.state is DeliveryState.WAITING]
            due = min([end, *(one.next_at for one in waiting if one.next_at is not None)])
            clock.moment = due
            if due == end:
                return
            self.hooks.deliver()

    @property
    def sent(self) -> list[Sent]:
        return self.hooks.sender.sent

    @property
    def told(self) -> dict[str, Any]:
        [message] = self.sent
        told: dict[str, Any] = json.loads(message.body)
        return told

    @property
    def deliveries(self) -> Sequence[SeenDelivery]:
        return self.hooks.deliveries(self.shown[0].id)

    @property
    def of_the_callback(self) -> Sequence[SeenDelivery]:
        assert self.called_back is not None
        return self.hooks.of_the_callback(self.called_back)

    def is_believed(self, message: Sent, secret: str) -> bool:
        return believes(message, secret, now=self.hooks.clock.now())


@pytest.fixture
def world(app: Driver) -> World:
    return World(OutsideHooks(app) if isinstance(app, Outside) else InsideHooks())


@given("a person")
def _() -> None:
    """Say who it is about; everybody here is one."""


@given("a person whose program waits at an address of its own")
def _(world: World) -> None:
    world.shown.append(world.hooks.register(URL))


@given(parsers.parse("a person with {count:d} addresses"))
def _(world: World, count: int) -> None:
    for _ in range(count):
        world.hooks.register(URL)


@given("the program is away")
def _(world: World) -> None:
    world.hooks.sender.replies[URL] = AWAY


@given("a delivery that was given up")
def _(world: World) -> None:
    world.hooks.sender.replies[URL] = AWAY
    world.ends("ok")
    world.pass_time(timedelta(days=1))
    assert [one.state for one in world.deliveries] == [DeliveryState.GIVEN_UP]


@when("a run of theirs ends well")
def _(world: World) -> None:
    world.ends("ok")


@when("a run of theirs ends in an error")
def _(world: World) -> None:
    world.ends("error")


@when("the person cancels a run of theirs that waits")
def _(world: World) -> None:
    world.ends("cancelled")


@when("a run of somebody else's ends well")
def _(world: World) -> None:
    with world.hooks.as_stranger():
        world.ends("ok")


@when("the person changes the secret, and a run of theirs ends well")
def _(world: World) -> None:
    world.shown.append(world.hooks.rotate(world.shown[0].id))
    world.ends("ok")


@when("the person changes the secret twice, and a run of theirs ends well")
def _(world: World) -> None:
    for _ in range(2):
        world.shown.append(world.hooks.rotate(world.shown[0].id))
    world.ends("ok")


@when("a run of theirs ends well, and the program comes back after a minute")
def _(world: World) -> None:
    world.ends("ok")
    world.pass_time(timedelta(minutes=1))
    del world.hooks.sender.replies[URL]
    world.pass_time(timedelta(hours=1))


@when("a run of theirs ends well, and a day passes")
def _(world: World) -> None:
    world.ends("ok")
    world.pass_time(timedelta(days=1))


@when("the program is back and the person has the delivery sent again")
def _(world: World) -> None:
    del world.hooks.sender.replies[URL]
    world.sent.clear()
    world.hooks.resend(world.deliveries[0])
    world.hooks.deliver()


@when(parsers.parse("they register the address {address}"))
def _(world: World, address: str) -> None:
    with pytest.raises(DomainError) as refusal:
        world.hooks.register(address)
    world.refusal = refusal.value


@when("somebody else deletes the address, changes its secret or lists its deliveries")
def _(world: World) -> None:
    """What is looked at is the answer of each."""


@given("their callback is away")
def _(world: World) -> None:
    world.hooks.sender.replies[CALLBACK.url] = AWAY


@when("a run of theirs that names a callback ends well, and then another one")
def _(world: World) -> None:
    world.called_back = world.hooks.waits_with(CALLBACK)
    world.hooks.deliver()
    assert world.sent == []
    world.hooks.ends_well(world.called_back)
    world.hooks.deliver()
    world.ends("ok")


@when("the callback is back and the person has its delivery sent again")
def _(world: World) -> None:
    del world.hooks.sender.replies[CALLBACK.url]
    world.sent.clear()
    world.hooks.resend(world.of_the_callback[0])
    world.hooks.deliver()


@when(parsers.parse("a start names the callback {url} with a secret of {count:d} characters"))
def _(world: World, url: str, count: int) -> None:
    with pytest.raises(DomainError) as refusal:
        world.hooks.name_callback(url, "s" * count)
    world.refusal = refusal.value


@then("the callback is told of its own run alone, signed with the secret that came with it")
def _(world: World) -> None:
    assert world.called_back is not None
    assert (world.told["event"], world.told["run"]) == ("run.ok", str(world.called_back))
    [message] = world.sent
    assert message.url == CALLBACK.url
    assert world.is_believed(message, CALLBACK.secret)


@then("the delivery is listed with the run, and not among the addresses")
def _(world: World) -> None:
    [delivery] = world.of_the_callback
    assert delivery.state is DeliveryState.DELIVERED
    assert not world.hooks.listed()


@then("it is refused as invalid_callback_secret")
def _(world: World) -> None:
    assert world.refusal is not None
    assert world.refusal.code == "invalid_callback_secret"


@then(parsers.parse("the program is told {event} with the id of the run"))
def _(world: World, event: str) -> None:
    assert world.run is not None
    assert (world.told["event"], world.told["run"]) == (event, str(world.run.run_id))
    assert world.told["status"] == event.removeprefix("run.")


@then("the program is told run.error with the code of the error")
def _(world: World) -> None:
    assert world.run is not None
    assert world.told["event"] == "run.error"
    assert world.told["code"] == world.run.code != ""


@then("nothing of the video's title is in the message")
def _(world: World) -> None:
    assert set(world.told) == {"delivery", "event", "run", "status", "code", "at"}
    assert not any(word in world.sent[0].body for word in (b"film", b"night"))


@then("the program is told nothing")
def _(world: World) -> None:
    assert world.run is not None
    assert world.sent == []


@then("the message is signed with the secret that was shown once")
def _(world: World) -> None:
    [message] = world.sent
    assert world.is_believed(message, world.shown[0].secret)
    assert not world.is_believed(message, "whsec_guessed")
    assert world.shown[0].secret not in repr(world.hooks.listed())


@then("whoever knows the new secret believes the message")
def _(world: World) -> None:
    assert world.is_believed(world.sent[0], world.shown[-1].secret)


@then("whoever still knows the old one believes it too")
def _(world: World) -> None:
    assert world.is_believed(world.sent[0], world.shown[-2].secret)


@then("whoever knows the first one believes nothing")
def _(world: World) -> None:
    assert not world.is_believed(world.sent[0], world.shown[0].secret)


@then("the program is told once what it missed, under the id of the first try")
def _(world: World) -> None:
    [delivery] = world.deliveries
    assert (delivery.state, delivery.reply) == (DeliveryState.DELIVERED, ACCEPTED)
    ids = [message.headers[DELIVERY_HEADER] for message in world.sent]
    assert ids == [str(delivery.id)] * delivery.tries
    assert delivery.tries > 1


@then(parsers.parse("it was tried {count:d} times, with longer and longer pauses"))
def _(world: World, count: int) -> None:
    times = [int(one.headers[SIGNATURE_HEADER].split(",")[0][2:]) for one in world.sent]
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
    assert world.told["run"] == str(world.run.run_id)
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
    hooks, hook_id = world.hooks, world.shown[0].id
    with hooks.as_stranger():
        for act in (hooks.delete, hooks.rotate, hooks.deliveries):
            with pytest.raises(WebhookNotFound):
                act(hook_id)
    assert len(hooks.listed()) == 1
