"""A private RabbitMQ node for the tests, on free loopback ports, gone when they end."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pika
import pytest
from pika.exceptions import AMQPError

from tests.outside import require
from tests.servers.certificates import Certificates

START_TIMEOUT_S = 120
STOP_TIMEOUT_S = 60
_USER, _WORD = "trendflow", "private"

_SETTINGS = """\
loopback_users = none
default_user = {user}
default_pass = {word}
listeners.tcp.1 = 127.0.0.1:{port}
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
log.console = true
log.file = false
"""

_TLS = """\
listeners.ssl.1 = 127.0.0.1:{port}
ssl_options.cacertfile = {authority}
ssl_options.certfile = {certificate}
ssl_options.keyfile = {key}
ssl_options.verify = verify_peer
ssl_options.fail_if_no_peer_cert = true
ssl_options.versions.1 = tlsv1.3
ssl_options.versions.2 = tlsv1.2
"""


@dataclass(slots=True)
class PrivateRabbit:
    """A node on the files of one folder, with a port mapper of its own: both end with us."""

    program: Path
    folder: Path
    ports: tuple[int, int, int, int]
    node: str = field(default_factory=lambda: f"rabbit{uuid4().hex[:8]}@localhost")
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"amqp://{_USER}:{_WORD}@127.0.0.1:{self.ports[0]}/%2F"

    @property
    def encrypted_url(self) -> str:
        """Where only those are let in who show a certificate."""
        return f"amqps://{_USER}:{_WORD}@localhost:{self.ports[3]}/%2F"

    def start(self) -> None:
        """Starts it, with what it kept, and waits until it answers."""
        _, mapped, mapper, _ = self.ports
        environment = {
            **{name: os.environ[name] for name in ("PATH",)},
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(mapper),
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_DIST_PORT": str(mapped),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self.folder / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                "-kernel inet_dist_use_interface {127,0,0,1} "
                "+sbwt none +sbwtdcpu none +sbwtdio none"
            ),
        }
        epmd = shutil.which("epmd") or "epmd"
        self._spawn([epmd, "-address", "127.0.0.1", "-port", str(mapper)], environment)
        self._spawn([str(self.program)], environment)
        self._await()

    def stop(self) -> None:
        """Shuts it down in order; what it has confirmed is kept."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stops and starts it: whoever is connected loses the connection."""
        self.stop()
        self.start()

    def _spawn(self, command: Sequence[str], environment: dict[str, str]) -> None:
        with (self.folder / "out").open("ab") as out:
            process = subprocess.Popen(
                [*_as_ordinary_user(), *_ends_with_us(), *command],
                env=environment,
                cwd=self.folder,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.processes.append(process)

    def _end(self, number: signal.Signals) -> None:
        # The node before its port mapper. Its shell and the machine are one group.
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(STOP_TIMEOUT_S)
            _await_group(process.pid)
        self.processes.clear()

    def _await(self) -> None:
        deadline_s = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline_s and self.processes[-1].poll() is None:
            # Without this a test's log would fill with tries that had to fail.
            with socket.socket() as probe:
                is_open = probe.connect_ex(("127.0.0.1", self.ports[0])) == 0
            if is_open:
                with contextlib.suppress(AMQPError, OSError):
                    pika.BlockingConnection(pika.URLParameters(self.url)).close()
                    return
            time.sleep(0.1)
        told = (self.folder / "out").read_text(errors="replace")[-3000:]
        self._end(signal.SIGKILL)
        raise RuntimeError(f"RabbitMQ did not start:\n{told}")


@pytest.fixture(scope="session")
def rabbit_server() -> Iterator[str]:
    """Yield the URL of a node; `TRENDFLOW_BROKER_URL` names one that runs already."""
    with _named_or_private() as url:
        yield url


@pytest.fixture(scope="session")
def undisturbed_rabbit() -> Iterator[str]:
    """Yield the URL of a node whose queues nobody deletes under a worker that reads them.

    Tests of queues begin and end without any, and a reader does not always notice: Dramatiq waits
    on for what the broker no longer sends. A node that was named is everybody's: these follow it.
    """
    with _named_or_private() as url:
        yield url


@contextlib.contextmanager
def _named_or_private() -> Iterator[str]:
    given = os.environ.get("TRENDFLOW_BROKER_URL")
    if given:
        yield given
        return
    with private_rabbit(require("rabbitmq")) as rabbit:
        yield rabbit.url


@pytest.fixture
def restartable_rabbit() -> Iterator[PrivateRabbit]:
    """Yield a node of this test's own, which it may stop and start again."""
    with private_rabbit(require("rabbitmq")) as rabbit:
        yield rabbit


@contextlib.contextmanager
def private_rabbit(
    program: Path, *, certificates: Certificates | None = None
) -> Iterator[PrivateRabbit]:
    """A node that runs until the context is left; with certificates also for those who show one."""
    folder = Path(tempfile.mkdtemp(prefix="trendflow-rabbitmq-"))
    folder.chmod(0o755)
    rabbit = PrivateRabbit(program, folder, _free_ports())
    try:
        for name in ("data", "log"):
            (folder / name).mkdir()
        settings = _SETTINGS.format(user=_USER, word=_WORD, port=rabbit.ports[0])
        if certificates is not None:
            settings += _encrypted(certificates, folder, port=rabbit.ports[3])
        (folder / "rabbitmq.conf").write_text(settings)
        (folder / "advanced.config").write_text("[].")
        (folder / "enabled_plugins").write_text("[].")
        if _as_ordinary_user():
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, *_ordinary_user())
        rabbit.start()
        yield rabbit
    finally:
        rabbit.stop()
        shutil.rmtree(folder)


def _encrypted(certificates: Certificates, folder: Path, *, port: int) -> str:
    """Settings of a listener for mutual TLS; the node has copies, as it is another user."""
    for file in (certificates.authority, certificates.server, certificates.server_key):
        shutil.copy(file, folder)
    return _TLS.format(
        port=port,
        authority=folder / certificates.authority.name,
        certificate=folder / certificates.server.name,
        key=folder / certificates.server_key.name,
    )


def _ordinary_user() -> tuple[str, int]:
    for name in ("rabbitmq", "nobody"):
        with contextlib.suppress(KeyError):
            return name, pwd.getpwnam(name).pw_gid
    raise LookupError("a broker does not run as root, and there is no other user")


def _as_ordinary_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    name, group = _ordinary_user()
    return ["setpriv", f"--reuid={name}", f"--regid={group}", "--clear-groups"]


def _ends_with_us() -> list[str]:
    # However the tests end, the kernel tells the server to shut down.
    return ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []


def _free_ports() -> tuple[int, int, int, int]:
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(4)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        plain, mapped, mapper, encrypted = (int(probe.getsockname()[1]) for probe in probes)
    return plain, mapped, mapper, encrypted


def _await_group(group: int) -> None:
    """A new node must find the ports and the files of the old one free."""
    deadline_s = time.monotonic() + STOP_TIMEOUT_S
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline_s:
            os.killpg(group, 0)
            time.sleep(0.05)
        os.killpg(group, signal.SIGKILL)
