"""The receiving side of webhooks over real HTTP, as thin as whatever will mount it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from entrypoints.webhooks.payments import SIGNATURE_HEADER, Answer

LOOK_S = 0.02
"""So often it looks whether it should end: each test would wait the library's half a second."""


@contextmanager
def served(webhook: Callable[[bytes, str], Answer]) -> Iterator[str]:
    """Yield the URL under which the webhook is reached."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = webhook(body, self.headers.get(SIGNATURE_HEADER, ""))
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(LOOK_S,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/webhooks/payments"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
