"""Where a payment provider tells of payments, as HTTP."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from entrypoints.webhooks.payments import SIGNATURE_HEADER, PaymentWebhook

PLACE = "/webhooks/payments"


@dataclass(frozen=True, slots=True)
class PaymentsEndpoint:
    """Hands body and signature on; whoever stands before it has bounded the body."""

    webhook: PaymentWebhook

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body, signature = await request.body(), request.headers.get(SIGNATURE_HEADER, "")
        answer = await run_in_threadpool(self.webhook, body, signature)
        response = Response(answer.body, answer.status, media_type="application/json")
        await response(scope, receive, send)
