"""How the certificates that the settings name stand: what `trendflow doctor` says of them."""

import ssl
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from application.ports.certificates import Certificates
from domain.certificate import CertificateState
from entrypoints.settings import Settings

_SAID = {
    CertificateState.EXPIRED: "expired",
    CertificateState.NOT_YET: "not yet good",
    CertificateState.ENDS_SOON: "good only until",
    CertificateState.VALID: "good until",
}
_GOOD = {CertificateState.VALID, CertificateState.ENDS_SOON}


def checked_certificates(settings: Settings, certificates: Certificates, *, now: datetime) -> str:
    """One phrase a file, nothing where none are set.

    Raises OSError or AdapterError for what no connection can be made with.
    """
    files = list(_files(settings))
    if not files:
        return ""
    said, is_good = [], True
    for file in files:
        term = certificates.term(file)
        state = term.state(now)
        is_good = is_good and state in _GOOD
        said.append(f"{file.name} {_SAID[state]} {_moment(term.begins_at, term.ends_at, state)}")
    told = ", ".join(said)
    if not is_good:
        raise OSError(told)
    _check_pairs(settings)
    return told


def _moment(begins_at: datetime, ends_at: datetime, state: CertificateState) -> str:
    moment = begins_at if state is CertificateState.NOT_YET else ends_at
    return f"{moment:%Y-%m-%d}"


def _files(settings: Settings) -> Iterator[Path]:
    queue, tls = settings.queue, settings.synchronous.tls
    synchronous = (tls.authority, tls.certificate) if tls else ()
    named = (queue.authority, queue.certificate, *synchronous)
    yield from dict.fromkeys(file for file in named if file is not None)


def _check_pairs(settings: Settings) -> None:
    """A key of another certificate is found here, not by the first who connects."""
    queue, tls = settings.queue, settings.synchronous.tls
    pairs = [(queue.certificate, queue.key), (tls.certificate, tls.key) if tls else (None, None)]
    for certificate, key in pairs:
        if certificate is not None:
            try:
                ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
            except ssl.SSLError as error:
                raise OSError(f"{certificate.name} and its key do not belong together") from error
