"""`MakeCertificates`: nothing is written over unasked, and renewing tells nobody."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.clock import FixedClock
from adapters.x509.certificates import X509Certificates
from application.ports.certificates import Role
from application.use_cases.make_certificates import MakeCertificates
from domain.certificate import SOON, CertificateState, Term
from domain.errors import CertificatesExist


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def make(clock: FixedClock) -> MakeCertificates:
    return MakeCertificates(X509Certificates(), clock)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_is_there_is_not_written_over_unasked(make: MakeCertificates, tmp_path: Path) -> None:
    make(tmp_path, names=["worker.example"])
    before = contents(tmp_path)
    with pytest.raises(CertificatesExist):
        make(tmp_path)
    assert contents(tmp_path) == before
    for name in ("ca.pem", "ca.key", "server.pem", "server.key", "client.pem"):
        (tmp_path / name).unlink()
    with pytest.raises(CertificatesExist):
        make(tmp_path)


def test_renewing_keeps_the_authority_and_the_names(
    make: MakeCertificates, clock: FixedClock, tmp_path: Path
) -> None:
    make(tmp_path, names=["worker.example"])
    before = contents(tmp_path)
    clock.advance(timedelta(days=80))
    made = make(tmp_path, names=["second.example"], is_renewal=True)
    after = contents(tmp_path)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"server.pem", "server.key", "client.pem", "client.key"}
    assert [one.is_new for one in made] == [False, True, True]
    assert made[1].term.ends_at > clock.now() + timedelta(days=89)
    names = X509Certificates().names(tmp_path / "server.pem")
    assert list(names) == ["localhost", "127.0.0.1", "::1", "worker.example", "second.example"]


def test_an_authority_that_ends_before_what_it_signs_is_renewed_too(
    make: MakeCertificates, clock: FixedClock, tmp_path: Path
) -> None:
    make(tmp_path)
    before = contents(tmp_path)
    clock.advance(timedelta(days=1800))
    made = make(tmp_path, is_renewal=True)
    assert contents(tmp_path)["ca.pem"] != before["ca.pem"]
    assert made[0].is_new


def test_renewing_what_is_not_there_makes_it(make: MakeCertificates, tmp_path: Path) -> None:
    made = make(tmp_path / "new", is_renewal=True)
    assert [one.role for one in made] == list(Role)


def test_a_term_is_told_of_before_it_ends(clock: FixedClock) -> None:
    now = clock.now()
    term = Term(now, now + timedelta(days=90))
    assert term.state(now - timedelta(seconds=1)) is CertificateState.NOT_YET
    assert term.state(now) is CertificateState.VALID
    assert term.state(term.ends_at - SOON) is CertificateState.ENDS_SOON
    assert term.state(term.ends_at) is CertificateState.EXPIRED
    with pytest.raises(ValueError, match="ends after"):
        Term(now, now)
