"""Uploads over real HTTP: hardening 21 to 28 at our own endpoint."""

import base64
import hashlib
import http.client
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psutil
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from adapters.memory.video_files import MadeVideo
from application.queries.read_upload import ReadUpload, UploadProgress
from domain.errors import UploadIncomplete
from domain.ledger import UserId
from domain.signed_link import LinkClaim, LinkSigner
from domain.upload import UploadId
from domain.video import Metadata
from entrypoints.http.uploads import UploadsEndpoint
from tests.features.app import App
from tests.servers.web import served

SIGNER = LinkSigner(("s" * 32,))
BODY = random.Random(2).randbytes(4096)
HALF = len(BODY) // 2
SENDER = """
import http.client, sys
host, port, path, size = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
connection = http.client.HTTPConnection(host, port, timeout=120)
block = bytes(1 << 20)
connection.putrequest("PATCH", path)
connection.putheader("Upload-Offset", "0")
connection.putheader("Content-Length", str(size))
connection.endheaders()
for _ in range(size >> 20):
    connection.send(block)
print(connection.getresponse().status)
"""


@dataclass
class Door:
    """An installation, and its endpoint over HTTP."""

    app: App
    url: str

    def create(self, size_bytes: int = len(BODY), sha256: str | None = None) -> UploadProgress:
        return self.app.create_upload(
            self.app.user, size_bytes=size_bytes, sha256=sha256, metadata=Metadata(title="Mine")
        )

    def link(self, upload: UploadProgress) -> str:
        (target,) = upload.targets
        return self.url + target.url

    def patch(
        self, upload: UploadProgress, offset: object, body: bytes, **headers: str
    ) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.patch(
            self.link(upload), content=body, headers={"Upload-Offset": str(offset), **named}
        )

    def stands_at(self, upload: UploadProgress) -> int:
        answer = httpx.head(self.link(upload))
        assert answer.status_code == 200
        assert answer.headers["upload-length"] == str(upload.upload.size_bytes)
        return int(answer.headers["upload-offset"])

    def kept(self, upload: UploadProgress) -> bytes:
        with self.app.uploads.opened(upload.upload.id) as file:
            return file.read_bytes()


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    app = App(tmp_path)

    def read_upload() -> ReadUpload:
        return ReadUpload(unit_of_work=app.unit_of_work, uploads=app.uploads, clock=app.clock)

    endpoint = UploadsEndpoint(
        signer=SIGNER,
        clock=app.clock,
        read_upload=read_upload,
        receive_part=lambda: app.receive_part,
        idle_s=1.0,
    )
    with served(Starlette(routes=[Mount("/uploads", endpoint.app())])) as url:
        yield Door(app, url)


def test_a_part_at_a_wrong_offset_is_told_where_the_upload_stands(door: Door) -> None:
    """Hardening 21."""
    upload = door.create()
    assert door.patch(upload, 0, BODY[:HALF]).status_code == 204
    for offset in (HALF + 1, 10**9):
        answer = door.patch(upload, offset, BODY[HALF:])
        assert answer.status_code == 409
        assert answer.headers["upload-offset"] == str(HALF)
        assert answer.json() == {"code": "wrong_offset", "offset": HALF}
    assert door.stands_at(upload) == HALF


def test_a_part_changed_on_its_way_is_refused_and_the_offset_stands(door: Door) -> None:
    """Hardening 22."""
    upload = door.create()
    checksum = "sha256 " + base64.b64encode(hashlib.sha256(BODY[:HALF]).digest()).decode()
    answer = door.patch(upload, 0, b"X" + BODY[1:HALF], Upload_Checksum=checksum)
    assert (answer.status_code, answer.json()["code"]) == (460, "checksum_mismatch")
    assert door.stands_at(upload) == 0
    answer = door.patch(upload, 0, BODY[:HALF], Upload_Checksum=checksum)
    assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(HALF))


