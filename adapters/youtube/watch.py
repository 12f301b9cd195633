"""What may end a download from inside: the user's word, the time limit, the size limit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.youtube.session import Stopped
from application.ports.cancellation import Cancellation


@dataclass(slots=True)
class Watch:
    """Looked at before every read from the network.

    `deadline_s` is on the clock `monotonic`.
    """

    deadline_s: float
    monotonic: Callable[[], float]
    cancellation: Cancellation | None = None

    @property
    def left_s(self) -> float:
        """Time left before the limit; never negative."""
        return max(0.0, self.deadline_s - self.monotonic())

    def check(self) -> None:
        """End yt-dlp's work when nobody waits for it any more."""
        if self.cancellation is not None and self.cancellation.requested:
            raise Stopped("cancelled")
        if self.left_s == 0.0:
            raise Stopped("timed_out")


@dataclass(slots=True)
class Progress:
    """Turns yt-dlp's reports, one format after another, into one share that never falls."""

    report: Callable[[float], None]
    size_bytes_max: int
    _expected: dict[str, float] = field(default_factory=dict)
    _done: dict[str, float] = field(default_factory=dict)
    _share: float = 0.0

    def expect(self, sizes_bytes: Mapping[str, float]) -> None:
        """Begin a try that downloads these formats."""
        self._expected, self._done = dict(sizes_bytes), {}
        self._limit(sum(self._expected.values()))

    def hook(self, event: Mapping[str, Any]) -> None:
        """Take one report of yt-dlp."""
        format_id = str(event["info_dict"]["format_id"])
        total = event.get("total_bytes") or event.get("total_bytes_estimate")
        self._expected[format_id] = float(total or self._expected.get(format_id) or 0)
        self._done[format_id] = float(event.get("downloaded_bytes") or 0)
        done, expected = sum(self._done.values()), sum(self._expected.values())
        self._limit(done)
        if expected > 0:
            # Putting picture and sound together comes after the last byte.
            self._tell(min(done / expected, 0.99))

    def finish(self) -> None:
        """Say that the file is there."""
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        if share > self._share:
            self._share = share
            self.report(share)

    def _limit(self, size_bytes: float) -> None:
        if size_bytes > self.size_bytes_max:
            raise Stopped("too_large")
