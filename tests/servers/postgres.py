"""A private PostgreSQL for the tests, on a free loopback port, gone when they end."""

import contextlib
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.engine import create_engine
from sqlalchemy.sql import text

from tests.outside import require

START_TIMEOUT_S = 60
# Nothing here outlives the tests, so nothing needs to survive a power cut.
CARELESS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """Yield a server where databases may be made and dropped at will.

    `TRENDFLOW_DATABASE_URL` names one that runs already; else a private one is started.
    """
    given = os.environ.get("TRENDFLOW_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    programs = require("postgres")
    with _folder() as folder, _server(programs, folder) as server:
        yield server.url


@pytest.fixture
def restartable_postgres() -> Iterator["PrivatePostgres"]:
    """Yield a server of this test's own, which it may stop and start again."""
    programs = require("postgres")
    with _folder() as folder, _server(programs, folder) as server:
        yield server


@pytest.fixture
def durable_postgres() -> Iterator["PrivatePostgres"]:
    """Yield a server of this test's own that keeps what it has acknowledged, as in production."""
    with private_postgres() as server:
        yield server


@contextlib.contextmanager
def private_postgres(settings: Sequence[str] = ()) -> Iterator["PrivatePostgres"]:
    """A server that runs until the context is left; what it has acknowledged it keeps."""
    programs = require("postgres")
    with _folder() as folder, _server(programs, folder, settings=settings) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """Yield the URL of an empty database of this test's own."""
    with made_database(postgres_server) as url:
        yield url


@contextlib.contextmanager
def made_database(server: URL) -> Iterator[str]:
    """Yield the URL of an empty database, which is gone afterwards."""
    name = f"test_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    # Not pytest's own: the server may run as another user, who must be able to reach it.
    folder = Path(tempfile.mkdtemp(prefix="trendflow-postgres-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@dataclass(slots=True)
class PrivatePostgres:
    """A server on the files of one folder, on one port of the loopback interface."""

    programs: Path
    folder: Path
    port: int
    settings: Sequence[str] = tuple(CARELESS)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> URL:
        return URL.create(
            "postgresql+psycopg", "trendflow", host="127.0.0.1", port=self.port, database="postgres"
        )

    def start(self) -> None:
        """Starts it and waits until it answers."""
        data, log = self.folder / "data", self.folder / "log"
        options = [f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories="]
        flags = [part for option in [*options, *self.settings] for part in ("-c", option)]
        command = [str(self.programs / "postgres"), "-D", str(data), *flags]
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [*_as_ordinary_user(), *_ends_with_us(), *command],
                stdout=out,
                stderr=out,
                cwd=self.folder,
            )
        _wait(self.process, port=self.port, log=log)

    def stop(self) -> None:
        """Shuts it down at once: whoever is connected loses the connection."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=START_TIMEOUT_S)
            self.process = None

    def kill(self) -> None:
        """Ends it and all its helpers with SIGKILL, as a crash would; none is left afterwards."""
        if self.process is None:
            return
        # Still first: it would start crash recovery by itself when it sees a helper die, and
        # whom it starts while its helpers are listed would be missed.
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        helpers = psutil.Process(self.process.pid).children(recursive=True)
        with contextlib.ExitStack() as stack:
            ends = [_end_of(pid, stack) for pid in [*(h.pid for h in helpers), self.process.pid]]
            for end in ends:
                signal.pidfd_send_signal(end, signal.SIGKILL)
            # A helper that is still dying holds the shared memory: a new server would refuse.
            for end in ends:
                _wait_for(end)
        self.process.wait(timeout=START_TIMEOUT_S)
        self.process = None


def _end_of(pid: int, stack: contextlib.ExitStack) -> int:
    """A descriptor that becomes readable when the process has ended."""
    end = os.pidfd_open(pid)
    stack.callback(os.close, end)
    return end


def _wait_for(end: int) -> None:
    ready, _, _ = select.select([end], [], [], START_TIMEOUT_S)
    if not ready:
        raise RuntimeError("a killed process of PostgreSQL did not end")


@contextlib.contextmanager
def _server(
    programs: Path, folder: Path, *, settings: Sequence[str] = tuple(CARELESS)
) -> Iterator[PrivatePostgres]:
    data, log = folder / "data", folder / "log"
    as_user = _as_ordinary_user()
    data.mkdir(mode=0o700)
    if as_user:
        shutil.chown(data, *_ordinary_user())
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "trendflow", "-A", "trust"]
    with log.open("wb") as out:
        subprocess.run(
            [*as_user, *initdb, "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            stdout=out,
            cwd=folder,
        )
    server = PrivatePostgres(programs, folder, _free_port(), settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _ordinary_user() -> tuple[str, int]:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return name, pwd.getpwnam(name).pw_gid
    raise LookupError("PostgreSQL refuses to run as root, and there is no other user")


def _as_ordinary_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    name, group = _ordinary_user()
    return ["setpriv", f"--reuid={name}", f"--regid={group}", "--clear-groups"]


def _ends_with_us() -> list[str]:
    # However the tests end, the kernel tells the server to shut down.
    return ["setpriv", "--pdeathsig=INT"] if shutil.which("setpriv") else []


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: subprocess.Popen[bytes], *, port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    address = f"postgresql://trendflow@127.0.0.1:{port}/postgres"
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(address, connect_timeout=2).close()
            return
        time.sleep(0.03)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')[-2000:]}")
