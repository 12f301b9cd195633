"""Whether the broker answers at all."""

import pika
from pika.exceptions import AMQPError

from adapters.dramatiq.broker import Address
from application.errors import AdapterError

ANSWER_S = 2.0


def ping(at: Address) -> None:
    """Opens a connection and closes it again; AdapterError `broker_unavailable` otherwise."""
    parameters = at.parameters()
    parameters.socket_timeout = parameters.stack_timeout = ANSWER_S
    parameters.blocked_connection_timeout = ANSWER_S
    parameters.connection_attempts = 1
    try:
        pika.BlockingConnection(parameters).close()
    except (AMQPError, OSError) as error:
        # The words of the library may hold the address.
        name = type(error).__name__
        raise AdapterError(
            f"the broker failed ({name})", code="broker_unavailable", retryable=True
        ) from error
