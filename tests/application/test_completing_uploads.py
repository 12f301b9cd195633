"""An upload becomes one video however it is completed, and its file is what it was."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.memory.video_files import MadeVideo, MemoryVideoProbe
from application.errors import AdapterError
from application.ports.video_files import ProbedVideo
from domain.errors import InvalidUpload, UploadMissing, VideoTooLong
from domain.kept_video import KeptVideo
from domain.upload import Upload, UploadId
from domain.video import Metadata, UploadedFile
from tests.builders import a_run
from tests.features.app import App, a_choice


class MeetingProbe(MemoryVideoProbe):
    """Lets nobody go on before everybody has looked."""

    def __init__(self, count: int) -> None:
        self._all_here = threading.Barrier(count, timeout=10)

    def probe(self, file: Path) -> ProbedVideo:
        found = super().probe(file)
        self._all_here.wait()
        return found


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path / "data")


def sent(app: App, tmp_path: Path, made: MadeVideo | None = None) -> Upload:
    content = (made or MadeVideo()).write(tmp_path / "given.mp4").read_bytes()
    upload = app.create_upload(
        app.user, size_bytes=len(content), sha256=None, metadata=Metadata(title="Mine")
    ).upload
    part = app.receive_part(app.user, upload.id, offset=0, sha256=None)
    part.write(content)
    part.end()
    return upload


def staged(app: App) -> list[UploadId]:
    return [one.id for one in app.uploads.staged()]


def test_completing_it_again_gives_the_same_video(app: App, tmp_path: Path) -> None:
    upload = sent(app, tmp_path)
    first = app.complete_upload(app.user, upload.id)
    assert app.complete_upload(app.user, upload.id).id == first.id


def test_two_who_complete_it_at_once_get_one_video(app: App, tmp_path: Path) -> None:
    """Hardening 26: both have looked at the file before either has kept anything."""
    upload = sent(app, tmp_path)
    complete = replace(app.complete_upload, probe=MeetingProbe(2))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: complete(app.user, upload.id), range(2)))
    assert answers[0].id == answers[1].id
    assert staged(app) == [upload.id]


def test_two_uploads_of_one_content_completed_at_once_are_one_video(
    app: App, tmp_path: Path
) -> None:
    uploads = [sent(app, tmp_path), sent(app, tmp_path)]
    complete = replace(app.complete_upload, probe=MeetingProbe(2))

    def completed(upload: Upload) -> KeptVideo:
        return complete(app.user, upload.id)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(completed, uploads)
    assert first.id == second.id
    with app.unit_of_work() as work:
        kept = work.videos.get(first.id, user_id=app.user)
    assert staged(app) == [kept.original]


def test_who_comes_late_to_a_file_that_was_spare_gets_the_video(app: App, tmp_path: Path) -> None:
    """Its bytes went away under the second one's hands, because the first had completed it."""
    known = app.complete_upload(app.user, sent(app, tmp_path).id)
    app.start_video_run(known.id, a_choice("title"), app.request())
    spare = sent(app, tmp_path)
    asked = app.complete_upload

    class Overtaken(MemoryVideoProbe):
        def probe(self, file: Path) -> ProbedVideo:
            asked(app.user, spare.id)
            return super().probe(file)

    class GoneFiles:
        """The folder, whose file vanishes between being counted and being opened."""

        def __getattr__(self, name: str) -> Any:
            return getattr(app.uploads, name)

        def opened(self, upload_id: UploadId) -> Any:
            asked(app.user, spare.id)
            return app.uploads.opened(upload_id)

    late = replace(asked, uploads=GoneFiles())
    assert late(app.user, spare.id).id == known.id
    assert staged(app) == [known.original]


def test_a_file_that_is_sent_again_is_kept_for_another_day(app: App, tmp_path: Path) -> None:
    """R-107: what came last is what the sweep counts from."""
    first = sent(app, tmp_path)
    known = app.complete_upload(app.user, first.id)
    second = sent(app, tmp_path)
    again = app.complete_upload(app.user, second.id)
    assert (again.id, again.original) == (known.id, second.id)
    assert staged(app) == [second.id]


