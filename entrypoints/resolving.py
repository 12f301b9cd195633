"""Asking for the facts of added links, beside the requests that added them."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from application.errors import AdapterError
from application.use_cases.resolve_video import ResolveVideo
from domain.errors import VideoNotFound
from domain.kept_video import KeptVideoId

AT_ONCE = 4
WAITING_MAX = 1000

_log = logging.getLogger(__name__)


class Resolving:
    """A few threads that ask; what they do not come to, `again` finds by its age.

    So a link is resolved also when this process dies, by whichever process keeps house.
    """

    def __init__(
        self, resolve_video: Callable[[], ResolveVideo], *, at_once: int = AT_ONCE
    ) -> None:
        self._resolve_video = resolve_video
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="resolve")
        self._waiting: set[Future[None]] = set()

    def soon(self, video_id: KeptVideoId) -> None:
        """Has a video asked for as soon as a thread is free; returns at once."""
        if len(self._waiting) >= WAITING_MAX:
            return
        future = self._threads.submit(self._resolve, video_id)
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)

    def again(self) -> None:
        """Asks for the videos whose asking seems to have died."""
        for video_id in self._resolve_video().stale():
            self._resolve(video_id)

    def close(self) -> None:
        """Begins no more; who is being asked may answer."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _resolve(self, video_id: KeptVideoId) -> None:
        try:
            self._resolve_video()(video_id)
        except VideoNotFound:
            # Erased meanwhile.
            return
        except AdapterError as error:
            _log.warning("video.unresolved code=%s", error.code)
