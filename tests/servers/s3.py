"""A private S3 server (SeaweedFS) for the tests, on free loopback ports, gone when they end."""

import contextlib
import io
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import urllib3
from minio import Minio
from minio.error import MinioException

from tests.outside import require

START_TIMEOUT_S = 90
REGION = "us-east-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class S3Access:
    """Where an S3 server answers, and the keys that it lets in."""

    host: str
    access_key: str
    secret_key: str = field(repr=False)
    is_secure: bool = False

    def client(self) -> Minio:
        """A client that tries once."""
        http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(10))
        return Minio(
            self.host,
            self.access_key,
            self.secret_key,
            secure=self.is_secure,
            region=REGION,
            http_client=http,
        )

    def url(self, bucket: str) -> str:
        """A bucket as the setting `TRENDFLOW_ARTIFACTS_URL` names it."""
        return f"s3+{'https' if self.is_secure else 'http'}://{self.host}/{bucket}"


@dataclass(slots=True)
class PrivateS3:
    """A server on the files of one folder."""

    program: Path
    folder: Path
    ports: list[int]
    access: S3Access
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, with what it kept, and waits until it takes an object."""
        master, master_grpc, volume, volume_grpc, filer, filer_grpc, s3, s3_grpc = self.ports
        folder = self.folder
        command = [
            *(str(self.program), "server", f"-dir={folder}/data"),
            *("-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
            *(f"-master.port={master}", f"-master.port.grpc={master_grpc}"),
            *(f"-volume.port={volume}", f"-volume.port.grpc={volume_grpc}"),
            *("-filer", f"-filer.port={filer}", f"-filer.port.grpc={filer_grpc}"),
            *(f"-filer.localSocket={folder}/filer.sock", f"-s3.localSocket={folder}/s3.sock"),
            *("-s3", f"-s3.port={s3}", f"-s3.port.grpc={s3_grpc}", f"-s3.config={folder}/s3.json"),
            # A missing bucket is an error, and a full one is not lost, as with MinIO.
            *("-s3.autoCreateBucket=false", "-s3.allowDeleteBucketNotEmpty=false"),
            *("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"),
            *("-master.volumeSizeLimitMB=64", "-volume.max=0", "-volume.minFreeSpace=1"),
            *("-master.electionTimeout=1s", "-master.heartbeatInterval=100ms"),
            "-volume.preStopSeconds=0",
        ]
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        memory = {"GOMEMLIMIT": "400MiB", "GOGC": "50"}
        with (folder / "log").open("ab") as out:
            self.process = subprocess.Popen(
                [*_ends_with_us(), *command],
                env={**environment, **memory},
                cwd=folder,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self._await()

    def stop(self) -> None:
        """Ends it at once: asked politely it lingers, and it has written what it answered for."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(START_TIMEOUT_S)
            self.process = None

    def _await(self) -> None:
        # The port answers before there is anywhere to put an object.
        assert self.process is not None
        client, deadline_s = self.access.client(), time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline_s and self.process.poll() is None:
            with contextlib.suppress(MinioException, urllib3.exceptions.HTTPError):
                if not client.bucket_exists("ready"):
                    client.make_bucket("ready")
                client.put_object("ready", "probe", io.BytesIO(b"1"), 1)
                return
            time.sleep(0.1)
        told = (self.folder / "log").read_text(errors="replace")[-3000:]
        self.stop()
        raise RuntimeError(f"the S3 server did not start:\n{told}")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Access]:
    """Yield a server where buckets may be made and emptied at will.

    `TRENDFLOW_ARTIFACTS_URL`, with its keys, names one that runs already.
    """
    given = os.environ.get("TRENDFLOW_ARTIFACTS_URL", "")
    if given.startswith("s3+"):
        parts = urlsplit(given)
        yield S3Access(
            host=parts.netloc,
            access_key=os.environ["TRENDFLOW_S3_ACCESS_KEY"],
            secret_key=os.environ["TRENDFLOW_S3_SECRET_KEY"],
            is_secure=parts.scheme == "s3+https",
        )
        return
    with private_s3(require("s3")) as server:
        yield server.access


@pytest.fixture
def restartable_s3() -> Iterator[PrivateS3]:
    """Yield a server of this test's own, which it may stop and start again."""
    with private_s3(require("s3")) as server:
        yield server


@pytest.fixture
def bucket_name() -> str:
    """Return a bucket that nobody else uses; who wants it makes it."""
    return f"test-{uuid4().hex}"


@contextlib.contextmanager
def private_s3(program: Path) -> Iterator[PrivateS3]:
    """A server that runs until the context is left."""
    folder, ports = Path(tempfile.mkdtemp(prefix="trendflow-s3-")), _free_ports(8)
    access = S3Access(
        host=f"127.0.0.1:{ports[6]}", access_key="trendflow", secret_key=secrets.token_hex(16)
    )
    keys = {"accessKey": access.access_key, "secretKey": access.secret_key}
    rights = ["Admin", "Read", "Write", "List", "Tagging"]
    identity = {"name": "trendflow", "credentials": [keys], "actions": rights}
    server = PrivateS3(program, folder, ports, access)
    try:
        (folder / "data").mkdir()
        (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _ends_with_us() -> list[str]:
    return ["setpriv", "--pdeathsig=KILL"] if shutil.which("setpriv") else []


def _free_ports(count: int) -> list[int]:
    """Ports that are free now, below those that the kernel gives to outgoing connections."""
    found: list[int] = []
    while len(found) < count:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in found:
                found.append(port)
    return found