def test_a_file_that_a_run_waits_for_stays_under_its_hands(app: App, tmp_path: Path) -> None:
    first = sent(app, tmp_path)
    known = app.complete_upload(app.user, first.id)
    app.start_video_run(known.id, a_choice("title"), app.request())
    again = app.complete_upload(app.user, sent(app, tmp_path).id)
    assert (again.id, again.original) == (known.id, first.id)
    assert staged(app) == [first.id]


def test_a_file_that_vanished_without_a_video_is_missing(app: App, tmp_path: Path) -> None:
    upload = sent(app, tmp_path)

    class NoFiles:
        def __getattr__(self, name: str) -> Any:
            return getattr(app.uploads, name)

        def opened(self, upload_id: UploadId) -> Any:
            app.uploads.discard(upload_id)
            return app.uploads.opened(upload_id)

    with pytest.raises(UploadMissing):
        replace(app.complete_upload, uploads=NoFiles())(app.user, upload.id)


def test_a_refused_file_is_removed_with_its_upload(app: App, tmp_path: Path) -> None:
    """R-103: seen in the headers, so it is refused without a run."""
    upload = sent(app, tmp_path, MadeVideo(duration_s=1300.0))
    with pytest.raises(VideoTooLong):
        app.complete_upload(app.user, upload.id)
    assert staged(app) == []
    with app.unit_of_work() as work:
        assert work.upload_sessions.find(upload.id) is None


def test_a_run_never_measures_another_content_than_its_own(app: App, tmp_path: Path) -> None:
    """A bit that turned on the disk: told as a failure of the storage, which may pass."""
    upload = sent(app, tmp_path)
    video = app.complete_upload(app.user, upload.id)
    run = app.start_video_run(video.id, a_choice("title"), app.request())
    source = run.source
    assert isinstance(source, UploadedFile)
    content = app.folder / "uploads" / "staged" / str(upload.id) / "content"
    content.write_bytes(content.read_bytes().replace(b"640", b"641"))
    with pytest.raises(AdapterError) as failed:
        app.originals.fetch(run, source, into=tmp_path / "mine")
    assert (failed.value.code, failed.value.retryable) == ("storage_failed", True)
    assert not (tmp_path / "mine").exists()


def test_letting_go_is_harmless_for_what_was_never_kept(app: App) -> None:
    app.originals.let_go(a_run())
    app.originals.let_go(a_run(source=UploadedFile("ab" * 32, 9)))
    with pytest.raises(UploadMissing):
        app.originals.fetch(a_run(), UploadedFile("ab" * 32, 9), into=app.folder / "mine")


def test_an_upload_that_sent_nothing_is_forgotten_after_a_day(app: App) -> None:
    """R-107."""
    upload = app.create_upload(app.user, size_bytes=9, sha256=None, metadata=Metadata()).upload
    app.clock.moment = upload.expires_at
    assert app.sweep_uploads().uploads == 0
    app.clock.moment = upload.expires_at + timedelta(seconds=1)
    assert app.sweep_uploads().uploads == 1
    with app.unit_of_work() as work:
        assert work.upload_sessions.find(upload.id) is None


def test_one_that_cannot_be_removed_stops_no_other_and_is_told(app: App, tmp_path: Path) -> None:
    """Hardening 28."""
    stuck, other = sent(app, tmp_path), sent(app, tmp_path)

    class Rusty:
        """Removes everything but one."""

        def __getattr__(self, name: str) -> Any:
            return getattr(app.uploads, name)

        def discard(self, upload_id: UploadId) -> int:
            if upload_id == stuck.id:
                raise AdapterError("stuck", code="storage_failed")
            return app.uploads.discard(upload_id)

    touched_at = max(each.touched_at for each in app.uploads.staged())
    app.clock.moment = max(touched_at, app.clock.now()) + timedelta(hours=25)
    with pytest.raises(AdapterError, match="stuck"):
        replace(app.sweep_uploads, uploads=Rusty())()
    assert staged(app) == [stuck.id]
    assert app.sweep_uploads().uploads == 1
    assert staged(app) == []
    with app.unit_of_work() as work:
        assert work.upload_sessions.find(other.id) is None


def test_a_digest_that_cannot_be_begins_no_upload(app: App) -> None:
    with pytest.raises(InvalidUpload):
        app.create_upload(app.user, size_bytes=9, sha256="x", metadata=Metadata())
    with app.unit_of_work() as work:
        assert work.upload_sessions.open_of(app.user) == 0
