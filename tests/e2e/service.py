"""The service as its own process, as `trendflow serve` starts it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from tests.outside import ROOT

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60


@contextlib.contextmanager
def service(data_dir: Path, *, command: str = "serve") -> Iterator[str]:
    """Yields where it answers; asked to end, with its worker, when the context does."""
    port = _free_port()
    arguments = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRENDFLOW_")}
    log = data_dir.with_suffix(".log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*arguments, command, "--port", str(port)],
            stdout=out,
            stderr=out,
            cwd=ROOT,
            env={**environment, "LC_ALL": "C.UTF-8"},
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_TIMEOUT_S)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    asked = {"query": "{ __typename }"}
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            if httpx.post(f"{url}/graphql", json=asked).status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the service did not start:\n{log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
