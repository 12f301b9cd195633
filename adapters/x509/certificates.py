"""Certificates as PEM files with keys of the curve P-256 (port `Certificates`)."""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from application.errors import AdapterError
from application.ports.certificates import Role
from domain.certificate import Term

_MODE = 0o600
_FOLDER_MODE = 0o700
_PURPOSES = {
    Role.SERVER: ExtendedKeyUsageOID.SERVER_AUTH,
    Role.CLIENT: ExtendedKeyUsageOID.CLIENT_AUTH,
}
_COMMON_NAME_CHARACTERS_MAX = 64


@dataclass(frozen=True, slots=True)
class X509Certificates:
    """`ca`, `server` and `client`, each a `.pem` beside its `.key`, read by their owner alone.

    No two files are replaced at once: both are written beside, then the key is put in place, then
    the certificate. Whoever comes after a death in between does what is left, or undoes it.
    """

    def has(self, folder: Path, role: Role) -> bool:
        _mend(folder, role)
        return any(file.exists() for file in _files(folder, role))

    def make_authority(self, folder: Path, *, term: Term) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _named("TrendFlow development authority")
        builder = (
            _begun(name, key, term)
            .issuer_name(name)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(is_authority=True), critical=True)
        )
        _write(folder, Role.AUTHORITY, key, builder.sign(key, hashes.SHA256()))

    def issue(self, folder: Path, role: Role, *, names: Sequence[str], term: Term) -> None:
        authority, authority_key = _authority(folder)
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        builder = (
            _begun(_named(names[0]), key, term)
            .issuer_name(authority.subject)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(is_authority=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([_PURPOSES[role]]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer),
                critical=False,
            )
            .add_extension(x509.SubjectAlternativeName(list(map(_spelled, names))), critical=False)
        )
        _write(folder, role, key, builder.sign(authority_key, hashes.SHA256()))

    def term(self, file: Path) -> Term:
        found = _read(file)
        return Term(found.not_valid_before_utc, found.not_valid_after_utc)

    def names(self, file: Path) -> Sequence[str]:
        try:
            found = _read(file).extensions.get_extension_for_class(x509.SubjectAlternativeName)
        except x509.ExtensionNotFound:
            return ()
        return [str(name.value) for name in found.value]


def _files(folder: Path, role: Role) -> tuple[Path, Path]:
    return folder / f"{role}.pem", folder / f"{role}.key"


def _named(name: str) -> x509.Name:
    short = name[:_COMMON_NAME_CHARACTERS_MAX]
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, short)])


def _spelled(name: str) -> x509.GeneralName:
    with suppress(ValueError):
        return x509.IPAddress(ip_address(name))
    return x509.DNSName(name)


def _begun(name: x509.Name, key: ec.EllipticCurvePrivateKey, term: Term) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(term.begins_at)
        .not_valid_after(term.ends_at)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    """An authority signs certificates, whoever it signs for signs its own greeting."""
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    return _pair(*_files(folder, Role.AUTHORITY))


def _pair(certificate: Path, key_file: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Raises AdapterError `certificate_unreadable` also for what does not fit together."""
    try:
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    except (ValueError, TypeError, OSError) as error:
        raise _unreadable(key_file) from error
    found = _read(certificate)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != found.public_key():
        raise _unreadable(key_file)
    return found, key


def _read(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except (ValueError, OSError) as error:
        raise _unreadable(file) from error


def _unreadable(file: Path) -> AdapterError:
    return AdapterError(file.name, code="certificate_unreadable")


def _write(
    folder: Path, role: Role, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> None:
    """The key first: who reads between the two finds a pair that does not fit, and waits."""
    _mend(folder, role)
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    certificate_file, key_file = _files(folder, role)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    # While both parts are there, neither was put in place: the key's is the last to come.
    _set_aside(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))
    _set_aside(key_file, secret)
    _part(key_file).replace(key_file)
    _part(certificate_file).replace(certificate_file)


def _mend(folder: Path, role: Role) -> None:
    """Ends what a writer that died had begun: a key that is in place gets its certificate."""
    certificate_file, key_file = _files(folder, role)
    certificate_part, key_part = _part(certificate_file), _part(key_file)
    if certificate_part.exists() and not key_part.exists():
        with suppress(AdapterError):
            _pair(certificate_part, key_file)
            certificate_part.replace(certificate_file)
    for part in (key_part, certificate_part):
        part.unlink(missing_ok=True)


def _part(file: Path) -> Path:
    return file.with_name(f".{file.name}.part")


def _set_aside(file: Path, content: bytes) -> None:
    descriptor = os.open(_part(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
