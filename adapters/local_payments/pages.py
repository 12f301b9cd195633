"""The pages of the payment provider on this machine."""

from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Protocol
from uuid import UUID

from application.errors import AdapterError
from domain.credits import Credits
from domain.payment import PaymentId, PaymentOutcome

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<h1>{title}</h1>{content}</html>"""
_FORM = """<p>{amount} RUB. No money moves: this page stands in for a payment provider.</p>
<form method="post" action="{path}/succeeded"><button>Pay</button></form>
<form method="post" action="{path}/cancelled"><button>Cancel</button></form>"""


class Desk(Protocol):
    """What the pages need of the provider."""

    def asked(self, payment_id: PaymentId) -> Credits | None: ...

    def tell(self, payment_id: PaymentId, outcome: PaymentOutcome) -> int: ...


def pages_of(desk: Desk) -> type[BaseHTTPRequestHandler]:
    """The pages of one provider."""

    class Own(Pages):
        pass

    Own.desk = desk
    return Own


class Pages(BaseHTTPRequestHandler):
    """Answers `GET /pay/<id>`, `POST /pay/<id>/succeeded` and `POST /pay/<id>/cancelled`."""

    desk: Desk

    def do_GET(self) -> None:
        found = self._payment(parts=3)
        if found is None:
            self._answer(HTTPStatus.NOT_FOUND, "No such payment")
            return
        form = _FORM.format(amount=self.desk.asked(found), path=escape(self.path, quote=True))
        self._answer(HTTPStatus.OK, "Payment", form)

    def do_POST(self) -> None:
        found, word = self._payment(parts=4), self.path.rpartition("/")[2]
        if found is None or word not in set(PaymentOutcome):
            self._answer(HTTPStatus.NOT_FOUND, "No such payment")
            return
        try:
            status = self.desk.tell(found, PaymentOutcome(word))
        except AdapterError as error:
            self._answer(HTTPStatus.BAD_GATEWAY, f"Not told: {error.code}")
            return
        fine = HTTPStatus.OK if status < HTTPStatus.BAD_REQUEST else HTTPStatus.BAD_GATEWAY
        self._answer(fine, f"Told; the answer was {status}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Paths hold ids of payments, and logs hold none."""

    def _payment(self, *, parts: int) -> PaymentId | None:
        path = self.path.split("/")
        if len(path) != parts or path[1] != "pay":
            return None
        try:
            payment_id = PaymentId(UUID(path[2]))
        except ValueError:
            return None
        return payment_id if self.desk.asked(payment_id) is not None else None

    def _answer(self, status: HTTPStatus, title: str, content: str = "") -> None:
        body = _PAGE.format(title=escape(title), content=content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
