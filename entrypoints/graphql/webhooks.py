"""Webhooks: addresses of the caller's that are told how their runs end."""

from datetime import datetime
from typing import Annotated

import strawberry

from application.use_cases.register_webhook import ShownSecret
from domain.errors import DeliveryNotFound, WebhookNotFound
from domain.webhook import Delivery, DeliveryId, DeliveryState, Outcome, Webhook, WebhookId
from entrypoints.graphql import ids
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.node import Node
from entrypoints.graphql.refusal import Refusal

WEBHOOK = "Webhook"
DELIVERY = "Delivery"
DELIVERIES_MAX = 100

DeliveryStateEnum = strawberry.enum(
    DeliveryState, description="Where a delivery stands: WAITING for its next try, or ended."
)
OutcomeEnum = strawberry.enum(
    Outcome,
    name="DeliveryOutcome",
    description="How a try ended. NOT_PUBLIC: the address leads where nothing may be sent.",
)


@strawberry.type(name="Delivery", description="One end of a run on its way to one webhook.")
class DeliveryType(Node):
    """What was told, or is still to be."""

    delivery: strawberry.Private[Delivery]

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryType":
        return cls(id=ids.encode(DELIVERY, delivery.id), delivery=delivery)

    @strawberry.field(description="`run.ok`, `run.error` or `run.cancelled`.")
    def event(self) -> str:
        return self.delivery.end.event

    @strawberry.field(description="UUID of the run, as in the message.")
    def run_id(self) -> str:
        return str(self.delivery.end.run_id)

    @strawberry.field(description="UUID of the delivery, as in the message and its header.")
    def delivery_id(self) -> str:
        return str(self.delivery.id)

    @strawberry.field(description="When the run ended.")
    def at(self) -> datetime:
        return self.delivery.end.at

    @strawberry.field(description="Where it stands.")
    def state(self) -> DeliveryState:
        return self.delivery.state

    @strawberry.field(description="How often it was tried, at most 8 times.")
    def tries(self) -> int:
        return self.delivery.tries

    @strawberry.field(description="When it was tried last.")
    def tried_at(self) -> datetime | None:
        return self.delivery.tried_at

    @strawberry.field(description="When it is tried next; null when it has ended.")
    def next_at(self) -> datetime | None:
        is_waiting = self.delivery.state is DeliveryState.WAITING
        return self.delivery.next_at if is_waiting else None

    @strawberry.field(description="How the last try ended.")
    def outcome(self) -> Outcome | None:
        return self.delivery.reply.outcome if self.delivery.reply else None

    @strawberry.field(description="What the receiver answered, where it answered at all.")
    def http_status(self) -> int | None:
        return self.delivery.reply.http_status if self.delivery.reply else None


@strawberry.type(name="Webhook", description="An address of the caller's. Its secret is not shown.")
class WebhookType(Node):
    """Where runs are told of: all of them, or the one whose callback it is."""

    webhook: strawberry.Private[Webhook]

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookType":
        return cls(id=ids.encode(WEBHOOK, webhook.id), webhook=webhook)

    @strawberry.field(description="The address; a name in another alphabet in its punycode.")
    def url(self) -> str:
        return self.webhook.url

    @strawberry.field(description="When it was registered.")
    def created_at(self) -> datetime:
        return self.webhook.created_at

    @strawberry.field(description="Whether a secret from before the last rotation still signs too.")
    def has_two_secrets(self) -> bool:
        return len(self.webhook.secrets) > 1

    @strawberry.field(description="What it was told, the newest end of a run first.")
    async def deliveries(
        self,
        info: Info,
        first: Annotated[
            int, strawberry.argument(description="How many, 1 to 100; beyond: the nearest of them.")
        ] = 20,
    ) -> list[DeliveryType]:
        user_id, read = info.context.reading().id, info.context.container.read_webhooks()
        limit = min(max(first, 1), DELIVERIES_MAX)
        found = await asked(lambda: read.deliveries(user_id, self.webhook.id, limit=limit))
        return [DeliveryType.of(delivery) for delivery in found]


@strawberry.input(description="An address that is told how one run ends, as webhooks are told.")
class CallbackInput:
    """`callback_url` of a run (R-501)."""

    url: str = strawberry.field(description="https:// on the public internet, port 443 usual.")
    secret: str = strawberry.field(
        description="Signs the messages: of your own making, 32 to 128 characters, never shown."
    )


