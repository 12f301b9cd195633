"""The figures of a video that time and price of a run depend on."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.canonical import JsonValue
from domain.sampling import frame_count
from domain.video import Metadata

STREAMED_MEGAPIXELS = 0.5
"""One 12 fps frame through the streaming components costs as much as decoding this (measured)."""


@dataclass(frozen=True, slots=True)
class VideoSize:
    """The figures of a video that its cost depends on."""

    duration_s: float
    width_px: int
    height_px: int
    frame_rate_hz: float
    text_characters: int = 0

    @classmethod
    def of(
        cls, metadata: Metadata, duration_s: float, source: Mapping[str, JsonValue]
    ) -> "VideoSize":
        """The figures as a manifest's `source` and the metadata hold them."""
        size, rate_hz = source["shown_size"], source["frame_rate_hz"]
        if not isinstance(size, list) or not isinstance(rate_hz, (int, float)):
            raise TypeError("not the source facts of this version")
        width_px, height_px = (int(str(side)) for side in size)
        return cls(duration_s, width_px, height_px, float(rate_hz), characters(metadata))

    @property
    def short_side_px(self) -> int:
        return min(self.width_px, self.height_px)

    @property
    def preparation_units(self) -> float:
        """Megapixels of source pictures, and for each frame of the timeline as many again as its
        streaming work costs: the unit of the `preparation` line."""
        decoded = self.width_px * self.height_px * self.frame_rate_hz * self.duration_s / 1e6
        return decoded + STREAMED_MEGAPIXELS * frame_count(self.duration_s)


def characters(metadata: Metadata) -> int:
    """Characters of title and description."""
    return len(metadata.title or "") + len(metadata.description or "")
