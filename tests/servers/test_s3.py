"""The S3 server of the tests: it keeps its word on keys, buckets and restarts, and goes with us."""

import io
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from minio.error import S3Error

from tests.outside import require
from tests.servers.s3 import PrivateS3, S3Access, private_s3

pytestmark = pytest.mark.requires("s3")


def test_it_lets_in_only_who_has_the_keys(s3_server: S3Access) -> None:
    wrong = replace(s3_server, secret_key=s3_server.secret_key[::-1])
    with pytest.raises(S3Error) as refused:
        wrong.client().list_buckets()
    assert refused.value.code in {"SignatureDoesNotMatch", "AccessDenied"}


def test_a_missing_bucket_is_an_error(s3_server: S3Access, bucket_name: str) -> None:
    with pytest.raises(S3Error) as refused:
        s3_server.client().put_object(bucket_name, "x", io.BytesIO(b"x"), 1)
    assert refused.value.code == "NoSuchBucket"


def test_what_it_took_is_there_after_a_restart(restartable_s3: PrivateS3, bucket_name: str) -> None:
    client = restartable_s3.access.client()
    client.make_bucket(bucket_name)
    client.put_object(bucket_name, "kept", io.BytesIO(b"kept"), 4)
    restartable_s3.stop()
    restartable_s3.start()
    assert client.get_object(bucket_name, "kept").data == b"kept"


def test_nothing_is_left_of_it() -> None:
    with private_s3(require("s3")) as server:
        assert server.process is not None
        pid, folder = server.process.pid, Path(server.folder)
        listening = {
            connection.laddr.ip
            for connection in psutil.Process(pid).net_connections()
            if connection.status == psutil.CONN_LISTEN
        }
    assert listening == {"127.0.0.1"}
    assert not psutil.pid_exists(pid)
    assert not folder.exists()
