"""Mutual TLS over real sockets: who is let in, and certificates renewed under a running server."""

import logging
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from adapters.x509.certificates import X509Certificates
from application.ports.certificates import Role
from domain.certificate import Term
from entrypoints.mutual_tls import MutualTls
from entrypoints.synchronous import TlsFiles
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.web import served


async def _fine(_: Request) -> PlainTextResponse:
    return PlainTextResponse("fine")


APP = Starlette(routes=[Route("/", _fine)])


@pytest.fixture
def ours(tmp_path: Path) -> Certificates:
    return make_certificates(tmp_path / "ours", "127.0.0.1")


@pytest.fixture
def url(ours: Certificates) -> Iterator[str]:
    with served(APP, MutualTls(TlsFiles(**files_of(ours)))) as address:
        yield address


def test_only_who_shows_a_certificate_of_the_authority_is_let_in(
    ours: Certificates, url: str, tmp_path: Path
) -> None:
    """R-904: none and a foreign one are refused, under TLS 1.2 and 1.3 alike.

    TLS 1.3 tells a client so after its own greeting, so it is the answer that never comes.
    """
    foreign = make_certificates(tmp_path / "theirs", "127.0.0.1")
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        assert asked(url, client(ours, ours, version)) == "fine"
        for stranger in (client(ours, None, version), client(ours, foreign, version)):
            with pytest.raises(httpx.TransportError):
                asked(url, stranger)


def test_renewed_certificates_count_from_the_next_connection_on(
    ours: Certificates, url: str
) -> None:
    """R-904: without a restart."""
    first = shown(url)
    now, maker = datetime.now(UTC), X509Certificates()
    term = Term(now - timedelta(hours=1), now + timedelta(days=5))
    maker.issue(ours.server.parent, Role.SERVER, names=["127.0.0.1"], term=term)
    second = shown(url)
    assert second != first
    assert shown(url) == second
    assert asked(url, client(ours, ours)) == "fine"


def test_a_renewed_authority_lets_in_its_own_and_nobody_of_the_last(
    ours: Certificates, url: str, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    ours.authority.parent.rename(kept)
    former = Certificates.within(kept)
    make_certificates(ours.authority.parent, "127.0.0.1")
    assert asked(url, client(ours, ours)) == "fine"
    with pytest.raises(httpx.TransportError):
        asked(url, client(ours, former))


def test_half_a_renewal_leaves_the_last_in_use_until_it_is_whole(
    ours: Certificates, url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, new = shown(url), make_certificates(tmp_path / "new", "127.0.0.1")
    with caplog.at_level(logging.INFO, "entrypoints.mutual_tls"):
        new.server_key.replace(ours.server_key)
        assert shown(url) == first
        new.server.replace(ours.server)
        assert shown(url) != first
        ours.server.unlink()
        assert asked(url, client(new, ours)) == "fine"
    said = [record.getMessage() for record in caplog.records]
    assert "certificates.unusable kind=SSLError" in said
    assert "certificates.renewed" in said
    assert "certificates.unusable kind=FileNotFoundError" in said


def test_files_that_are_no_pair_start_no_server(ours: Certificates, tmp_path: Path) -> None:
    other = make_certificates(tmp_path / "other", "127.0.0.1")
    with pytest.raises(ssl.SSLError):
        MutualTls(TlsFiles(**{**files_of(ours), "key": other.server_key}))


def files_of(made: Certificates) -> dict[str, Path]:
    return {
        "authority": made.authority,
        "certificate": made.server,
        "key": made.server_key,
    }


def client(
    trusted: Certificates,
    shown: Certificates | None,
    version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=trusted.authority)
    context.minimum_version = context.maximum_version = version
    if shown is not None:
        context.load_cert_chain(shown.client, shown.client_key)
    return context


def asked(url: str, context: ssl.SSLContext) -> str:
    with httpx.Client(verify=context) as connection:
        return connection.get(url).text


def shown(url: str) -> str:
    """The certificate that a new connection is shown."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    return ssl.get_server_certificate((parts.hostname, parts.port))
