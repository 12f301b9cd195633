"""One try at a video: read what YouTube tells, and fetch the file."""

from pathlib import Path
from typing import cast

from yt_dlp.utils import YoutubeDLError

from adapters.youtube.facts import Info, expected_sizes
from adapters.youtube.journal import Journal
from adapters.youtube.session import Session, Stopped, is_unfinished
from adapters.youtube.verdict import (
    Ended,
    Failed,
    Lost,
    Refused,
    Verdict,
    verdict_on_fetching,
    verdict_on_looking,
)
from adapters.youtube.watch import Progress
from domain.link_refusal import LinkRefusal
from domain.video import YoutubeLink

# A sixth of the poorest sound that YouTube makes (48 kbit/s): what is less is no video but a page
# or an error in its place, or a file cut short.
BYTES_PER_SECOND_MIN = 1000


def look(session: Session, link: YoutubeLink, journal: Journal) -> Info:
    """Read a video's description; yt-dlp is given the canonical address and nothing else."""
    verdict: Verdict
    try:
        info = cast("Info", session.extract_info(link.url, download=False))
    except Stopped as stopped:
        verdict = Ended(stopped.code)
    except YoutubeDLError as error:
        verdict = verdict_on_looking(error, journal)
    else:
        # A film's page leads to its trailer, which is another video.
        is_other = info.get("id") != link.video_id or not info.get("duration")
        if not is_unfinished(info) and not is_other:
            return info
        verdict = Refused(LinkRefusal.LIVE if is_unfinished(info) else LinkRefusal.UNAVAILABLE)
    # Out here, or the error that says too much would be remembered as this one's context.
    raise Failed(verdict)


def fetch(session: Session, info: Info, journal: Journal, progress: Progress) -> None:
    """Download what was looked at into the session's folder, picture and sound put together."""
    verdict: Verdict
    try:
        progress.expect(expected_sizes(info))
        session.process_info(info)
    except Stopped as stopped:
        verdict = Ended(stopped.code)
    except YoutubeDLError as error:
        verdict = verdict_on_fetching(error, journal)
    else:
        return
    raise Failed(verdict)


def only_file(folder: Path, *, duration_s: float) -> Path:
    """Return the one file of a download; nothing, several or too little is a failed one."""
    files = list(folder.iterdir())
    if len(files) != 1:
        raise Failed(Lost("incomplete"))
    if files[0].stat().st_size < duration_s * BYTES_PER_SECOND_MIN:
        # Else the next try would take it for finished.
        files[0].unlink()
        raise Failed(Lost("too_small"))
    return files[0]
