"""Making certificates for development, and renewing them (R-904)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from application.ports.certificates import Certificates, Role
from application.ports.clock import Clock
from domain.certificate import AUTHORITY_LIFETIME, DAYS_USUAL, CertificateState, Term
from domain.errors import CertificatesExist

ALWAYS = ("localhost", "127.0.0.1", "::1")
BACK = timedelta(hours=1)
"""Clocks differ: a certificate made this moment is good on a machine that is a little behind."""


@dataclass(frozen=True, slots=True)
class MadeCertificate:
    """One file, and until when it is good."""

    role: Role
    file: Path
    term: Term
    is_new: bool


@dataclass(frozen=True, slots=True)
class MakeCertificates:
    """An authority, a server's certificate and a client's; CertificatesExist where some are.

    Renewing keeps an authority that outlives what it signs: whoever trusts it need not be told. A
    server's names stay too, and new ones are added to them.
    """

    certificates: Certificates
    clock: Clock

    def __call__(
        self,
        folder: Path,
        *,
        names: Sequence[str] = (),
        days: int = DAYS_USUAL,
        is_renewal: bool = False,
    ) -> Sequence[MadeCertificate]:
        found = [role for role in Role if self.certificates.has(folder, role)]
        if found and not is_renewal:
            raise CertificatesExist("certificates are there", folder=str(folder))
        now = self.clock.now()
        term = Term(now - BACK, now + timedelta(days=days))
        known = self._known(folder) if Role.SERVER in found else ()
        is_new = Role.AUTHORITY not in found or not self._outlives(folder, term)
        if is_new:
            self.certificates.make_authority(
                folder,
                term=Term(now - BACK, now + max(AUTHORITY_LIFETIME, 2 * (term.ends_at - now))),
            )
        every = tuple(dict.fromkeys((*ALWAYS, *known, *names)))
        self.certificates.issue(folder, Role.SERVER, names=every, term=term)
        self.certificates.issue(folder, Role.CLIENT, names=("trendflow",), term=term)
        return [
            MadeCertificate(
                role, file, self.certificates.term(file), is_new or role is not Role.AUTHORITY
            )
            for role in Role
            for file in (folder / f"{role}.pem",)
        ]

    def _known(self, folder: Path) -> Sequence[str]:
        return self.certificates.names(folder / f"{Role.SERVER}.pem")

    def _outlives(self, folder: Path, term: Term) -> bool:
        authority = self.certificates.term(folder / f"{Role.AUTHORITY}.pem")
        is_valid = authority.state(self.clock.now()) is CertificateState.VALID
        return is_valid and authority.ends_at >= term.ends_at
