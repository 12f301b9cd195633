"""Certificates in files, and an authority that makes them."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from domain.certificate import Term


class Role(StrEnum):
    """Whose a certificate is; its files bear the same name."""

    AUTHORITY = "ca"
    SERVER = "server"
    CLIENT = "client"


class Certificates(Protocol):
    """Makes and reads certificates: `<role>.pem` beside `<role>.key` in one folder.

    Contract (tests/adapters/x509/test_certificates.py): files are whole or as they were, and only
    their owner reads them; a certificate is believed by whoever trusts the folder's authority, a
    server's for each of its names and addresses, a client's as a client's alone. What cannot be
    read raises AdapterError `certificate_unreadable`.
    """

    def has(self, folder: Path, role: Role) -> bool:
        """Whether either file is there."""
        ...

    def make_authority(self, folder: Path, *, term: Term) -> None: ...

    def issue(self, folder: Path, role: Role, *, names: Sequence[str], term: Term) -> None:
        """Makes a server's or a client's, signed by the folder's authority; writes over."""
        ...

    def term(self, file: Path) -> Term:
        """From when to when the first certificate of a file is good."""
        ...

    def names(self, file: Path) -> Sequence[str]:
        """The names and addresses that a server's certificate is for, in their order."""
        ...
