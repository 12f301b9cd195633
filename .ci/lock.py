"""Writes the lock files, or checks that they still answer to `pyproject.toml` and name no host."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = [
    part
    for extra in ("postgres", "rabbitmq", "s3", "triton", "youtube")
    for part in ("--extra", extra)
]
LOCKS = {
    "requirements.lock": EXTRAS,
    "requirements-dev.lock": [
        *EXTRAS,
        *("--group", "dev", "--group", "build", "-c", "requirements.lock"),
    ],
}
# An address, a path on disk or credentials would tie the lock to the machine that made it.
HOSTED = re.compile(r"://|file:|^\s*-|@ |^/", re.MULTILINE)


def asked_for() -> str:
    """Return a digest of all that `pyproject.toml` asks to be resolved."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wishes = [
        project["project"]["requires-python"],
        project["project"]["dependencies"],
        project["project"]["optional-dependencies"],
        project["dependency-groups"],
        project["tool"]["uv"],
    ]
    return hashlib.sha256(json.dumps(wishes, sort_keys=True).encode()).hexdigest()


def header(digest: str) -> str:
    """Return the first lines of a lock file made for what has this digest."""
    return f"# Made by `make lock`; do not edit.\n# for {digest}\n"


def problems(text: str, *, digest: str) -> list[str]:
    """Say what is wrong with the text of a lock file."""
    found = []
    if not text.startswith(header(digest)):
        found.append("is not made from this pyproject.toml: run `make lock`")
    if HOSTED.search(text):
        found.append("names a host, a path or an option of pip")
    if re.search(r"^(entrypoints|adapters)\b", text, re.MULTILINE):
        found.append("holds a stranger with the name of one of our packages")
    return found


def write(options: list[str]) -> None:
    """Resolve anew, keeping the versions that still fit unless asked to upgrade."""
    uv = str(Path(sys.executable).parent / "uv")
    for name, arguments in LOCKS.items():
        command = [uv, "pip", "compile", "pyproject.toml", "--output-file", name, "--universal"]
        command += ["--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
        subprocess.run([*command, *arguments, *options], cwd=ROOT, check=True)
        path = ROOT / name
        path.write_text(header(asked_for()) + path.read_text())


def main() -> None:
    """Write, or with `--check` only look."""
    if "--check" not in sys.argv:
        write([option for option in sys.argv[1:] if option == "--upgrade"])
    digest = asked_for()
    bad = [
        f"{name} {problem}"
        for name in LOCKS
        for problem in problems((ROOT / name).read_text(), digest=digest)
    ]
    sys.exit("\n".join(bad) or 0)


if __name__ == "__main__":
    main()
