"""Servers as processes of their own, of which processor time and memory are known."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx
import psutil

from tests.outside import ROOT

START_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A server under measurement."""

    url: str
    process: psutil.Process

    @property
    def cpu_s(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    @property
    def rss_kib(self) -> float:
        return float(self.process.memory_info().rss) / 1024


@contextlib.contextmanager
def served(
    module: str, arguments: Sequence[str], *, port_option: Sequence[str]
) -> Iterator[Served]:
    """`python -m module arguments` with a free port; ended by its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", module, *arguments, *port_option, str(port)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Served(url, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(START_TIMEOUT_S)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            httpx.post(f"{url}/graphql", json={"query": "{ __typename }"})
            return
        time.sleep(0.1)
    raise RuntimeError(f"{url} did not start")
