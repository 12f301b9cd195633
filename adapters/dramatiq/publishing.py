"""One batch of messages to one queue, confirmed in windows: the wait for a disk is shared."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pika
from pika.exceptions import AMQPError

WINDOW = 100
"""As many messages are on their way unconfirmed (docs/performance.md)."""
LIMIT_S = 30.0
CLOSE_S = 1.0


class Batch:
    """Publishes over a connection of its own; `publish` gives the places that were confirmed.

    A message is confirmed once the broker has it on its disk, and not when no queue took it. Where
    the connection ends or `LIMIT_S` pass, what was confirmed until then counts.
    """

    def __init__(self, parameters: Any, queue: str, bodies: Sequence[bytes]) -> None:
        self._parameters = parameters
        self._queue = queue
        self._bodies = bodies
        self._sent = 0
        self._open: set[int] = set()
        self._refused: set[int] = set()
        self._confirmed: set[int] = set()
        self._channel: Any = None

    def publish(self) -> frozenset[int]:
        """The places in `bodies` of the messages that the broker keeps."""
        connection = pika.SelectConnection(
            self._parameters,
            on_open_callback=self._opened,
            on_open_error_callback=lambda broken, _: broken.ioloop.stop(),
            on_close_callback=lambda broken, _: broken.ioloop.stop(),
        )
        connection.ioloop.call_later(LIMIT_S, connection.ioloop.stop)
        try:
            connection.ioloop.start()
        except (AMQPError, OSError):
            # What was confirmed before the connection broke is confirmed.
            return frozenset(self._confirmed)
        finally:
            _close(connection)
        return frozenset(self._confirmed)

    def _opened(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._ready)

    def _ready(self, channel: Any) -> None:
        self._channel = channel
        channel.add_on_return_callback(self._returned)
        channel.add_on_close_callback(lambda closed, _: closed.connection.ioloop.stop())
        channel.confirm_delivery(self._heard, callback=lambda _: self._send())

    def _send(self) -> None:
        while self._sent < len(self._bodies) and len(self._open) < WINDOW:
            kept = pika.BasicProperties(
                delivery_mode=pika.DeliveryMode.Persistent.value, message_id=str(self._sent)
            )
            self._channel.basic_publish(
                "", self._queue, self._bodies[self._sent], kept, mandatory=True
            )
            self._open.add(self._sent)
            self._sent += 1
        if not self._open:
            self._channel.connection.close()

    def _returned(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        """No queue took it; the confirmation that follows says only that it was handled."""
        del channel, method, body
        self._refused.add(int(properties.message_id))

    def _heard(self, frame: Any) -> None:
        """Tags count from 1 in the order of sending; `multiple` answers for all before too."""
        method = frame.method
        last = method.delivery_tag - 1
        answered = {place for place in self._open if place <= last} if method.multiple else {last}
        self._open -= answered
        if isinstance(method, pika.spec.Basic.Ack):
            self._confirmed |= answered - self._refused
        self._send()


def _close(connection: Any) -> None:
    """Gives back what a connection holds, whatever state it was left in."""
    if connection.is_open:
        connection.close()
    if connection.is_closing:
        _turn(connection, CLOSE_S)
    connection.ioloop.close()


def _turn(connection: Any, limit_s: float) -> None:
    connection.ioloop.call_later(limit_s, connection.ioloop.stop)
    with suppress(AMQPError, OSError):
        connection.ioloop.start()
