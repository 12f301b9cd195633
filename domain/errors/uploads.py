"""Refusals of uploads, whole ones and their parts."""

from domain.errors.refusal import DomainError


class UploadMissing(DomainError):
    """The video that was uploaded for a run is no longer there."""

    code = "upload_missing"


class UploadNotFound(DomainError):
    """This user has no upload of that id."""

    code = "upload_not_found"


class InvalidUpload(DomainError):
    """Something about an upload is not well formed; `field` names it."""

    code = "invalid_upload"


class UploadEnded(DomainError):
    """The upload is complete or abandoned: it takes no more bytes."""

    code = "upload_ended"


class UploadIncomplete(DomainError):
    """Bytes of the upload are missing; it can go on where it stands."""

    code = "upload_incomplete"


class UploadMismatch(DomainError):
    """What was uploaded is not the file that was declared; nothing of it is kept."""

    code = "upload_mismatch"


class WrongOffset(DomainError):
    """A part of an upload does not begin where the upload stands; `offset` says where that is."""

    code = "wrong_offset"

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}", offset=offset)
        self.offset = offset


class ChecksumMismatch(DomainError):
    """A part of an upload is not what its sender digested; the upload stands where it stood."""

    code = "checksum_mismatch"


class UploadTooLarge(DomainError):
    """More bytes came than were declared; those of this part were not taken."""

    code = "upload_too_large"


class UploadBusy(DomainError):
    """Another part of the same upload is being received."""

    code = "upload_busy"


class TooManyUploads(DomainError):
    """A user has as many uploads under way as may be at once."""

    code = "too_many_uploads"
