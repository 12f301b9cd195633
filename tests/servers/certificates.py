"""A certificate authority of our own, made with the openssl program, for servers in tests."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


@dataclass(frozen=True, slots=True)
class Certificates:
    """What a client trusts, and what a server shows."""

    authority: Path
    server: Path
    server_key: Path


def make_certificates(folder: Path, *names: str) -> Certificates:
    """Make an authority and one certificate for all these host names, good for two days."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    openssl(
        *("req", "-x509", *_KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2"),
        *("-subj", "/CN=Authority for tests", "-addext", "basicConstraints=critical,CA:true"),
        *("-addext", "keyUsage=critical,keyCertSign"),
    )
    openssl(
        *("req", *_KEY, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={names[0]}")
    )
    alternatives = ",".join(f"DNS:{name}" for name in names)
    (folder / "extensions").write_text(f"subjectAltName={alternatives}\n")
    openssl(
        *("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
        *("-CAcreateserial", "-days", "2", "-extfile", "extensions", "-out", "server.pem"),
    )
    return Certificates(folder / "ca.pem", folder / "server.pem", folder / "server.key")
