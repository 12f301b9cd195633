"""The guards of uploads, each seen to be needed by taking it away (hardening 21 to 28)."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.memory.database import Kept
from adapters.memory.upload_sessions import MemoryUploadSessions
from adapters.memory.video_files import MadeVideo
from application.use_cases.complete_upload import CompleteUpload
from domain.errors import DomainError, UploadNotFound
from domain.ledger import UserId
from domain.upload import Upload
from domain.video import Metadata
from tests.application.test_completing_uploads import MeetingProbe
from tests.contracts.upload_sessions import an_upload
from tests.contracts.upload_writer import CONTENT, HALF
from tests.features.app import App
from tests.planted import without

DIGEST = hashlib.sha256(CONTENT[HALF:]).hexdigest()


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


def planted_store(app: App, guard: str, instead: str) -> Any:
    """The folder of uploads whose parts lack a guard."""
    parts = without("adapters.folder.upload_parts", guard, instead)
    module = without(
        "adapters.folder.uploads", '"""One folder an upload', '"""', FolderPart=parts.FolderPart
    )
    return module.FolderUploads(app.uploads._root, app.uploads._signer)


def answers(store: Any, upload: Upload, *parts: tuple[int, bytes, str | None]) -> list[object]:
    """For each part where the upload stood after it, or the code it was refused by."""
    found: list[object] = []
    for offset, content, sha256 in parts:
        try:
            part = store.begin(upload, offset=offset, sha256=sha256)
        except DomainError as refusal:
            found.append(refusal.code)
            continue
        try:
            part.write(content)
            found.append(part.end())
        except DomainError as refusal:
            if not refusal.code.startswith("checksum"):
                part.refuse()
            found.append(refusal.code)
    return found


def small() -> Upload:
    return an_upload(size_bytes=len(CONTENT))


def test_case_21_without_its_guard_a_hole_would_count(app: App) -> None:
    beyond = (HALF, CONTENT[HALF:], None)
    assert answers(app.uploads, small(), beyond) == ["wrong_offset"]
    planted = without("adapters.folder.uploads", "if offset > stands_at:", "if False:")
    store = planted.FolderUploads(app.uploads._root, app.uploads._signer)
    assert answers(store, small(), beyond) == [len(CONTENT)]


def test_case_22_without_its_guard_changed_bytes_would_count(app: App) -> None:
    changed = (0, CONTENT[:HALF], DIGEST)
    assert answers(app.uploads, small(), changed) == ["checksum_mismatch"]
    guard = "if self._sha256 not in {None, self._digest.hexdigest()}:"
    assert answers(planted_store(app, guard, "if False:"), small(), changed) == [HALF]


def test_case_23_without_its_guard_a_part_sent_again_would_take_back_the_next(app: App) -> None:
    first, second = (0, CONTENT[:HALF], None), (HALF, CONTENT[HALF:], None)
    assert answers(app.uploads, small(), first, second, first) == [
        HALF,
        len(CONTENT),
        len(CONTENT),
    ]
    store = planted_store(app, "part.offset < part.stands_at", "False")
    assert answers(store, small(), first, second, first) == [HALF, len(CONTENT), HALF]


def completed(app: App, declared_bytes: int, content: bytes, **others: Any) -> str:
    """The code that completing is refused by, and whether the upload can go on."""
    made = app.create_upload(
        app.user, size_bytes=declared_bytes, sha256=None, metadata=Metadata(title="Mine")
    ).upload
    answers(app.uploads, made, (0, content, None))
    complete = app.complete_upload
    try:
        _as(others.get("kind", type(complete)), complete)(app.user, made.id)
    except DomainError as refusal:
        return refusal.code
    return "complete"


def test_case_24_without_its_guard_a_slow_sender_would_lose_what_came(app: App) -> None:
    assert completed(app, len(CONTENT), CONTENT[:HALF]) == "upload_incomplete"
    assert len(app.uploads.staged()) == 1
    planted = without(
        "application.use_cases.complete_upload",
        "upload.check_received(self.uploads.received(upload))",
    )
    kind = planted.CompleteUpload
    assert completed(app, len(CONTENT), CONTENT[:HALF], kind=kind) == "upload_mismatch"
    assert len(app.uploads.staged()) == 1


def test_case_25_without_its_guard_more_would_come_than_was_declared(app: App) -> None:
    more = (0, CONTENT + b"!", None)
    assert answers(app.uploads, small(), more) == ["upload_too_large"]
    store = planted_store(app, "if end > self._size_bytes:", "if False:")
    assert answers(store, small(), more) == [len(CONTENT) + 1]


def at_once(app: App, kind: type[Any]) -> Iterator[object]:
    content = app.video(MadeVideo()).read_bytes()
    made = app.create_upload(
        app.user, size_bytes=len(content), sha256=None, metadata=Metadata(title="Mine")
    ).upload
    answers(app.uploads, made, (0, content, None))
    complete = _as(kind, replace(app.complete_upload, probe=MeetingProbe(2)))

    def ended(_: int) -> object:
        try:
            return complete(app.user, made.id).id
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(ended, range(2))


def test_case_26_without_its_guard_one_of_two_would_be_refused(app: App) -> None:
    first, second = at_once(app, CompleteUpload)
    assert first == second
    planted = without(
        "application.use_cases.complete_upload",
        "if current.state is UploadState.COMPLETE:",
        "if False:",
    )
    assert "upload_ended" in list(at_once(app, planted.CompleteUpload))


def test_case_27_without_its_guard_anothers_upload_would_be_found() -> None:
    upload, another = small(), UserId(uuid4())
    kept = Kept(uploads={upload.id: upload})
    with pytest.raises(UploadNotFound):
        MemoryUploadSessions(kept).get(upload.id, user_id=another)
    planted = without(
        "adapters.memory.upload_sessions",
        "if upload is None or upload.user_id != user_id:",
        "if upload is None:",
    )
    assert planted.MemoryUploadSessions(kept).get(upload.id, user_id=another) is upload


def test_case_28_without_its_guard_the_bytes_of_the_abandoned_would_stay(app: App) -> None:
    made = app.create_upload(
        app.user, size_bytes=len(CONTENT), sha256=None, metadata=Metadata()
    ).upload
    answers(app.uploads, made, (0, CONTENT[:HALF], None))
    (staged,) = app.uploads.staged()
    app.clock.moment = staged.touched_at + timedelta(hours=25)
    planted = without("application.use_cases.sweep_uploads", "self.uploads.discard(staged.id)", "0")
    assert _as(planted.SweepUploads, app.sweep_uploads)().size_bytes == 0
    assert len(app.uploads.staged()) == 1
    assert app.sweep_uploads().size_bytes == HALF
    assert list(app.uploads.staged()) == []


def _as(kind: type[Any], made: Any) -> Any:
    """The same use case of another class."""
    return kind(**{part.name: getattr(made, part.name) for part in fields(made)})
