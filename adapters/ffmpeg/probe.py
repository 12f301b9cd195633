"""Looking into a file with ffprobe: its kind by content, its streams, the times of its pictures."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from adapters.ffmpeg.child import Child, Ended, started
from adapters.ffmpeg.confinement import Confinement, Errand
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.packets import PACKET_ENTRIES, PLACED_SHARE_MIN, PacketScan, PictureTimes
from adapters.ffmpeg.sniffing import sniff
from adapters.ffmpeg.stopped import finished
from adapters.ffmpeg.streams import (
    HEADER_ENTRIES,
    Headers,
    average_rate_hz,
    is_interlaced,
    read_headers,
    rotation_deg,
    sample_aspect,
    shown_size,
)
from adapters.ffmpeg.tools import Tools
from application.errors import TimedOut
from application.ports.video_files import ProbedVideo
from domain.errors import UnsupportedInput, VideoFileCorrupted


@dataclass(frozen=True, slots=True)
class FfprobeVideoProbe:
    """Probes with two short runs of ffprobe (port `VideoProbe`): headers, then packets.

    `on_end` is told how each run ended.
    """

    tools: Tools
    confinement: Confinement
    guards: Guards = field(default_factory=Guards)
    on_end: Callable[[Ended], None] = lambda _: None

    def probe(self, file: Path) -> ProbedVideo:
        if not file.is_file():
            raise UnsupportedInput("the file cannot be read", detail="unreadable")
        container = sniff(file) if self.guards.sniffs else None
        deadline_s = time.monotonic() + 2 * self.guards.probe_timeout_s
        scan = _Scan(self, file, container, deadline_s)
        try:
            headers = scan.headers()
            times = scan.picture_times(headers)
        except TimedOut as late:
            # Packets are read without decoding them: no file that plays takes that long.
            raise VideoFileCorrupted(
                "it cannot be read in time", detail="reading_too_slow"
            ) from late
        return _probed(container or "unknown", file.stat().st_size, headers, times)


@dataclass(slots=True)
class _Scan:
    """One file under two runs of ffprobe with a common deadline."""

    probe: FfprobeVideoProbe
    file: Path
    container: str | None
    deadline_s: float

    def headers(self) -> Headers:
        guards = self.probe.guards
        output = bytearray()
        with self._ffprobe("-show_entries", HEADER_ENTRIES, "-of", "json=compact=1") as child:
            for chunk in child.chunks():
                output += chunk
                if len(output) > guards.headers_bytes_max:
                    raise UnsupportedInput("the headers are longer than any video's")
            self.probe.on_end(finished(child))
        return read_headers(bytes(output), streams_max=guards.streams_max)

    def picture_times(self, headers: Headers) -> PictureTimes:
        scan = PacketScan(self.probe.guards.pictures_max)
        stream = "-select_streams", str(headers.picture["index"])
        with self._ffprobe(*stream, "-show_entries", PACKET_ENTRIES, "-of", "csv=p=0") as child:
            is_whole = all(scan.feed(chunk) for chunk in child.chunks())
            if is_whole:
                self.probe.on_end(finished(child))
            has_complaints = child.complaints.errors > 0
        times = scan.times(claimed_rate_hz=average_rate_hz(headers.picture))
        if is_whole and has_complaints:
            _refuse_broken_off(times.duration_s, headers.declared_duration_s)
        return times

    def _ffprobe(self, *arguments: str) -> AbstractContextManager[Child]:
        probe = self.probe
        options = ["-hide_banner", "-v", "repeat+level+warning", *arguments]
        for name, value in probe.guards.input_options(self.container):
            options += [f"-{name}", value]
        errand = Errand(
            program=probe.tools.ffprobe,
            arguments=[*options, "-i", probe.confinement.url_of(self.file)],
            reads=self.file,
            timeout_s=max(0.0, self.deadline_s - time.monotonic()),
            guards=probe.guards,
        )
        return started(errand, probe.confinement)


def _refuse_broken_off(duration_s: float, declared_s: float | None) -> None:
    """A header alone may lie; a header that says more than a file that breaks off does not."""
    if declared_s is not None and duration_s < PLACED_SHARE_MIN * declared_s:
        percent = round(100 * duration_s / declared_s)
        raise VideoFileCorrupted(f"the file breaks off after {percent} %", decoded_percent=percent)


def _probed(container: str, size_bytes: int, headers: Headers, times: PictureTimes) -> ProbedVideo:
    picture, sound = headers.picture, headers.sound
    shown_width_px, shown_height_px = shown_size(picture)
    aspect = sample_aspect(picture)
    return ProbedVideo(
        container=container,
        size_bytes=size_bytes,
        video_stream=picture["index"],
        video_codec=picture["codec_name"],
        pixel_format=picture["pix_fmt"],
        coded_width_px=picture["width"],
        coded_height_px=picture["height"],
        shown_width_px=shown_width_px,
        shown_height_px=shown_height_px,
        rotation_deg=rotation_deg(picture),
        sample_aspect=f"{aspect.numerator}:{aspect.denominator}",
        interlaced=is_interlaced(picture),
        color_transfer=picture.get("color_transfer", "unknown"),
        color_primaries=picture.get("color_primaries", "unknown"),
        color_matrix=picture.get("color_space", "unknown"),
        color_range=picture.get("color_range", "unknown"),
        frame_rate_hz=round(times.count / times.duration_s, 6),
        frame_step_s=times.step_s,
        picture_count=times.count,
        first_s=times.first_s,
        duration_s=times.duration_s,
        declared_duration_s=headers.declared_duration_s,
        sound_stream=sound["index"] if sound else None,
        sound_codec=sound["codec_name"] if sound else None,
        sound_rate_hz=int(sound["sample_rate"]) if sound else None,
        sound_channels=int(sound["channels"]) if sound else None,
    )
