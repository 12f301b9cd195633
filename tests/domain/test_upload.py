"""An upload is what was declared, whole and in time, or it does not become a video."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.errors import (
    InvalidUpload,
    UnsupportedInput,
    UploadEnded,
    UploadIncomplete,
    UploadMismatch,
)
from domain.upload import UPLOAD_LIFETIME, UploadState
from domain.video import UPLOAD_BYTES_MAX, UploadedFile
from tests.builders import NOON
from tests.contracts.upload_sessions import an_upload

SHA256 = "ab" * 32


@pytest.mark.parametrize(
    ("size_bytes", "detail"), [(0, "empty"), (-1, "empty"), (UPLOAD_BYTES_MAX + 1, "too_large")]
)
def test_a_size_that_cannot_be_is_refused_before_a_byte_is_sent(
    size_bytes: int, detail: str
) -> None:
    with pytest.raises(UnsupportedInput) as refused:
        an_upload(size_bytes=size_bytes)
    assert refused.value.fields == {"detail": detail, "limit_gib": 8}


@pytest.mark.parametrize("sha256", ["", "AB" * 32, "ab" * 31, "ab" * 32 + "\n", "zz" * 32])
def test_a_digest_that_cannot_be_is_refused(sha256: str) -> None:
    with pytest.raises(InvalidUpload) as refused:
        an_upload(sha256=sha256)
    assert refused.value.fields == {"field": "sha256"}


def test_it_takes_bytes_for_a_day() -> None:
    """R-107."""
    upload = an_upload()
    upload.check_open(now=NOON + UPLOAD_LIFETIME - timedelta(seconds=1))
    with pytest.raises(UploadEnded):
        upload.check_open(now=NOON + UPLOAD_LIFETIME)


def test_once_complete_it_takes_none() -> None:
    upload, video = an_upload(), uuid4()
    upload.complete(video)
    assert (upload.state, upload.video) == (UploadState.COMPLETE, video)
    with pytest.raises(UploadEnded):
        upload.check_open(now=NOON)
    with pytest.raises(UploadEnded):
        upload.complete(uuid4())


def test_what_is_missing_is_counted() -> None:
    """Hardening 24."""
    upload = an_upload(size_bytes=10)
    with pytest.raises(UploadIncomplete) as refused:
        upload.check_received(9)
    assert refused.value.fields == {"received_bytes": 9, "size_bytes": 10}
    upload.check_received(10)


@pytest.mark.parametrize("found", [UploadedFile("cd" * 32, 10), UploadedFile(SHA256, 11)])
def test_another_file_than_the_declared_one_is_refused(found: UploadedFile) -> None:
    with pytest.raises(UploadMismatch):
        an_upload(size_bytes=10, sha256=SHA256).check_content(found)


def test_without_a_declared_digest_the_size_alone_counts() -> None:
    an_upload(size_bytes=10, sha256=None).check_content(UploadedFile("cd" * 32, 10))
    with pytest.raises(UploadMismatch):
        an_upload(size_bytes=10, sha256=None).check_content(UploadedFile("cd" * 32, 9))
