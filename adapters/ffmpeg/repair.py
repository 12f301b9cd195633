"""Encoding anew what can be decoded of a damaged video (R-105)."""

from dataclasses import dataclass, field
from pathlib import Path

from adapters.ffmpeg.child import started
from adapters.ffmpeg.confinement import Confinement, Errand
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.sniffing import sniff
from adapters.ffmpeg.stopped import finished
from adapters.ffmpeg.tools import Tools
from domain.errors import VideoFileCorrupted

# Matroska, because it can be written straight into a pipe; one decoding thread, because several
# read a damaged file differently on every run.
_READING = (
    *("-nostdin", "-hide_banner", "-v", "repeat+level+warning"),
    *("-threads", "1", "-err_detect", "ignore_err", "-max_error_rate", "1"),
)
_WRITING = (
    *("-map", "0:V:0", "-map", "0:a:0?"),
    *("-c:v", "libx264", "-preset", "slow", "-crf", "18", "-c:a", "aac", "-f", "matroska"),
)


@dataclass(frozen=True, slots=True)
class FfmpegVideoRepair:
    """Repairs with one confined ffmpeg (port `VideoRepair`)."""

    tools: Tools
    confinement: Confinement
    guards: Guards = field(default_factory=Guards)

    def reencode(self, file: Path, *, into: Path, timeout_s: float) -> None:
        """Writes what can be decoded as H.264 and AAC.

        Refuses with `VideoFileCorrupted` when that is nothing; raises `TimedOut` past the limit.
        """
        container = sniff(file)
        options = [
            part
            for name, value in self.guards.input_options(container)
            for part in (f"-{name}", value)
        ]
        with into.open("wb") as written:
            source = ["-i", self.confinement.url_of(file)]
            target = [*_WRITING, f"pipe:{written.fileno()}"]
            errand = Errand(
                program=self.tools.ffmpeg,
                arguments=[*_READING, *options, *source, *target],
                reads=file,
                timeout_s=timeout_s,
                guards=self.guards,
                writes=(written.fileno(),),
            )
            with started(errand, self.confinement) as child:
                ended = finished(child, (written,))
            if ended.exit_code != 0 or into.stat().st_size == 0:
                raise VideoFileCorrupted("nothing of the file can be decoded")
