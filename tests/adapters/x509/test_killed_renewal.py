"""A renewal that is killed leaves pairs that fit, or that the next one makes fit (R-904)."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.memory.clock import FixedClock
from adapters.x509.certificates import X509Certificates
from application.use_cases.make_certificates import MakeCertificates
from entrypoints.mutual_tls import mutual_context
from entrypoints.synchronous import TlsFiles

RENEW = """
import sys
from pathlib import Path
from adapters.system.clock import SystemClock
from adapters.x509.certificates import X509Certificates
from application.use_cases.make_certificates import MakeCertificates
from tests.e2e.moments import Moment

event, builtin, count, days, folder = sys.argv[1:]
make = MakeCertificates(X509Certificates(), SystemClock())
Moment(function=event, event="c_call", builtin=builtin, count=int(count)).await_here()
make(Path(folder), days=int(days), is_renewal=True)
"""
KILLS = [
    *(("Path.replace", "replace", count) for count in range(1, 7)),
    *(("_set_aside", "fsync", count) for count in range(1, 7)),
]
LONGER_THAN_THE_AUTHORITY = 5000


def killed(folder: Path, *moment: object) -> int:
    given: Sequence[str] = [str(one) for one in moment]
    command = [sys.executable, "-c", RENEW, *given, str(LONGER_THAN_THE_AUTHORITY), str(folder)]
    return subprocess.run(command, check=False).returncode


@pytest.mark.slow
@pytest.mark.parametrize("moment", KILLS, ids=str)
def test_whoever_renews_after_a_death_has_pairs_that_fit(
    moment: tuple[str, str, int], tmp_path: Path
) -> None:
    """At each file that is written or put in place of all six: the authority is renewed as well."""
    make = MakeCertificates(X509Certificates(), FixedClock())
    make(tmp_path)
    assert killed(tmp_path, *moment) == -signal.SIGKILL
    make(tmp_path, is_renewal=True)
    for role in ("server", "client"):
        pair = {"certificate": tmp_path / f"{role}.pem", "key": tmp_path / f"{role}.key"}
        mutual_context(TlsFiles(authority=tmp_path / "ca.pem", **pair))
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]
