"""The service as its own process, as `trendflow serve` starts it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx

from tests.outside import ROOT
from tests.servers.certificates import Certificates

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60


@contextlib.contextmanager
def service(data_dir: Path, *, command: str = "serve") -> Iterator[str]:
    """Yields where it answers; asked to end, with its worker, when the context does."""
    with _process(data_dir, command, {}) as (port, process, log):
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield url


@contextlib.contextmanager
def synchronous(data_dir: Path, shown: Certificates) -> Iterator[str]:
    """Yields where `trendflow sync` answers who shows a certificate of the same authority."""
    settings = {
        "TRENDFLOW_SYNC": "on",
        "TRENDFLOW_SYNC_CA": str(shown.authority),
        "TRENDFLOW_SYNC_CERTIFICATE": str(shown.server),
        "TRENDFLOW_SYNC_KEY": str(shown.server_key),
    }
    with _process(data_dir, "sync", settings) as (port, process, log):
        deadline = time.monotonic() + START_TIMEOUT_S
        while process.poll() is None and time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"the endpoint did not start:\n{log.read_text()[-2000:]}")
        yield f"https://127.0.0.1:{port}"


@contextlib.contextmanager
def _process(
    data_dir: Path, command: str, settings: Mapping[str, str]
) -> Iterator[tuple[int, subprocess.Popen[bytes], Path]]:
    port = _free_port()
    arguments = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TRENDFLOW_")}
    log = data_dir.with_suffix(f".{command}.log")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*arguments, command, "--port", str(port)],
            stdout=out,
            stderr=out,
            cwd=ROOT,
            env={**environment, "LC_ALL": "C.UTF-8", **settings},
        )
    try:
        yield port, process, log
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
