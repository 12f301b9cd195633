"""A zip file that is sent while it is made: no more of it is in memory than one part."""

import zipfile
from collections.abc import Iterable, Iterator

Member = tuple[str, Iterable[bytes]]


def zipped(members: Iterable[Member], *, is_compressed: bool) -> Iterator[bytes]:
    """The bytes of a zip of these members, equal for equal members."""
    sink = _Sink()
    method = zipfile.ZIP_DEFLATED if is_compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, parts in members:
            # A ZipInfo of its own carries a fixed date and no trace of the machine.
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=True) as member:
                for part in parts:
                    member.write(part)
                    yield from sink.taken()
            yield from sink.taken()
    yield from sink.taken()


class _Sink:
    """Takes what is written until somebody takes it away; there is no way back in it."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        # What was handed in may be reused by its owner.
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is held open."""

    def taken(self) -> Iterator[bytes]:
        parts, self._parts = self._parts, []
        if parts:
            yield b"".join(parts)
