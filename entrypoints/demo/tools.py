"""The programs and the font that the sample is made with."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

_FONTS = (
    Path(sys.prefix) / "share/fonts/DejaVuSans.ttf",
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
)


class ToolMissing(Exception):
    """The sample cannot be made here; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Where ffmpeg, eSpeak NG's command line and a font with Cyrillic letters stand."""

    ffmpeg: Path
    espeak: Path
    font: Path


def find_tools() -> Tools:
    """Look on PATH, beside the interpreter and where setup puts the font."""
    font = next((path for path in _FONTS if path.is_file()), None)
    if font is None:
        raise ToolMissing("no DejaVu font: apt-get install fonts-dejavu-core, or make setup")
    return Tools(_program("ffmpeg"), _program("espeak-ng"), font)


def _program(name: str) -> Path:
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise ToolMissing(f"no {name}: apt-get install {name}, or make setup")
    return Path(found)
