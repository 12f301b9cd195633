"""Certificates as Python's own TLS sees them: made, believed, refused."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.x509.certificates import X509Certificates
from application.errors import AdapterError
from application.ports.certificates import Role
from domain.certificate import Term
from tests.servers.certificates import Certificates, make_certificates

NOW = datetime.now(UTC).replace(microsecond=0)
OVER = Term(NOW - timedelta(days=3), NOW - timedelta(days=1))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("ours"), "localhost", "127.0.0.1", "*.a.org")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "b.a.org"])
def test_a_server_is_believed_by_each_of_its_names(ours: Certificates, name: str) -> None:
    greeted(serving(ours), trusting(ours), name)


@pytest.mark.parametrize("name", ["127.0.0.2", "a.org", "other.example"])
def test_a_server_is_nobody_else(ours: Certificates, name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        greeted(serving(ours), trusting(ours), name)


def test_a_client_is_let_in_by_its_certificate_and_a_server_s_is_none(ours: Certificates) -> None:
    """R-904: what was made for one purpose serves no other."""
    asks = serving(ours)
    asks.verify_mode = ssl.CERT_REQUIRED
    asks.load_verify_locations(ours.authority)
    client = trusting(ours)
    with pytest.raises(ssl.SSLError):
        greeted(asks, client, "localhost")
    client.load_cert_chain(ours.client, ours.client_key)
    greeted(asks, client, "localhost")
    posing = trusting(ours)
    posing.load_cert_chain(ours.server, ours.server_key)
    with pytest.raises(ssl.SSLError):
        greeted(asks, posing, "localhost")


def test_an_expired_one_is_not_believed(tmp_path: Path) -> None:
    over = make_certificates(tmp_path, "localhost", term=OVER)
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        greeted(serving(over), trusting(over), "localhost")


def test_only_the_owner_reads_what_is_made_and_nothing_else_is_left(tmp_path: Path) -> None:
    """R-905: a key is a secret."""
    folder = tmp_path / "kept"
    made = make_certificates(folder, "localhost")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 6
    maker = X509Certificates()
    assert maker.has(folder, Role.SERVER)
    assert not maker.has(tmp_path, Role.SERVER)
    assert list(maker.names(made.server)) == ["localhost"]
    assert list(maker.names(made.authority)) == []


def test_the_term_is_what_was_asked_for(tmp_path: Path) -> None:
    made = make_certificates(tmp_path, "localhost", term=OVER)
    assert X509Certificates().term(made.server) == OVER


def test_an_authority_without_its_own_key_signs_nothing(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    made, other = make_certificates(ours, "localhost"), make_certificates(theirs, "localhost")
    before = made.server.read_bytes()
    for content in (b"nonsense", (theirs / "ca.key").read_bytes()):
        (ours / "ca.key").write_bytes(content)
        with pytest.raises(AdapterError) as told:
            X509Certificates().issue(ours, Role.SERVER, names=["localhost"], term=OVER)
        assert (told.value.code, str(told.value)) == ("certificate_unreadable", "ca.key")
    assert made.server.read_bytes() == before
    other.authority.write_bytes(b"nonsense")
    with pytest.raises(AdapterError):
        X509Certificates().term(other.authority)


def serving(made: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.server, made.server_key)
    return context


def trusting(made: Certificates) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=made.authority)
    # As newer Pythons do by themselves: every rule of RFC 5280 is held.
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def greeted(server: ssl.SSLContext, client: ssl.SSLContext, name: str) -> None:
    """Let the two greet each other in memory; raise what either of them minds."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [
        client.wrap_bio(back, there, server_hostname=name),
        server.wrap_bio(there, back, server_side=True),
    ]
    for _ in range(4):
        for side in list(sides):
            try:
                side.do_handshake()
                sides.remove(side)
            except ssl.SSLWantReadError:
                continue
    assert not sides
