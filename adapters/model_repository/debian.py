"""Packages of Debian, fetched by apt without being installed and without being root."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

Run = Callable[[Sequence[str], Path], bytes]
"""Runs a command in a folder and gives what it says."""


def fetch(package: str, version: str, folder: Path, *, run: Run) -> None:
    """Leaves the files of a package in `folder` as one archive, and nothing else.

    apt keeps its lists there meanwhile: those of the machine are often missing in containers, and
    only root may fetch them anew.
    """
    work = folder / "apt"
    for name in ("lists/partial", "cache/archives/partial", "fetched"):
        (work / name).mkdir(parents=True)
    apt = [
        *("apt-get", "-qq", "-o", f"Dir::State::Lists={work / 'lists'}"),
        *("-o", f"Dir::Cache={work / 'cache'}", "-o", "APT::Sandbox::User="),
    ]
    run([*apt, "update"], work)
    run([*apt, "download", f"{package}={version}"], work / "fetched")
    (fetched,) = (work / "fetched").iterdir()
    (folder / "package.tar").write_bytes(run(["dpkg-deb", "--fsys-tarfile", str(fetched)], work))
    shutil.rmtree(work)
