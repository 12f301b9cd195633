"""What every keeper of uploads must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.errors import UploadNotFound
from domain.ledger import UserId
from domain.upload import Upload, UploadId
from domain.video import UPLOAD_BYTES_MAX, Metadata
from tests.builders import NOON

Units = Callable[[], UnitOfWork]


def an_upload(**details: Any) -> Upload:
    filled: dict[str, Any] = {
        "id": UploadId(uuid4()),
        "user_id": UserId(uuid4()),
        "size_bytes": UPLOAD_BYTES_MAX,
        "sha256": "ab" * 32,
        "created_at": NOON,
        "metadata": Metadata(title="How I film at night", tags=("night",)),
    }
    return Upload(**{**filled, **details})


class UploadSessionsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    @pytest.mark.parametrize("sha256", [None, "cd" * 32])
    def test_an_upload_comes_back_equal_in_every_field(
        self, units: Units, sha256: str | None
    ) -> None:
        upload = an_upload(sha256=sha256)
        with units() as work:
            work.upload_sessions.add(upload)
            work.commit()
        with units() as work:
            found = work.upload_sessions.get(upload.id, user_id=upload.user_id)
            assert asdict(found) == asdict(upload)
            found.complete(uuid4())
            work.upload_sessions.save(found)
            work.commit()
        with units() as work:
            again = work.upload_sessions.find(upload.id)
            assert again is not None
            assert asdict(again) == asdict(found)

    def test_another_users_upload_is_as_unknown_as_one_that_never_was(self, units: Units) -> None:
        """Hardening 27: neither the answer nor its words tell that somebody has it."""
        upload, told = an_upload(), []
        with units() as work:
            work.upload_sessions.add(upload)
            for upload_id, user_id in (
                (upload.id, UserId(uuid4())),
                (UploadId(uuid4()), upload.user_id),
            ):
                with pytest.raises(UploadNotFound) as refused:
                    work.upload_sessions.get(upload_id, user_id=user_id)
                told.append((str(refused.value), refused.value.fields))
        assert told[0] == told[1]

    def test_what_is_removed_is_forgotten(self, units: Units) -> None:
        upload, other = an_upload(), an_upload()
        with units() as work:
            for each in (upload, other):
                work.upload_sessions.add(each)
            work.upload_sessions.remove(upload.id)
            work.upload_sessions.remove(upload.id)
            assert work.upload_sessions.find(upload.id) is None
            assert work.upload_sessions.find(other.id) is not None
            with pytest.raises(UploadNotFound):
                work.upload_sessions.save(upload)

    def test_those_never_completed_are_listed_the_oldest_first(self, units: Units) -> None:
        late, early = an_upload(created_at=NOON + timedelta(hours=1)), an_upload()
        done, new = an_upload(), an_upload(created_at=NOON + timedelta(hours=2))
        done.complete(uuid4())
        until = NOON + timedelta(hours=2)
        with units() as work:
            for each in (late, early, done, new):
                work.upload_sessions.add(each)
            found = work.upload_sessions.abandoned(created_before=until, limit=9)
            assert list(found) == [early.id, late.id]
            found = work.upload_sessions.abandoned(created_before=until, limit=1)
            assert list(found) == [early.id]

    def test_those_that_still_take_bytes_are_counted_by_user(self, units: Units) -> None:
        first = an_upload()
        done = an_upload(user_id=first.user_id)
        done.complete(uuid4())
        with units() as work:
            for each in (first, done, an_upload(user_id=first.user_id), an_upload()):
                work.upload_sessions.add(each)
            assert work.upload_sessions.open_of(first.user_id) == 2
            assert work.upload_sessions.open_of(UserId(uuid4())) == 0

    def test_who_reads_an_upload_has_it_alone_until_the_end(self, units: Units) -> None:
        """Hardening 26: of two who complete it, the second sees what the first made of it."""
        upload = an_upload()
        with units() as work:
            work.upload_sessions.add(upload)
            work.commit()

        def read() -> Upload:
            with units() as work:
                return work.upload_sessions.get(upload.id, user_id=upload.user_id)

        with ThreadPoolExecutor(1) as pool:
            with units() as work:
                mine = work.upload_sessions.get(upload.id, user_id=upload.user_id)
                second = pool.submit(read)
                assert not wait([second], timeout=0.2).done
                mine.complete(uuid4())
                work.upload_sessions.save(mine)
                work.commit()
            assert second.result().video == mine.video
