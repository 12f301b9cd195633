"""What may be chosen about how videos are fetched from YouTube."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class YoutubeOptions:
    """Choices of the operator; whatever may hold a secret is left out of the repr.

    `formats` and `format_order` are yt-dlp's `--format` and `--format-sort`. Its `res` is the
    shorter side, so that "up to 1080p" holds for upright videos, too; SDR goes before HDR because
    analysis is in SDR (R-104), and YouTube keeps an SDR rendition of every HDR video.
    """

    formats: str = "bv*+ba/b"
    format_order: tuple[str, ...] = ("res:1080", "+hdr")
    retry_pauses_s: tuple[float, ...] = (5.0, 15.0, 30.0)
    time_limit_min_s: float = 60.0
    socket_timeout_s: float = 20.0
    size_bytes_max: int = 8 * 1024**3
    proxy: str | None = field(default=None, repr=False)
    cookies: Path | None = field(default=None, repr=False)
    extractor_args: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    is_system_trust: bool = False

    @property
    def egress(self) -> str:
        """What YouTube sees us come from, as the key of a circuit breaker."""
        return self.proxy or "direct"

    def time_limit_s(self, duration_s: float) -> float:
        """All tries and pauses together (R-106): max(60 s, duration × 0.1 + 120 s)."""
        return max(self.time_limit_min_s, duration_s * 0.1 + 120.0)
