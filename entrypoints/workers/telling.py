"""A round of deliveries to webhooks, told in the log by ids and codes."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.webhook import Delivery

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ToldDeliveries:
    """Does a round and writes a line for each delivery that was tried."""

    deliver: Callable[[], Sequence[Delivery]]

    def __call__(self) -> None:
        for delivery in self.deliver():
            reply = delivery.reply
            _log.info(
                "webhook.tried delivery=%s run=%s event=%s tries=%d state=%s outcome=%s status=%s",
                delivery.id,
                delivery.end.run_id,
                delivery.end.event,
                delivery.tries,
                delivery.state,
                reply.outcome if reply else "",
                (reply.http_status if reply else None) or "",
            )
