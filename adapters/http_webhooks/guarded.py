"""Connections to addresses that strangers named: checked, pinned, timed and measured."""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpcore

from domain.webhook_address import AddressPolicy, is_allowed

ADDRESSES_MAX = 4
"""Of a name's addresses so many are tried, as far as the time lasts."""

Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], httpcore.NetworkStream]


class NotPublic(Exception):
    """The name leads to an address that nothing may be sent to."""


class NotResolved(Exception):
    """The name leads nowhere."""


class NotTrusted(Exception):
    """The other side has no certificate for the name that is trusted here."""


class OutOfTime(Exception):
    """The whole of it took longer than it may."""


class EnoughRead(Exception):
    """The other side sent as much as is read of anybody."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them; also of old spellings of an address."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def dial(address: str, port: int, timeout_s: float) -> httpcore.NetworkStream:
    """A connection to an address: there is nothing left to be resolved."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=timeout_s)


@dataclass(slots=True)
class Allowance:
    """What is left for one message, of its time and of what is read of the answer."""

    total_s: float
    answer_bytes_max: int
    _ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends_at = time.monotonic() + self.total_s

    def left_s(self) -> float:
        """Raises OutOfTime when nothing is left."""
        left_s = self._ends_at - time.monotonic()
        if left_s <= 0:
            raise OutOfTime
        return left_s

    def readable(self, wanted: int) -> int:
        """How much of `wanted` may be read; EnoughRead when it is nothing."""
        if self.answer_bytes_max <= 0:
            raise EnoughRead
        return min(wanted, self.answer_bytes_max)

    def spend(self, size_bytes: int) -> None:
        self.answer_bytes_max -= size_bytes


@dataclass(frozen=True, slots=True)
class GuardedBackend(httpcore.NetworkBackend):
    """Connects a name to one of its addresses, after every one of them was found to be allowed.

    The name is resolved once, and what was checked is what is connected to: a name that means
    something else a moment later (DNS rebinding) means nothing here. A name with one address that
    is not allowed is refused whole.
    """

    policy: AddressPolicy
    allowance: Allowance
    resolve: Resolve = resolve
    dial: Dial = dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout, local_address, socket_options
        addresses = self._resolved(host, port)
        if not all(is_allowed(address, policy=self.policy) for address in addresses):
            raise NotPublic
        failure: Exception = NotResolved()
        for address in addresses[:ADDRESSES_MAX]:
            try:
                stream = self.dial(address, port, self.allowance.left_s())
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return GuardedStream(stream, self.allowance)
        raise failure

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Resolving cannot be timed: it goes on in a thread of its own, and is not waited for."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self.resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name="webhook-resolver").start()
        try:
            answer = answers.get(timeout=self.allowance.left_s())
        except queue.Empty:
            raise OutOfTime from None
        if isinstance(answer, Exception) or not answer:
            raise NotResolved
        return answer


@dataclass(frozen=True, slots=True)
class GuardedStream(httpcore.NetworkStream):
    """A connection whose every step has but the time that is left of the whole."""

    inner: httpcore.NetworkStream
    allowance: Allowance

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        content = self.inner.read(self.allowance.readable(max_bytes), self.allowance.left_s())
        self.allowance.spend(len(content))
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self.inner.write(buffer, self.allowance.left_s())

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The certificate must be that of the name, not of the address that it was pinned to."""
        del timeout
        try:
            secured = self.inner.start_tls(ssl_context, server_hostname, self.allowance.left_s())
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise NotTrusted from error
            raise
        return GuardedStream(secured, self.allowance)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)
