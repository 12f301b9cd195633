"""The server's side of mutual TLS, whose certificates are renewed without a restart (R-904)."""

import logging
import ssl
from pathlib import Path
from typing import Self

from entrypoints.synchronous import TlsFiles

_log = logging.getLogger(__name__)
_Stamp = tuple[tuple[int, int, int], ...]


class MutualTls(ssl.SSLContext):
    """Lets in only who shows a certificate of the authority; each connection by the files of now.

    Files that cannot be used, for one of a pair is not there yet, leave the last ones in use, and
    are looked at again at the next connection. Made with such files it raises `ssl.SSLError` or
    OSError.
    """

    def __new__(cls, files: TlsFiles) -> Self:
        del files
        return super().__new__(cls, ssl.PROTOCOL_TLS_SERVER)

    def __init__(self, files: TlsFiles) -> None:
        self._files = files
        self._stamp = _stamp(files)
        self._current = mutual_context(files)

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """What asyncio asks for at each connection."""
        self._renew()
        return self._current.wrap_bio(
            incoming,
            outgoing,
            server_side=server_side,
            server_hostname=server_hostname,
            session=session,
        )

    def _renew(self) -> None:
        try:
            stamp = _stamp(self._files)
            if stamp == self._stamp:
                return
            self._current = mutual_context(self._files)
        except OSError as error:  # ssl.SSLError among them
            _log.warning("certificates.unusable kind=%s", type(error).__name__)
            return
        self._stamp = stamp
        _log.info("certificates.renewed")


def mutual_context(files: TlsFiles) -> ssl.SSLContext:
    """Raises OSError for files that cannot be read or do not belong together."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(files.authority)
    context.load_cert_chain(files.certificate, files.key)
    return context


def _stamp(files: TlsFiles) -> _Stamp:
    return tuple(map(_of, (files.authority, files.certificate, files.key)))


def _of(file: Path) -> tuple[int, int, int]:
    found = file.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
