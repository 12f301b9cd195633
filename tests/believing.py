"""What a receiver of webhooks does, by the example of our own page for receivers."""

import re
from datetime import datetime
from typing import Any, Protocol

from application.use_cases.deliver_webhooks import SIGNATURE_HEADER
from tests.outside import ROOT


class Message(Protocol):
    """A request as it came in."""

    @property
    def body(self) -> bytes: ...

    @property
    def headers(self) -> Any: ...


def sample_verifier(planted: tuple[str, str] = ("", "")) -> Any:
    """The function of `docs/how-to/verify-webhooks.md`, taken from the page itself.

    In what is `planted` the first text reads as the second: a copy without one of its guards.
    """
    page = (ROOT / "docs" / "how-to" / "verify-webhooks.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    if code.count(planted[0]) != 1 and planted[0]:
        raise LookupError(planted[0])
    exec(code.replace(*planted), names)  # noqa: S102 - our own page
    return names["is_believed"]


def believes(message: Message, secret: str, *, now: datetime) -> bool:
    header = message.headers[SIGNATURE_HEADER]
    return bool(sample_verifier()(message.body, header, secret, now.timestamp()))
