"""Webhooks of an installation in memory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.webhook_sender import MemoryWebhookSender
from application.calling_back import call_back
from application.ports.unit_of_work import UnitOfWork
from application.queries.read_webhooks import ReadWebhooks
from application.use_cases.accept_callback import AcceptCallback
from application.use_cases.delete_webhook import DeleteWebhook
from application.use_cases.deliver_webhooks import DeliverWebhooks
from application.use_cases.register_webhook import RegisterWebhook, ShownSecret
from application.use_cases.resend_delivery import ResendDelivery
from application.use_cases.rotate_webhook_secret import RotateWebhookSecret
from domain.callback import Callback
from domain.identity import RunId
from domain.ledger import UserId
from domain.user import User
from domain.webhook import Delivery, DeliveryId, WebhookId
from domain.webhook_address import AddressPolicy
from tests.builders import a_component_run, a_run
from tests.features.hooks import SeenDelivery, SeenEnd, ShownHook
from tests.hooks import an_ended_run
from tests.ledgers import a_user


class InsideHooks:
    """One installation with people (protocol `Hooks`)."""

    def __init__(self) -> None:
        self.sender = MemoryWebhookSender()
        self.clock = FixedClock()
        self._database = MemoryDatabase()
        self._read = ReadWebhooks(self._units)
        self._user, self._stranger = self._a_person(), self._a_person()

    def _units(self) -> UnitOfWork:
        return MemoryUnitOfWork(self._database)

    def _a_person(self) -> UserId:
        person = a_user()
        with self._units() as work:
            work.users.add(User(id=person, name=str(person), created_at=self.clock.now()))
            work.commit()
        return person

    @contextmanager
    def as_stranger(self) -> Iterator[None]:
        owner, self._user = self._user, self._stranger
        yield
        self._user = owner

    def register(self, url: str) -> ShownHook:
        register = RegisterWebhook(
            unit_of_work=self._units, clock=self.clock, policy=AddressPolicy.HTTPS
        )
        return _shown(register(self._user, url))

    def rotate(self, hook_id: str) -> ShownHook:
        return _shown(RotateWebhookSecret(self._units)(self._user, _id(hook_id)))

    def delete(self, hook_id: str) -> None:
        DeleteWebhook(self._units)(self._user, _id(hook_id))

    def listed(self) -> Sequence[str]:
        return [repr(webhook) for webhook in self._read.all(self._user)]

    def deliveries(self, hook_id: str) -> Sequence[SeenDelivery]:
        return [_seen(one) for one in self._read.deliveries(self._user, _id(hook_id))]

    def of_the_callback(self, run_id: RunId) -> Sequence[SeenDelivery]:
        [webhook] = self._read.of_run(self._user, run_id)
        return [_seen(one) for one in self._read.deliveries(self._user, webhook.id)]

    def resend(self, delivery: SeenDelivery) -> None:
        ResendDelivery(self._units, self.clock)(self._user, DeliveryId(UUID(delivery.name)))

    def deliver(self) -> None:
        DeliverWebhooks(
            unit_of_work=self._units, sender=self.sender, clock=self.clock, chance=lambda: 0.5
        )()

    def ends(self, status: str) -> SeenEnd:
        run = an_ended_run(self._user, at=self.clock.now(), status=status)
        with self._units() as work:
            work.runs.add(run)
            work.commit()
        return SeenEnd(run.id, run.failure.code if run.failure else "")

    def waits_with(self, callback: Callback) -> RunId:
        now = self.clock.now()
        run = a_run(created_at=now)
        run.user_id = self._user
        with self._units() as work:
            work.runs.add(run)
            call_back(work, run, callback, now=now)
            work.commit()
        return run.id

    def ends_well(self, run_id: RunId) -> None:
        now = self.clock.now()
        with self._units() as work:
            run = work.runs.get(run_id)
            run.start(now=now)
            for name in sorted(run.pending):
                run.end_component(a_component_run(name), now=now)
            run.finish(now=now)
            work.runs.save(run, fence=0)
            work.commit()

    def name_callback(self, url: str, secret: str) -> None:
        AcceptCallback(AddressPolicy.HTTPS)(url, secret)


def _id(hook_id: str) -> WebhookId:
    return WebhookId(UUID(hook_id))


def _shown(shown: ShownSecret) -> ShownHook:
    return ShownHook(str(shown.webhook.id), shown.secret)


def _seen(delivery: Delivery) -> SeenDelivery:
    return SeenDelivery(
        id=str(delivery.id),
        name=str(delivery.id),
        state=delivery.state,
        tries=delivery.tries,
        reply=delivery.reply,
        next_at=delivery.next_at,
    )
