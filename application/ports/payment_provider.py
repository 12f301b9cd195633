"""Who takes the money."""

from typing import Protocol

from domain.payment import Payment


class PaymentProvider(Protocol):
    """Takes roubles from a person and tells by a signed webhook what became of it.

    The webhook's body is JSON: `event` (`payment.succeeded` or `payment.cancelled`), `payment_id`,
    `amount` (roubles as text, `"500.00"`) and `currency` (`"RUB"`). It may come twice, late and in
    any order. The header `Webhook-Signature` is that of `domain.webhook_signature`.
    """

    def create(self, payment: Payment) -> str:
        """Where the person pays (a URL). The same payment again gives the same place.

        Raises AdapterError.
        """
        ...