def test_the_same_part_twice_is_taken_once(door: Door) -> None:
    """Hardening 23."""
    upload = door.create()
    for _ in range(2):
        answer = door.patch(upload, 0, BODY[:HALF])
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(HALF))
    assert door.patch(upload, 0, b"Y" * HALF).status_code == 409
    assert door.patch(upload, HALF, BODY[HALF:]).status_code == 204
    assert door.kept(upload) == BODY


def test_completing_with_a_part_missing_is_an_error_and_makes_no_video(door: Door) -> None:
    """Hardening 24."""
    upload = door.create()
    door.patch(upload, 0, BODY[:HALF])
    with pytest.raises(UploadIncomplete) as refused:
        door.app.complete_upload(door.app.user, upload.upload.id)
    assert refused.value.fields == {"received_bytes": HALF, "size_bytes": len(BODY)}
    with door.app.unit_of_work() as work:
        assert work.videos.of_original(upload.upload.id) is None
    assert door.patch(upload, HALF, BODY[HALF:]).status_code == 204


def test_more_than_declared_is_refused_at_the_first_byte_beyond(door: Door) -> None:
    """Hardening 25: while the sender still sends, not after it has sent everything."""
    upload = door.create()
    parts = urlsplit(door.link(upload))
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as sender:
        request = (
            f"PATCH {parts.path}?{parts.query} HTTP/1.1\r\nHost: here\r\nUpload-Offset: 0\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        for block in (BODY, b"!"):
            request += f"{len(block):x}\r\n" + block.decode("latin-1") + "\r\n"
        sender.sendall(request.encode("latin-1"))
        # The body has not ended, and the answer is there.
        answer = http.client.HTTPResponse(sender)
        answer.begin()
        assert answer.status == 413
        assert b"upload_too_large" in answer.read()
    assert door.stands_at(upload) == 0
    assert door.patch(upload, 0, BODY).status_code == 204


def test_anothers_session_is_as_unknown_as_one_that_never_was(door: Door) -> None:
    """Hardening 27: 404 for all, and the same bytes."""
    upload, mine = door.create(), UserId(uuid4())

    def signed(upload_id: UploadId, *, for_id: UploadId | None = None) -> str:
        claim = LinkClaim(
            verb="PATCH",
            path=f"/uploads/{upload_id}",
            user_id=mine,
            expires_at=door.app.clock.now() + timedelta(hours=1),
        )
        return SIGNER.sign(claim).replace(str(upload_id), str(for_id or upload_id))

    own = UploadId(uuid4())
    answers = [
        httpx.patch(door.url + path, content=BODY, headers={"Upload-Offset": "0"})
        for path in (
            signed(upload.upload.id),
            signed(own),
            signed(own, for_id=upload.upload.id),
            f"/uploads/{upload.upload.id}",
            "/uploads/not-a-number?user=x",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {b'{"code":"upload_not_found"}'}
    head = httpx.head(door.url + signed(upload.upload.id))
    assert (head.status_code, "upload-offset" in head.headers) == (404, False)
    assert door.stands_at(upload) == 0


def test_an_abandoned_upload_is_swept_after_a_day_and_its_bytes_counted(door: Door) -> None:
    """Hardening 28."""
    upload = door.create()
    door.patch(upload, 0, BODY[:HALF])
    (staged,) = door.app.uploads.staged()
    door.app.clock.moment = staged.touched_at + timedelta(hours=23)
    assert door.app.sweep_uploads().uploads == 0
    door.app.pass_time(timedelta(hours=2))
    swept = door.app.sweep_uploads()
    assert (swept.uploads, swept.size_bytes) == (1, HALF)
    assert list(door.app.uploads.staged()) == []
    assert door.app.sweep_uploads().uploads == 0


def test_a_link_that_is_over_takes_nothing(door: Door) -> None:
    upload = door.create()
    door.app.pass_time(timedelta(hours=24))
    answer = door.patch(upload, 0, BODY)
    assert (answer.status_code, answer.json()["code"]) == (410, "signed_link_expired")


def test_a_complete_upload_takes_no_more(door: Door, tmp_path: Path) -> None:
    content = MadeVideo().write(tmp_path / "given.mp4").read_bytes()
    upload = door.create(len(content), hashlib.sha256(content).hexdigest())
    assert door.patch(upload, 0, content).status_code == 204
    video = door.app.complete_upload(door.app.user, upload.upload.id)
    assert video.metadata.title == "Mine"
    answer = door.patch(upload, 0, content)
    assert (answer.status_code, answer.json()["code"]) == (410, "upload_ended")
    assert door.stands_at(upload) == len(content)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Upload-Offset": "-1"},
        {"Upload-Offset": "0x1"},
        {"Upload-Offset": "9" * 16},
        {"Upload-Offset": "0", "Upload-Checksum": "md5 aaaa"},
        {"Upload-Offset": "0", "Upload-Checksum": "sha256 aaaa"},
        {"Upload-Offset": "0", "Upload-Checksum": "sha256 not base64"},
    ],
)
def test_a_part_that_does_not_say_what_it_is_is_refused(
    door: Door, headers: dict[str, str]
) -> None:
    answer = httpx.patch(door.link(door.create()), content=BODY, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_upload")


def test_what_came_before_the_line_broke_is_kept(door: Door) -> None:
    """It goes on where it stands, on another connection."""
    body = BODY * ((2 << 20) // len(BODY))
    upload = door.create(len(body))
    parts = urlsplit(door.link(upload))
    content = door.app.folder / "uploads" / "staged" / str(upload.upload.id) / "content"
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as sender:
        head = (
            f"PATCH {parts.path}?{parts.query} HTTP/1.1\r\nHost: here\r\nUpload-Offset: 0\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        sender.sendall(head.encode() + body[: 3 << 19])
        _until(lambda: content.exists() and content.stat().st_size >= 1 << 20)
        # Not counted yet: nobody was told that it was taken.
        assert door.app.uploads.received(upload.upload) == 0
    _until(lambda: door.app.uploads.received(upload.upload) >= 1 << 20)
    stands_at = door.stands_at(upload)
    assert stands_at <= 3 << 19
    assert door.patch(upload, stands_at, body[stands_at:]).status_code == 204
    assert door.kept(upload) == body


def test_a_sender_that_falls_silent_is_sent_away_and_its_bytes_kept(door: Door) -> None:
    upload = door.create()
    parts = urlsplit(door.link(upload))
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as sender:
        head = (
            f"PATCH {parts.path}?{parts.query} HTTP/1.1\r\nHost: here\r\nUpload-Offset: 0\r\n"
            f"Content-Length: {len(BODY)}\r\n\r\n"
        )
        sender.sendall(head.encode() + BODY[:HALF])
        assert door.patch(upload, 0, BODY).status_code == 423
        answer = http.client.HTTPResponse(sender)
        answer.begin()
        assert answer.status == 408
    assert door.stands_at(upload) == HALF


@pytest.mark.slow
def test_a_large_part_goes_to_the_disk_and_not_to_memory(door: Door) -> None:
    size_bytes = 160 << 20
    upload = door.create(size_bytes)
    parts = urlsplit(door.link(upload))
    target = [str(parts.hostname), str(parts.port), f"{parts.path}?{parts.query}", str(size_bytes)]
    process, most, done = psutil.Process(), 0, threading.Event()
    before = process.memory_info().rss

    def watch() -> None:
        nonlocal most
        while not done.wait(0.02):
            most = max(most, process.memory_info().rss - before)

    watching = threading.Thread(target=watch)
    watching.start()
    sent = subprocess.run(
        [sys.executable, "-c", SENDER, *target], check=True, capture_output=True, text=True
    )
    done.set()
    watching.join()
    assert sent.stdout.strip() == "204"
    assert door.stands_at(upload) == size_bytes
    assert most < 48 << 20


def _until(is_so: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(200):
        if is_so():
            return
        waiting.wait(0.05)
    raise AssertionError("it did not come to that")
