"""A private Triton server for the tests, on free loopback ports, gone when they end.

The server of PyPI's nvidia-pytriton has the Python backend alone: there a few lines of Python run
the repository's own `model.onnx`. What stands in production is Triton's ONNX backend, which reads
the same files.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.onnx_models import write_repository
from tests.outside import MODELS, require

START_TIMEOUT_S = 240
"""Of all built models: each has a process of its own."""
STOP_TIMEOUT_S = 30
_PORTS = (12_000, 32_000)

_MODEL = Path(__file__).with_name("triton_model.py")


@dataclass(slots=True)
class PrivateTriton:
    """A server over a repository; it may be stopped and started again on its ports."""

    program: Path
    folder: Path
    repository: Path
    ports: tuple[int, int, int]
    process: subprocess.Popen[bytes] | None = None
    region: str = field(default_factory=lambda: f"tf{secrets.token_hex(4)}_")

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.ports[1]}"

    @property
    def url(self) -> str:
        return f"grpc://{self.address}"

    def start(self) -> None:
        """Takes the repository as it is now, starts and waits until every model is ready."""
        self._launch()
        if not self._is_up():
            told = (self.folder / "log").read_text(errors="replace")[-3000:]
            self.stop()
            raise RuntimeError(f"Triton did not start:\n{told}")

    def _launch(self) -> None:
        served = self.folder / "served"
        shutil.rmtree(served, ignore_errors=True)
        _lay_out(self.repository, served)
        http, grpc, metrics = self.ports
        command = [
            *(str(self.program), f"--model-repository={served}"),
            f"--backend-directory={self.folder / 'backends'}",
            *("--http-address=127.0.0.1", f"--http-port={http}"),
            *("--grpc-address=127.0.0.1", f"--grpc-port={grpc}"),
            *("--metrics-address=127.0.0.1", f"--metrics-port={metrics}"),
            *("--strict-readiness=true", "--exit-timeout-secs=2", "--allow-gpu-metrics=false"),
            "--backend-config=python,shm-default-byte-size=1048576",
            f"--backend-config=python,shm-region-prefix-name={self.region}",
            # Nothing is missing from our configs: asking for it costs every model one more helper.
            "--disable-auto-complete-config",
            # One helper at a time has the better chance to be heard (see `triton_model.py`).
            "--model-load-thread-count=1",
        ]
        with (self.folder / "log").open("ab") as out:
            self.process = subprocess.Popen(
                [*_ends_with_us(), *command],
                env=_environment(),
                cwd=self.folder,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Ends it and its helpers."""
        if self.process is None:
            return
        # Whoever is still connected would hold it up: what it has answered is answered.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_TIMEOUT_S)
        self.process = None
        for left in Path("/dev/shm").glob(f"{self.region}*"):  # noqa: S108 - its own, by its prefix
            left.unlink(missing_ok=True)

    def is_ready(self) -> bool:
        """Whether it takes requests, over HTTP."""
        address = f"http://127.0.0.1:{self.ports[0]}/v2/health/ready"
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _is_up(self) -> bool:
        """Waits until it takes requests; False where it ends before, or is too late."""
        assert self.process is not None
        deadline_s = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline_s and self.process.poll() is None:
            if self.is_ready():
                return True
            time.sleep(0.05)
        return False


@pytest.fixture(scope="session")
def triton_server() -> Iterator[PrivateTriton]:
    """Yield a server of the two models of the contract."""
    with private_triton(require("triton")) as server:
        yield server


@pytest.fixture(scope="session")
def built_triton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateTriton]:
    """Yield a server of every model that is built on this machine and that Triton reads."""
    repository = link_built_models(tmp_path_factory.mktemp("repository"))
    with private_triton(require("triton"), repository) as server:
        yield server


def link_built_models(repository: Path) -> Path:
    """Make `repository` one of links to every model that is built here and that Triton reads."""
    for built in sorted(MODELS.absolute().glob("[a-z]*/config.pbtxt")):
        (repository / built.parent.name).symlink_to(built.parent)
    return repository


@contextlib.contextmanager
def private_triton(program: Path, repository: Path | None = None) -> Iterator[PrivateTriton]:
    """A server that runs until the context is left; without a repository of the tiny models."""
    folder = Path(tempfile.mkdtemp(prefix="trendflow-triton-"))
    models = repository or folder / "models"
    server = PrivateTriton(program, folder, models, _free_ports())
    try:
        if repository is None:
            write_repository(models)
        _backend(program, folder / "backends" / "python")
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _lay_out(repository: Path, served: Path) -> None:
    """The repository as it is, but for who computes."""
    for config in repository.glob("[a-z]*/config.pbtxt"):
        name = config.parent.name
        for version in config.parent.glob("[0-9]*"):
            place = served / name / version.name
            place.mkdir(parents=True)
            shutil.copy(_MODEL, place / "model.py")
            (place / "model.onnx").symlink_to(version / "model.onnx")
        text = config.read_text().replace('backend: "onnxruntime"', 'backend: "python"')
        (served / name / "config.pbtxt").write_text(text)


def _backend(program: Path, place: Path) -> None:
    """The Python backend wants its stub of this very Python beside it."""
    home = program.parents[1]
    place.mkdir(parents=True)
    for file in (home / "backends" / "python").iterdir():
        if file.name != "__pycache__":
            (place / file.name).symlink_to(file)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    stub = home / "python_backend_stubs" / version / "triton_python_backend_stub"
    (place / stub.name).symlink_to(stub)


def _environment() -> dict[str, str]:
    """The stub takes its Python from the first on PATH, and its library from where that one is."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]])
    library = sysconfig.get_config_var("LIBDIR")
    name = f"libpython{sys.version_info.major}.{sys.version_info.minor}.so.1.0"
    if library and (Path(library) / name).exists():
        kept["LD_LIBRARY_PATH"] = str(library)
    return kept


def _ends_with_us() -> list[str]:
    # However the tests end, the kernel tells the server to shut down.
    return ["setpriv", "--pdeathsig=TERM"] if shutil.which("setpriv") else []


def _free_ports() -> tuple[int, int, int]:
    """Below those that the kernel gives to whoever connects.

    One of those can be taken while the server is away, even by a client that tries to reach it.
    """
    found: list[int] = []
    while len(found) < 3:
        port = secrets.randbelow(_PORTS[1] - _PORTS[0]) + _PORTS[0]
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            if port not in found:
                found.append(port)
    return found[0], found[1], found[2]
