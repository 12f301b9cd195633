"""An address that is told how one run ends, named when the run is started (R-501, R-504)."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from domain.errors import InvalidCallbackSecret
from domain.run import Run
from domain.webhook import Webhook, WebhookId
from domain.webhook_address import AddressPolicy, WebhookAddress

CALLBACKS_MAX = 5
"""So many a run: a result that is fresh may be asked for again and again."""
SECRET_CHARACTERS_MIN, SECRET_CHARACTERS_MAX = 32, 128
_SECRET = re.compile(rf"[!-~]{{{SECRET_CHARACTERS_MIN},{SECRET_CHARACTERS_MAX}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Callback:
    """A checked address, and the secret of the asker's own that signs what it is told."""

    url: str
    secret: str = field(repr=False)

    @classmethod
    def parse(cls, url: str, secret: str, *, policy: AddressPolicy) -> "Callback":
        """Raises InvalidWebhookAddress, InvalidCallbackSecret; neither shows what was given."""
        address = WebhookAddress.parse(url, policy=policy)
        if not _SECRET.fullmatch(secret):
            raise InvalidCallbackSecret(
                "the secret is too short, too long or not plain",
                least=SECRET_CHARACTERS_MIN,
                most=SECRET_CHARACTERS_MAX,
            )
        return cls(address.url, secret)

    def webhook(self, webhook_id: WebhookId, run: Run, *, now: datetime) -> Webhook:
        """The webhook of this run alone."""
        return Webhook(
            id=webhook_id,
            user_id=run.user_id,
            run_id=run.id,
            url=self.url,
            secrets=(self.secret,),
            created_at=now,
        )
