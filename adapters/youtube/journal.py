"""What yt-dlp says while it works, kept as counts and codes: its words hold titles and links."""

import re
from collections import Counter

_STATUS = re.compile(r"HTTP Error (\d{3})")
_TRANSPORT = re.compile(
    r"TransportError|IncompleteRead|SSLError|ProxyError|CertificateVerifyError|timed out"
)


class Journal:
    """The logger given to yt-dlp: remembers codes, forgets words."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.codes: set[str] = set()

    def debug(self, message: str) -> None:
        """Count; yt-dlp sends what it would print here, too."""
        del message
        self.counts["debug"] += 1

    info = debug

    def warning(self, message: str) -> None:
        """Count, and keep the code of a request that failed without ending the extraction."""
        self.counts["warning"] += 1
        self._read(message)

    def error(self, message: str) -> None:
        """Count; the same comes as an exception."""
        self.counts["error"] += 1
        self._read(message)

    def _read(self, message: str) -> None:
        self.codes.update(f"http_{status}" for status in _STATUS.findall(message))
        if _TRANSPORT.search(message):
            self.codes.add("connection")
