"""Servers that speak gRPC and do nothing but fail, or never answer."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc


@dataclass(slots=True)
class FailingServer:
    """Counts the calls that came, by their method; every call ends with `code`, or never."""

    code: grpc.StatusCode | None
    words: str = "made to fail"
    port: int = 0
    calls: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def service(self, details: Any) -> Any:
        """Whatever is called, by gRPC's way of asking who answers."""
        self.calls.append(details.method.rpartition("/")[2])
        return grpc.unary_unary_rpc_method_handler(self._answer)

    def _answer(self, _request: bytes, context: Any) -> bytes:
        if self.code is None:
            self.over.wait()
        context.abort(self.code or grpc.StatusCode.UNAVAILABLE, self.words)
        return b""


@contextmanager
def failing(code: grpc.StatusCode | None, words: str = "made to fail") -> Iterator[FailingServer]:
    """Such a server on a free port of this machine; without a code it is silent."""
    failing_server = FailingServer(code, words)
    server = grpc.server(ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((failing_server,))
    failing_server.port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield failing_server
    finally:
        failing_server.over.set()
        server.stop(None).wait()
