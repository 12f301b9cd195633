"""Whether runs may be waited for over mutual TLS (R-503, R-904), and with which certificates."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SWITCH, AUTHORITY, CERTIFICATE, KEY = (
    "TRENDFLOW_SYNC",
    "TRENDFLOW_SYNC_CA",
    "TRENDFLOW_SYNC_CERTIFICATE",
    "TRENDFLOW_SYNC_KEY",
)
SETTINGS = frozenset({SWITCH, AUTHORITY, CERTIFICATE, KEY})


class InvalidSynchronous(Exception):
    """A setting of the synchronous endpoint cannot be, or lacks another; the word is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsFiles:
    """Whose certificates are believed, what is shown, and the key of that."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Synchronous:
    """Off, and without files, unless the installation says otherwise."""

    tls: TlsFiles | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Synchronous":
        """Raises InvalidSynchronous with the name of the variable."""
        given = {name: environment.get(name, "").strip() for name in SETTINGS}
        switch = given[SWITCH].lower() or "off"
        if switch not in {"on", "off"}:
            raise InvalidSynchronous(SWITCH)
        if switch == "off":
            for name in (AUTHORITY, CERTIFICATE, KEY):
                # Whoever names certificates believes that it is on.
                if given[name]:
                    raise InvalidSynchronous(name)
            return cls()
        return cls(
            TlsFiles(
                authority=_file(AUTHORITY, given),
                certificate=_file(CERTIFICATE, given),
                key=_file(KEY, given),
            )
        )


def _file(name: str, given: Mapping[str, str]) -> Path:
    file = Path(given[name]).expanduser().absolute()
    if not (given[name] and file.is_file() and os.access(file, os.R_OK)):
        raise InvalidSynchronous(name)
    return file
