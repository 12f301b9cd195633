"""`trendflow certs`, and what `trendflow doctor` says of certificates."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.x509.certificates import X509Certificates
from application.errors import AdapterError
from entrypoints.certificate_check import checked_certificates
from entrypoints.cli import run
from entrypoints.settings import Settings
from tests.servers.certificates import Certificates, make_certificates

NOW = datetime.now(UTC)
Captured = pytest.CaptureFixture[str]


def test_certificates_are_made_once_and_renewed_when_asked(
    tmp_path: Path, capsys: Captured
) -> None:
    """R-904: one command."""
    assert run(["--data-dir", str(tmp_path), "certs", "--format", "json", "--days", "30"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert [one["role"] for one in made] == ["ca", "server", "client"]
    assert all(Path(one["file"]).is_file() and Path(one["key"]).is_file() for one in made)
    ends = datetime.fromisoformat(made[1]["ends_at"])
    assert timedelta(days=29) < ends - NOW < timedelta(days=31)
    assert run(["--data-dir", str(tmp_path), "certs"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("certificates_exist: ")
    assert "--renew" in told
    assert run(["--data-dir", str(tmp_path), "--lang", "en", "certs", "--renew"]) == 0
    out = capsys.readouterr().out
    last_day = NOW + timedelta(days=90)
    assert f"good until {last_day.day} {last_day:%B %Y}" in out
    assert "kept" in out.splitlines()[0]


@pytest.mark.parametrize("name", ["Server.Example", "https://a.example", "-a.example", "a b", ""])
def test_what_is_no_name_of_a_host_gets_no_certificate(tmp_path: Path, name: str) -> None:
    assert run(["certs", "--dir", str(tmp_path / "kept"), "--name", name]) == 64
    assert not (tmp_path / "kept").exists()


def test_a_damaged_authority_is_told_by_its_name(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "kept"
    assert run(["certs", "--dir", str(folder)]) == 0
    (folder / "ca.key").write_bytes(b"nonsense")
    assert run(["--lang", "en", "certs", "--dir", str(folder), "--renew"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("certificate_unreadable: ")
    assert "ca.key" in told


def test_doctor_has_a_word_for_each_state_of_a_certificate(tmp_path: Path) -> None:
    """R-904: what is over, or soon will be, is told before a connection fails."""
    made = make_certificates(tmp_path, "localhost")
    assert checked(Settings.read({}), NOW) == ""
    settings = configured(made)
    end = X509Certificates().term(made.server).ends_at
    assert checked(settings, NOW).startswith(f"ca.pem good only until {end:%Y-%m-%d}")
    before = checked(settings, end - timedelta(seconds=1))
    assert "server.pem good only until" in before
    with pytest.raises(OSError, match=r"server\.pem expired"):
        checked(settings, end)
    with pytest.raises(OSError, match=r"server\.pem not yet good"):
        checked(settings, NOW - timedelta(days=2))


def test_doctor_finds_a_key_of_another_certificate_and_a_file_that_went(tmp_path: Path) -> None:
    made = make_certificates(tmp_path / "ours", "localhost")
    other = make_certificates(tmp_path / "other", "localhost")
    settings = configured(made)
    other.server_key.replace(made.server_key)
    with pytest.raises(OSError, match=r"server\.pem and its key do not belong together"):
        checked(settings, NOW)
    made.server.unlink()
    with pytest.raises(AdapterError, match=r"server\.pem"):
        checked(settings, NOW)


def configured(made: Certificates) -> Settings:
    return Settings.read(
        {
            "TRENDFLOW_SYNC": "on",
            "TRENDFLOW_SYNC_CA": str(made.authority),
            "TRENDFLOW_SYNC_CERTIFICATE": str(made.server),
            "TRENDFLOW_SYNC_KEY": str(made.server_key),
        }
    )


def checked(settings: Settings, now: datetime) -> str:
    return checked_certificates(settings, X509Certificates(), now=now)
