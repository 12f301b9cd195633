"""What tells others of ended runs."""

import secrets

from dependency_injector import containers, providers

from application.queries.read_webhooks import ReadWebhooks
from application.use_cases.accept_callback import AcceptCallback
from application.use_cases.delete_webhook import DeleteWebhook
from application.use_cases.deliver_webhooks import DeliverWebhooks
from application.use_cases.expire_deliveries import ExpireDeliveries
from application.use_cases.register_webhook import RegisterWebhook
from application.use_cases.resend_delivery import ResendDelivery
from application.use_cases.rotate_webhook_secret import RotateWebhookSecret
from entrypoints.container.ground import Ground
from entrypoints.container.late import late


class Hooks(containers.DeclarativeContainer):
    register_webhook = providers.Factory(
        RegisterWebhook,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        policy=Ground.settings.provided.operation.webhooks,
    )
    accept_callback = providers.Factory(AcceptCallback, Ground.settings.provided.operation.webhooks)
    rotate_webhook_secret = providers.Factory(RotateWebhookSecret, Ground.unit_of_work.provider)
    delete_webhook = providers.Factory(DeleteWebhook, Ground.unit_of_work.provider)
    resend_delivery = providers.Factory(ResendDelivery, Ground.unit_of_work.provider, Ground.clock)
    read_webhooks = providers.Factory(ReadWebhooks, Ground.reading.provider)
    deliver_webhooks = providers.Factory(
        DeliverWebhooks,
        unit_of_work=Ground.unit_of_work.provider,
        sender=providers.Singleton(
            late("adapters.http_webhooks.sender", "HttpWebhookSender"),
            policy=Ground.settings.provided.operation.webhooks,
        ),
        clock=Ground.clock,
        chance=providers.Object(secrets.SystemRandom().random),
    )
    expire_deliveries = providers.Factory(
        ExpireDeliveries,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
        kept_for=Ground.settings.provided.operation.deliveries_kept,
    )
