"""How these tests ask for a download, and how they look at what came."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from adapters.youtube.remote_videos import YtDlpRemoteVideos
from domain.video import YoutubeLink
from tests.outside import require


class Wanted:
    """A cancellation that nobody asks for."""

    requested = False


def download(
    client: YtDlpRemoteVideos,
    link: YoutubeLink,
    into: Path,
    *,
    duration_s: float = 6.0,
    on_progress: Callable[[float], None] = lambda _share: None,
) -> Path:
    """Download and nobody changes his mind."""
    return client.download(
        link,
        into=into,
        duration_s=duration_s,
        on_progress=on_progress,
        cancellation=Wanted(),
    )


def streams(path: Path) -> list[str]:
    """Kind, width and height of each stream, as ffprobe reads the file."""
    command = [str(require("ffprobe")), "-v", "error", "-of", "csv=p=0"]
    command += ["-show_entries", "stream=codec_type,width,height", f"file:{path}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.split()
