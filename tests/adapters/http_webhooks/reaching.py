"""A public internet in small: names, their addresses, and where on this machine those stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

from adapters.http_webhooks import guarded

NAME = "hooks.example.com"
PUBLIC = "93.184.215.14"


@dataclass(slots=True)
class Internet:
    """What each name resolves to, one answer a time and then the last; who stands at an address.

    An address that nobody was placed at is dialled as it is.
    """

    answers: list[Sequence[str]] = field(default_factory=lambda: [[PUBLIC]])
    places: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    read_bytes: int = 0

    def resolve(self, host: str, port: int) -> Sequence[str]:
        del port
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def dial(self, address: str, port: int, timeout_s: float) -> httpcore.NetworkStream:
        """Dial the way the system does; a name, should it come here, is resolved once more."""
        self.dialled.append(address)
        if address == NAME:
            address = self.resolve(address, port)[0]
        if address in self.places:
            address, port = "127.0.0.1", self.places[address]
        return Counting(guarded.dial(address, port, timeout_s), self)


@dataclass(slots=True)
class Counting(httpcore.NetworkStream):
    """A connection that counts what is read from it."""

    inner: httpcore.NetworkStream
    internet: Internet

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        content = self.inner.read(max_bytes, timeout)
        self.internet.read_bytes += len(content)
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, timeout)

    def close(self) -> None:
        self.inner.close()

    def start_tls(self, *given: Any) -> httpcore.NetworkStream:
        return self.inner.start_tls(*given)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)
