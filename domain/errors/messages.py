"""Refusals of what is signed or sent: messages, links and webhooks."""

from domain.errors.refusal import DomainError


class InvalidEvent(DomainError):
    """What a provider sent is not a message that is understood."""

    code = "invalid_event"


class SignatureInvalid(DomainError):
    """A message was not signed with the secret that is shared with its sender."""

    code = "signature_invalid"


class SignatureExpired(DomainError):
    """A message was signed too long ago, or in the future; it may have been overheard."""

    code = "signature_expired"


class SignedLinkInvalid(DomainError):
    """A link was not signed by us, or for something else; it is as unknown as any other."""

    code = "signed_link_invalid"


class SignedLinkExpired(DomainError):
    """A link was signed by us, and its time is over."""

    code = "signed_link_expired"


class InvalidWebhookAddress(DomainError):
    """A webhook cannot go to this address; `detail` says what is wrong with it."""

    code = "invalid_webhook_address"


class InvalidCallbackSecret(DomainError):
    """What is to sign the messages of a callback is too short, too long or not plain."""

    code = "invalid_callback_secret"


class WebhookNotFound(DomainError):
    """This user has no webhook of that id."""

    code = "webhook_not_found"


class TooManyWebhooks(DomainError):
    """The user has as many webhooks as one may have."""

    code = "too_many_webhooks"


class DeliveryNotFound(DomainError):
    """This user has no delivery of that id."""

    code = "delivery_not_found"
