"""Trying a run again that did not come to its end: a new run of the same video and profile."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from application.ports.unit_of_work import UnitOfWork
from application.ports.workspaces import Workspaces
from application.use_cases.accept_video import AcceptVideo
from application.use_cases.cancel_run import run_of
from application.use_cases.start_run import Request
from application.use_cases.start_video_run import StartVideoRun
from domain.callback import Callback
from domain.errors import InvalidTransition
from domain.identity import RunId
from domain.kept_video import KeptVideoId
from domain.ledger import UserId
from domain.ledger_orders import check_key
from domain.run import Run, RunStatus
from domain.video import UploadedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRun:
    """Starts a run like one that ended in an error or was cancelled, by the prices of now.

    Raises RunNotFound, also for another user's run, InvalidTransition for a run that has not ended
    or is ok, UploadMissing once the video of an upload is gone, InvalidText for what is no key, and
    whatever refuses any start.
    """

    unit_of_work: Callable[[], UnitOfWork]
    accept: AcceptVideo
    start_video_run: StartVideoRun
    workspaces: Workspaces

    def __call__(self, user_id: UserId, run_id: RunId, *, key: str) -> Run:
        """The new run; the same one when the request came before under this key."""
        check_key(key)
        # Of this run's own: a key that started something else does not name a retry.
        request = Request(user_id=user_id, key=f"retry:{run_id}:{key}")
        with self.unit_of_work() as work:
            run = run_of(work, user_id, run_id)
            earlier = work.ledger.hold_under(user_id, request.hold_key)
            if earlier is not None:
                return work.runs.get(earlier.run_id)
            request = replace(request, callback=_callback(work, run))
        if not run.is_terminal:
            raise InvalidTransition("the run has not ended")
        if run.status is RunStatus.OK:
            raise InvalidTransition("the run is ok")
        if isinstance(run.source, UploadedFile):
            kept = self._kept(run)
            if kept is not None:
                return self.start_video_run(kept, run.profile, request, words=run.metadata)
            file = self.workspaces.upload(run_id, run.source)
            return self.accept.upload(
                file, metadata=run.metadata, profile=run.profile, request=request
            )
        return self.accept.link(
            run.source, metadata=run.metadata, profile=run.profile, request=request
        )

    def _kept(self, run: Run) -> KeptVideoId | None:
        """The user's video that the run was started from, while its file is there."""
        with self.unit_of_work() as work:
            video = work.videos.of_upload(run.user_id, run.identity.video_id)
        return None if video is None or video.original is None else video.id


def _callback(work: UnitOfWork, run: Run) -> Callback | None:
    """Whoever was to hear of the run's end hears of the new one's: the first that was named."""
    named = work.webhooks.of_run(run.user_id, run.id)
    return Callback(named[0].url, named[0].secrets[0]) if named else None
