"""Videos on YouTube through yt-dlp, with our limits, retries and refusals (R-106)."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from adapters.youtube.attempt import fetch, look, only_file
from adapters.youtube.breaker import CircuitBreaker
from adapters.youtube.facts import COMMENTS_MAX, facts_of
from adapters.youtube.journal import Journal
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.runtime import RUNTIMES, JavaScriptRuntime, find_runtime
from adapters.youtube.session import Session, session_params
from adapters.youtube.tries import Tries
from adapters.youtube.watch import Progress, Watch
from application.ports.cancellation import Cancellation
from application.ports.remote_videos import RemoteFacts
from domain.link_refusal import LinkRefusal
from domain.video import YoutubeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class YtDlpRemoteVideos:
    """Asks YouTube by canonical addresses only; no word of its answers reaches a log or an error.

    `ffmpeg` puts picture and sound together. `breaker` is shared by all that leave by the same
    ways. Without a JavaScript runtime everything is refused: yt-dlp would see a part of the
    formats, and what is measured would depend on what is installed.
    """

    ffmpeg: Path
    options: YoutubeOptions = field(default_factory=YoutubeOptions)
    breaker: CircuitBreaker = field(default_factory=CircuitBreaker)
    runtimes: tuple[str, ...] = RUNTIMES
    monotonic: Callable[[], float] = time.monotonic

    def describe(self) -> dict[str, str]:
        """Versions and what is missing, for `trendflow doctor`."""
        runtime = find_runtime(self.runtimes)
        resting = self.breaker.refusal(self.options.egress)
        return {
            "yt-dlp": version("yt-dlp"),
            "yt-dlp-ejs": version("yt-dlp-ejs"),
            "javascript": f"{runtime.name} {runtime.version}" if runtime else "runtime_missing",
            "ffmpeg": "found" if shutil.which(self.ffmpeg) else "missing",
            "egress": f"resting: {resting.value}" if resting else "open",
        }

    def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> RemoteFacts:
        """Read what YouTube tells; at most 100 comments (R-101)."""
        runtime = self._runtime()
        wanted = min(comments_max, COMMENTS_MAX)
        watch = self._watch(self.options.time_limit_min_s)

        def attempt(journal: Journal) -> RemoteFacts:
            params = self._params(journal, runtime, comments_max=wanted)
            with Session(params, watch.check) as session:
                return facts_of(look(session, link, journal), comments_max=wanted)

        return Tries(self.options, self.breaker, watch)(attempt)

    def download(
        self,
        link: YoutubeLink,
        *,
        into: Path,
        duration_s: float,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Path:
        """Download inside a folder of its own, so that a failure leaves nothing in `into`."""
        runtime = self._runtime()
        watch = self._watch(self.options.time_limit_s(duration_s), cancellation)
        progress = Progress(on_progress, self.options.size_bytes_max)
        partial = into / ".partial"

        def attempt(journal: Journal) -> Path:
            params = self._params(journal, runtime) | {
                # A try resumes what the last one left, but only of the same format.
                "outtmpl": {"default": f"{partial}/video.%(format_id)s.%(ext)s"},
                "progress_hooks": [progress.hook],
            }
            with Session(params, watch.check) as session:
                fetch(session, look(session, link, journal), journal, progress)
            return only_file(partial, duration_s=duration_s)

        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            found = Tries(self.options, self.breaker, watch)(attempt)
            kept = found.replace(into / f"{link.video_id}{found.suffix}")
        finally:
            shutil.rmtree(partial)
        progress.finish()
        return kept

    def _runtime(self) -> JavaScriptRuntime:
        runtime = find_runtime(self.runtimes)
        if runtime is None:
            raise LinkRefusal.RUNTIME_MISSING.error()
        return runtime

    def _watch(self, limit_s: float, cancellation: Cancellation | None = None) -> Watch:
        return Watch(self.monotonic() + limit_s, self.monotonic, cancellation)

    def _params(
        self, journal: Journal, runtime: JavaScriptRuntime, *, comments_max: int = 0
    ) -> dict[str, object]:
        return session_params(
            self.options,
            journal=journal,
            runtime=runtime,
            ffmpeg=self.ffmpeg,
            comments_max=comments_max,
        )
