"""One yt-dlp session under our rules: stoppable, one way to the network, no word in a log."""

import http.client
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from yt_dlp import YoutubeDL
from yt_dlp.networking._urllib import UrllibRH
from yt_dlp.networking.common import RequestHandler, Response
from yt_dlp.networking.exceptions import HTTPError, IncompleteRead, TransportError
from yt_dlp.utils import DownloadCancelled

from adapters.youtube.journal import Journal
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.runtime import JavaScriptRuntime
from domain.link_refusal import LinkRefusal

# What ffmpeg may open when it puts picture and sound together: the two downloaded files.
_MERGE_INPUT = ["-protocol_whitelist", "file", "-format_whitelist", "mov,matroska"]
# Without it Matroska numbers its tracks at random: the same video is the same file each time, by
# which results of it are told apart.
MERGE_OUTPUT = ("-fflags", "+bitexact")


class Stopped(DownloadCancelled):  # type: ignore[misc]  # yt-dlp ships no types
    """Ends yt-dlp's work from inside; `code` is cancelled, timed_out or too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Session(YoutubeDL):  # type: ignore[misc]  # yt-dlp ships no types
    """yt-dlp that asks `check` before every read, so that a trickle of bytes cannot outlive it."""

    def __init__(self, params: dict[str, object], check: Callable[[], None]) -> None:
        self._check = check
        self._opened: list[Response] = []
        super().__init__(params)

    def build_request_director(
        self, handlers: Iterable[type[RequestHandler]], preferences: object = None
    ) -> object:
        """Go by urllib alone, whose answers can be read a socket's worth at a time.

        yt-dlp takes `requests` where it happens to be installed; a trickle would then hang it.
        """
        del handlers
        return super().build_request_director([UrllibRH], preferences)

    def urlopen(self, req: object) -> Response:
        """Open, and watch the reading."""
        self._check()
        try:
            response: Response = super().urlopen(req)
        except HTTPError as error:
            self._opened.append(error.response)
            raise
        self._opened.append(response)
        return _Watched(response, self._check)

    def close(self) -> None:
        """Hang up: yt-dlp leaves answers open that it did not want to read."""
        for response in self._opened:
            response.close()
        super().close()


class _Watched(Response):  # type: ignore[misc]  # yt-dlp ships no types
    def __init__(self, inner: Response, check: Callable[[], None]) -> None:
        super().__init__(
            inner, inner.url, inner.headers, inner.status, inner.reason, inner.extensions
        )
        self._check = check

    def read(self, amt: int | None = None) -> bytes:
        """Read up to `amt` bytes, a socket's worth at a time."""
        body = self.fp.fp
        if amt is None or not isinstance(body, http.client.HTTPResponse):
            whole: bytes = self.fp.read(amt)
            return whole
        got = bytearray()
        try:
            while len(got) < amt:
                self._check()
                piece = body.read1(amt - len(got))
                if not piece and body.length:
                    # yt-dlp would ask for the rest at once and for ever; a loss is for `Tries`.
                    raise IncompleteRead(len(got), body.length)
                if not piece:
                    break
                got += piece
        except (OSError, http.client.HTTPException) as error:
            raise TransportError(cause=error) from error
        return bytes(got)


def session_params(
    options: YoutubeOptions,
    *,
    journal: Journal,
    runtime: JavaScriptRuntime,
    ffmpeg: Path,
    comments_max: int = 0,
) -> dict[str, object]:
    """Return yt-dlp's parameters for these choices."""
    youtube = {name: list(values) for name, values in options.extractor_args.items()}
    youtube["max_comments"] = [str(comments_max), str(comments_max), "0", "0"]
    youtube["comment_sort"] = ["top"]
    return _always() | {
        "compat_opts": {"no-certifi"} if options.is_system_trust else set(),
        # Text, not a path: yt-dlp writes a cookie file back when it is done.
        "cookiefile": io.StringIO(options.cookies.read_text()) if options.cookies else None,
        "extractor_args": {"youtube": youtube},
        "ffmpeg_location": str(ffmpeg),
        "format": options.formats,
        "format_sort": list(options.format_order),
        "getcomments": comments_max > 0,
        "js_runtimes": {runtime.name: {"path": runtime.path}},
        "logger": journal,
        "proxy": options.proxy,
        "socket_timeout": options.socket_timeout_s,
    }


def is_unfinished(info: Mapping[str, object]) -> bool:
    """Whether the video is still being made: live, announced, or just over."""
    return info.get("live_status") in {"is_live", "is_upcoming", "post_live"}


def _match(info: Mapping[str, object], *, incomplete: bool = False) -> str | None:
    # Without this yt-dlp would look for the chosen format in a live stream, and miss it there.
    del incomplete
    return LinkRefusal.LIVE.value if is_unfinished(info) else None


def _always() -> dict[str, object]:
    """What nobody chooses. Retries are ours, because each needs a fresh signed address."""
    return {
        "allowed_extractors": ["^youtube$"],
        "cachedir": False,
        "color": "never",
        "extractor_retries": 0,
        "file_access_retries": 0,
        "fixup": "never",
        "fragment_retries": 0,
        "match_filter": _match,
        "noplaylist": True,
        "noprogress": True,
        "overwrites": True,
        "postprocessor_args": {
            "merger+ffmpeg_i": _MERGE_INPUT,
            "merger+ffmpeg_o": list(MERGE_OUTPUT),
        },
        "quiet": True,
        "retries": 0,
        "skip_unavailable_fragments": False,
        "updatetime": False,
    }
