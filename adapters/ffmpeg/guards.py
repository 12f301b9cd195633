"""What keeps a hostile file from harm, each guard a value that a test can take away."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.video import ANALYSIS_RATE_HZ, CONTAINERS, DURATION_MAX_S, PIXELS_MAX, STREAMS_MAX

GIB = 1024**3
FRAME_RATE_MAX_HZ = 240
"""A faster stream of twenty minutes is not one that a camera or an editor made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """The limits under which media is read. The defaults are the product's; tests plant others.

    `formats` are the demuxers that may open the file (None: any): without them a playlist named
    like a video reads other files. `protocols` are the ways they may open one. `drefs` lets a
    QuickTime file name other files as its data.
    """

    sniffs: bool = True
    formats: frozenset[str] | None = CONTAINERS
    protocols: tuple[str, ...] | None = ("file",)
    drefs: bool = False
    pixels_max: int | None = PIXELS_MAX
    streams_max: int = STREAMS_MAX
    pictures_max: int = int(DURATION_MAX_S * FRAME_RATE_MAX_HZ) + ANALYSIS_RATE_HZ
    headers_bytes_max: int = 1024**2
    probe_timeout_s: float = 20.0
    address_space_bytes: int = 4 * GIB
    written_bytes_max: int = 16 * GIB
    open_files_max: int = 64

    def input_options(self, container: str | None) -> Iterator[tuple[str, str]]:
        """Options for the input, as names and values; `container` is what the content shows."""
        if self.protocols is not None:
            yield "protocol_whitelist", ",".join(self.protocols)
        if self.formats is not None:
            yield "format_whitelist", ",".join(sorted(self.formats))
        if self.sniffs and container is not None:
            yield "f", container
        if self.pixels_max is not None:
            yield "max_pixels", str(self.pixels_max)
        if self.drefs and container == "mov":
            yield from (("enable_drefs", "1"), ("use_absolute_path", "1"))
