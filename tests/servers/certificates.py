"""An authority of our own for servers in tests: what `trendflow certs` makes, for other names."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.x509.certificates import X509Certificates
from application.ports.certificates import Role
from domain.certificate import Term


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the other side trusts, what a server shows, and what a client does."""

    authority: Path
    server: Path
    server_key: Path
    client: Path
    client_key: Path

    @classmethod
    def within(cls, folder: Path) -> "Certificates":
        names = ("ca.pem", "server.pem", "server.key", "client.pem", "client.key")
        return cls(*(folder / name for name in names))


def make_certificates(folder: Path, *names: str, term: Term | None = None) -> Certificates:
    """Make an authority and one certificate for all these host names, good for two days."""
    now, maker = datetime.now(UTC), X509Certificates()
    term = term or Term(now - timedelta(hours=1), now + timedelta(days=2))
    maker.make_authority(folder, term=term)
    maker.issue(folder, Role.SERVER, names=names, term=term)
    maker.issue(folder, Role.CLIENT, names=("tests",), term=term)
    return Certificates.within(folder)
