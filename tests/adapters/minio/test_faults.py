"""An S3 server that loses, changes or refuses things, or is away for a while."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory.video_files import MadeVideo
from adapters.minio.artifacts import MinioArtifacts
from adapters.minio.bucket import S3Bucket
from adapters.minio.uploads import MinioUploads
from application.errors import AdapterError, ArtifactCorrupt
from application.progress import Progress
from application.retrying import Retrying
from domain.artifact import artifact_path
from domain.upload import UploadId
from tests.adapters.minio.places import place_of
from tests.builders import an_artifact, an_identity
from tests.features.inside import Inside
from tests.servers.s3 import PrivateS3, S3Access

pytestmark = pytest.mark.requires("s3")
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def store(s3_server: S3Access, bucket_name: str) -> MinioArtifacts:
    return MinioArtifacts(S3Bucket(place_of(s3_server, bucket_name)))


def test_one_changed_bit_is_found_on_reading(
    store: MinioArtifacts, s3_server: S3Access, bucket_name: str
) -> None:
    """Hardening 72: the same length, another digest."""
    identity = an_identity()
    path = artifact_path(identity, "loudness")
    written = store.write(path, CONTENT)
    changed = CONTENT[:5000] + bytes([CONTENT[5000] ^ 1]) + CONTENT[5001:]
    key = f"result_store/{path}"
    s3_server.client().put_object(bucket_name, key, io.BytesIO(changed), len(changed))
    with pytest.raises(ArtifactCorrupt):
        store.read(an_artifact(identity, written=written))


def test_an_object_of_another_length_is_told_before_it_is_read(
    store: MinioArtifacts, s3_server: S3Access, bucket_name: str
) -> None:
    identity = an_identity()
    path = artifact_path(identity, "loudness")
    written = store.write(path, CONTENT)
    long = io.BytesIO(bytes(len(CONTENT) + 1))
    s3_server.client().put_object(bucket_name, f"result_store/{path}", long, len(CONTENT) + 1)
    with pytest.raises(ArtifactCorrupt, match="bytes"):
        store.read(an_artifact(identity, written=written))


@pytest.mark.parametrize("content", [b"no JSON", b"[]"])
def test_what_is_no_manifest_is_told(
    store: MinioArtifacts, s3_server: S3Access, bucket_name: str, content: bytes
) -> None:
    identity = an_identity()
    where = store.write_manifest(identity, {"run": {}})
    key = where.removeprefix(f"s3://{bucket_name}/")
    s3_server.client().put_object(bucket_name, key, io.BytesIO(content), len(content))
    with pytest.raises(ArtifactCorrupt):
        store.read_manifest(identity)


def test_many_who_start_at_once_make_one_bucket(s3_server: S3Access, bucket_name: str) -> None:
    buckets = [S3Bucket(place_of(s3_server, bucket_name)) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(S3Bucket.prepare, buckets))
    assert s3_server.client().bucket_exists(bucket_name)


def test_wrong_keys_are_told_without_a_key_and_without_trying_again(
    s3_server: S3Access, bucket_name: str, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "wrong-secret-of-ours"  # noqa: S105 - that is the point
    place = replace(place_of(s3_server, bucket_name), secret_key=secret)
    with caplog.at_level(logging.DEBUG), pytest.raises(AdapterError) as failed:
        S3Bucket(place).prepare()
    assert (failed.value.code, failed.value.retryable) == ("storage_failed", False)
    shown = f"{failed.value!r} {caplog.text}"
    assert secret not in shown
    assert place.access_key not in str(failed.value)


def test_a_bucket_that_was_removed_is_no_empty_store(
    store: MinioArtifacts, s3_server: S3Access, bucket_name: str
) -> None:
    """Its results are not "not found": somebody would measure and charge them anew."""
    identity = an_identity()
    assert store.read_manifest(identity) is None
    s3_server.client().remove_bucket(bucket_name)
    with pytest.raises(AdapterError) as failed:
        store.read_manifest(identity)
    assert failed.value.retryable is False


def test_a_server_that_is_away_may_be_back_later(
    restartable_s3: PrivateS3, bucket_name: str, tmp_path: Path
) -> None:
    bucket = S3Bucket(place_of(restartable_s3.access, bucket_name))
    store, uploads = MinioArtifacts(bucket), MinioUploads(bucket, tmp_path)
    identity = an_identity()
    path = artifact_path(identity, "loudness")
    written = store.write(path, CONTENT)
    artifact = an_artifact(identity, written=written)
    restartable_s3.stop()
    for act in (
        lambda: store.write(path, CONTENT),
        lambda: store.read(artifact),
        lambda: store.read_manifest(identity),
        uploads.staged,
        lambda: uploads.discard(UploadId(identity.run_id)),
    ):
        with pytest.raises(AdapterError) as failed:
            act()
        assert (failed.value.code, failed.value.retryable) == ("storage_failed", True)
        assert restartable_s3.access.host not in str(failed.value)
    restartable_s3.start()
    assert store.read(artifact) == CONTENT


class BackAfterAWhile:
    """Pauses in which the server comes back, the second time."""

    def __init__(self, server: PrivateS3) -> None:
        self._server = server
        self.waited_s: list[float] = []

    def wait(self, pause_s: float) -> None:
        self.waited_s.append(pause_s)
        if len(self.waited_s) == 2:
            self._server.start()


def test_a_run_outlasts_a_server_that_is_away(
    restartable_s3: PrivateS3, bucket_name: str, tmp_path: Path
) -> None:
    """Hardening 76: tried again after pauses, nothing lost, nothing charged twice."""
    inside = Inside(tmp_path)
    inside.open_account("100")
    app = inside.app
    run = app.submit(app.video(MadeVideo()), "picture", "title")
    store = MinioArtifacts(S3Bucket(place_of(restartable_s3.access, bucket_name)))
    pauses = BackAfterAWhile(restartable_s3)
    execute = app.execute
    ownership = replace(execute.ownership, store=store, retrying=Retrying(pauses))
    execute = replace(execute, ownership=ownership, retrying=Retrying(pauses))

    def watch(progress: Progress) -> None:
        if progress.ended is not None and restartable_s3.process and not pauses.waited_s:
            restartable_s3.stop()

    ended = execute(run.id, language="en", on_progress=watch, cancellation=app.token)
    assert str(ended.status) == "ok"
    assert len(pauses.waited_s) == 2
    with app.unit_of_work() as work:
        artifacts = work.runs.artifacts(run.id)
    assert sorted(artifacts) == ["picture", "title"]
    for artifact in artifacts.values():
        assert len(store.read(artifact)) == artifact.size_bytes
    assert store.read_manifest(run.identity) is not None
    bill = inside.bill(run.id)
    assert bill is not None
    assert sorted(line.component for line in bill.lines) == ["picture", "preparation", "title"]
    spent = inside.balance.available.kopecks + bill.charged.kopecks
    assert (spent, inside.balance.held.kopecks) == (10_000, 0)
