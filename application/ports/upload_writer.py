"""Receiving the bytes of an upload ourselves, where no object storage does it for us."""

from typing import Protocol

from domain.upload import Upload, UploadId

METHOD = "PATCH"
"""The verb that links of our own endpoint are signed for."""


def path_of(upload_id: UploadId) -> str:
    """Where our own endpoint takes an upload, below the API's address."""
    return f"/uploads/{upload_id}"


class PartWriter(Protocol):
    """One part under way. One of `end`, `abandon` and `refuse` is called, once."""

    @property
    def room_bytes(self) -> int:
        """How many more bytes were declared."""
        ...

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes; WrongOffset when they are another's, UploadTooLarge beyond all."""
        ...

    def end(self) -> int:
        """The part is whole: where the upload stands now. ChecksumMismatch when it was changed."""
        ...

    def abandon(self) -> None:
        """The part breaks off: what came is kept, unless a digest would have had to prove it."""
        ...

    def refuse(self) -> None:
        """Nothing of the part is taken."""
        ...


class UploadWriter(Protocol):
    """Takes parts in order, one at a time, and never holds one in memory.

    Contract (tests/contracts/upload_writer.py): a part that begins beyond where the upload stands
    is `WrongOffset`; one that was received before is taken again when it is the same, and is
    `WrongOffset` when it is not; another part meanwhile is `UploadBusy`. Whatever is refused leaves
    the upload where it stood.
    """

    def begin(self, upload: Upload, *, offset: int, sha256: str | None) -> PartWriter: ...
