"""Looking at the address that a start names, before anything is started (R-504)."""

from dataclasses import dataclass

from domain.callback import Callback
from domain.webhook_address import AddressPolicy


@dataclass(frozen=True, slots=True)
class AcceptCallback:
    """Checks an address by the rules of every webhook; it is looked at again when it is called."""

    policy: AddressPolicy

    def __call__(self, url: str, secret: str) -> Callback:
        """Raises InvalidWebhookAddress, InvalidCallbackSecret."""
        return Callback.parse(url, secret, policy=self.policy)