@strawberry.type(description="A webhook with its newest secret, told here and never again.")
class WebhookSecret:
    """Keep the secret: it shows that a message is ours."""

    secret: str = strawberry.field(description="Signs every message to this webhook.")
    webhook: WebhookType = strawberry.field(description="What stays known of it.")

    @classmethod
    def of(cls, shown: ShownSecret) -> "WebhookSecret":
        return cls(secret=shown.secret, webhook=WebhookType.of(shown.webhook))


@strawberry.type(description="The webhook is told nothing any more.")
class WebhookDeleted:
    """Its deliveries went with it."""

    id: strawberry.ID = strawberry.field(description="Global id that it had.")


RegisterWebhookResult = Annotated[
    WebhookSecret | Refusal, strawberry.union("RegisterWebhookResult")
]
RotateWebhookSecretResult = Annotated[
    WebhookSecret | Refusal, strawberry.union("RotateWebhookSecretResult")
]
DeleteWebhookResult = Annotated[WebhookDeleted | Refusal, strawberry.union("DeleteWebhookResult")]
ResendDeliveryResult = Annotated[DeliveryType | Refusal, strawberry.union("ResendDeliveryResult")]
WebhookIdArgument = Annotated[strawberry.ID, strawberry.argument(description="Its global id.")]


@strawberry.type
class WebhookQueries:
    """The caller's own."""

    @strawberry.field(description="The caller's webhooks, the oldest first.")
    async def webhooks(self, info: Info) -> list[WebhookType]:
        user_id, read = info.context.reading().id, info.context.container.read_webhooks()
        return [WebhookType.of(webhook) for webhook in await asked(lambda: read.all(user_id))]


@strawberry.type
class WebhookMutations:
    """The caller's own."""

    @strawberry.mutation(description="Have an address told how runs end; at most 5.")
    async def register_webhook(
        self,
        info: Info,
        url: Annotated[
            str, strawberry.argument(description="https:// on the public internet, port 443 usual.")
        ],
    ) -> RegisterWebhookResult:
        user_id = info.context.of_account().id
        register = info.context.container.register_webhook()
        return await answered(info, lambda: WebhookSecret.of(register(user_id, url)))

    @strawberry.mutation(description="Give it a new secret; the last one signs too until the next.")
    async def rotate_webhook_secret(
        self, info: Info, id: WebhookIdArgument
    ) -> RotateWebhookSecretResult:
        user_id = info.context.of_account().id
        rotate = info.context.container.rotate_webhook_secret()
        return await answered(info, lambda: WebhookSecret.of(rotate(user_id, webhook_id_in(id))))

    @strawberry.mutation(description="Forget it and what was on its way to it.")
    async def delete_webhook(self, info: Info, id: WebhookIdArgument) -> DeleteWebhookResult:
        user_id, delete = info.context.of_account().id, info.context.container.delete_webhook()

        def deleted() -> WebhookDeleted:
            delete(user_id, webhook_id_in(id))
            return WebhookDeleted(id=id)

        return await answered(info, deleted)

    @strawberry.mutation(description="Send a delivery once more, with all its tries before it.")
    async def resend_delivery(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The delivery's global id.")],
    ) -> ResendDeliveryResult:
        user_id, resend = info.context.of_account().id, info.context.container.resend_delivery()
        return await answered(info, lambda: DeliveryType.of(resend(user_id, delivery_id_in(id))))


def webhook_id_in(text: str) -> WebhookId:
    """The webhook that a global id names; raises WebhookNotFound for what names none."""
    unknown = WebhookNotFound("no webhook has this id")
    return WebhookId(ids.uuid_in(text, kind=WEBHOOK, otherwise=lambda: unknown))


def delivery_id_in(text: str) -> DeliveryId:
    """The delivery that a global id names; raises DeliveryNotFound for what names none."""
    unknown = DeliveryNotFound("no delivery has this id")
    return DeliveryId(ids.uuid_in(text, kind=DELIVERY, otherwise=lambda: unknown))


async def found_webhook(info: Info, text: str) -> WebhookType | None:
    """The caller's webhook of this global id, or None, also for another user's."""
    user_id, read = info.context.reading().id, info.context.container.read_webhooks()
    try:
        return WebhookType.of(await asked(lambda: read.one(user_id, webhook_id_in(text))))
    except WebhookNotFound:
        return None


async def found_delivery(info: Info, text: str) -> DeliveryType | None:
    """The caller's delivery of this global id, or None, also for another user's."""
    user_id, read = info.context.reading().id, info.context.container.read_webhooks()
    try:
        found = await asked(lambda: read.delivery(user_id, delivery_id_in(text)))
    except DeliveryNotFound:
        return None
    return DeliveryType.of(found)
