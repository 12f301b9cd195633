"""A payment provider on this machine: whoever opens its page says that the money came, or not."""

import json
import threading
from http.client import HTTPConnection, HTTPException
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from adapters.local_payments.pages import pages_of
from application.errors import AdapterError
from application.ports.clock import Clock
from domain.credits import Credits
from domain.payment import CURRENCY, Payment, PaymentId, PaymentOutcome
from domain.webhook_signature import sign

ANSWER_TIMEOUT_S = 10.0
# So often it looks whether it should end: at the library's half a second, whoever ends it waits.
_LOOK_S = 0.05


class LocalPayments:
    """Serves a page a payment on loopback, and tells `webhook_url` what was pressed there.

    For embedded installations and tests: no money moves. What it has created is forgotten when it
    ends; the same payment can be created again.
    """

    def __init__(self, *, webhook_url: str, secret: str, clock: Clock) -> None:
        self._webhook_url = webhook_url
        self._secret = secret
        self._clock = clock
        self._asked: dict[PaymentId, Credits] = {}

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), pages_of(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_LOOK_S,), daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def create(self, payment: Payment) -> str:
        self._asked[payment.id] = payment.amount
        return f"http://127.0.0.1:{self._server.server_port}/pay/{payment.id}"

    def asked(self, payment_id: PaymentId) -> Credits | None:
        """What is to be paid; None for a payment that was not created here."""
        return self._asked.get(payment_id)

    def tell(self, payment_id: PaymentId, outcome: PaymentOutcome) -> int:
        """Sends the webhook; the status of the answer. Raises AdapterError when none comes."""
        event = {
            "event": f"payment.{outcome}",
            "payment_id": str(payment_id),
            "amount": str(self._asked[payment_id]),
            "currency": CURRENCY,
        }
        body = json.dumps(event).encode()
        return post_signed(
            self._webhook_url, body, sign(body, secret=self._secret, now=self._clock.now())
        )


def post_signed(url: str, body: bytes, signature: str) -> int:
    """One webhook over HTTP; the status of its answer. Raises AdapterError when none comes."""
    target = urlsplit(url)
    connection = HTTPConnection(target.netloc, timeout=ANSWER_TIMEOUT_S)
    headers = {"Content-Type": "application/json", "Webhook-Signature": signature}
    try:
        connection.request("POST", target.path, body, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException) as error:
        name = type(error).__name__
        raise AdapterError(
            f"the webhook was not answered ({name})", code="webhook_unanswered", retryable=True
        ) from error
    else:
        return answer.status
    finally:
        connection.close()
