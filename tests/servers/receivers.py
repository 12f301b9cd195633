"""Receivers of webhooks on this machine, polite and hostile, plain and over TLS."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.servers.certificates import Certificates

Answer = Callable[[socket.socket], None]


@dataclass(slots=True)
class Receiver:
    """One listening socket, and the requests that came to it."""

    port: int
    requests: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    connections: int = 0

    @property
    def head(self) -> str:
        return self.requests[0].partition(b"\r\n\r\n")[0].decode()

    @property
    def body(self) -> bytes:
        return self.requests[0].partition(b"\r\n\r\n")[2]

    @property
    def headers(self) -> dict[str, str]:
        lines = self.head.split("\r\n")[1:]
        return dict(line.split(": ", 1) for line in lines)


def says(status: str, *headers: str, body: bytes = b"") -> Answer:
    """Answer with a status and go."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]

    def answer(connection: socket.socket) -> None:
        connection.sendall("\r\n".join(lines).encode() + body)

    return answer


def pours(size_bytes: int) -> Answer:
    """Answer 200 and send as much as anybody takes, up to a size."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {size_bytes}\r\n\r\n".encode())
        block = bytes(1 << 16)
        for _ in range(size_bytes // len(block)):
            connection.sendall(block)

    return answer


def drips(text: bytes, *, pause_s: float) -> Answer:
    """Send a byte at a time."""

    def answer(connection: socket.socket) -> None:
        for byte in text:
            connection.sendall(bytes([byte]))
            time.sleep(pause_s)

    return answer


def is_silent(connection: socket.socket) -> None:
    """Say nothing until the other side hangs up."""
    connection.recv(1)


@contextmanager
def receiving(answer: Answer, certificates: Certificates | None = None) -> Iterator[Receiver]:
    """Listen on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    receiver, over = Receiver(listener.getsockname()[1]), threading.Event()
    context = _context(receiver, certificates) if certificates else None

    def serve(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            plain = context.wrap_socket(connection, server_side=True) if context else connection
            with plain:
                receiver.requests.append(_request(plain))
                answer(plain)

    def listen() -> None:
        while not over.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                receiver.connections += 1
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        over.set()
        thread.join()
        listener.close()


def _context(receiver: Receiver, certificates: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.server, certificates.server_key)

    def named(_: ssl.SSLObject, name: str | None, __: ssl.SSLContext) -> None:
        receiver.names.append(name)

    context.sni_callback = named
    return context


def _request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += _more(connection)
    head, _, body = request.partition(b"\r\n\r\n")
    lengths = [int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")]
    while len(body) < sum(lengths):
        body += _more(connection)
    return head + b"\r\n\r\n" + body


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(1 << 16)
    if not part:
        raise ConnectionResetError
    return part
