"""Starting a run: the run, the credits that pay for it and its place in the queue, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from application.calling_back import call_back, is_called_back
from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.pricing import pricing
from application.retrying import Retrying
from application.reusing import Reusing
from application.settling import take_hold
from domain.callback import Callback
from domain.catalogue import Catalogue
from domain.errors import EstimateMismatch, IdempotencyConflict
from domain.estimate import Estimate, EstimateId
from domain.ledger import UserId
from domain.ledger_orders import check_key
from domain.rate_limit import WINDOW, HourlyLimits
from domain.run import Run
from domain.video_size import VideoSize


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for a run, and on what terms.

    `key` is the request's own: sent again, it starts nothing new. With `estimate_id` the run is
    paid by that estimate, else by the prices of now. `is_anew` has everything measured, whatever is
    there. `callback` is told how it ends. Raises InvalidText for what is no key.
    """

    user_id: UserId
    key: str
    estimate_id: EstimateId | None = None
    callback: Callback | None = None
    is_anew: bool = False

    def __post_init__(self) -> None:
        # Before it is looked for: there are words that no database can even be asked for.
        check_key(self.key)
        check_key(self.hold_key)

    @property
    def hold_key(self) -> str:
        """The ledger's key: one of its own, whatever a person writes, so it meets no other act."""
        return f"start:{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun:
    """Puts a run into the queue with its credits held, in one transaction (R-604, R-605)."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    catalogue: Catalogue
    limits: HourlyLimits
    retrying: Retrying
    reusing: Reusing

    def __call__(
        self,
        run: Run,
        *,
        size: VideoSize,
        request: Request,
        check: Callable[[UnitOfWork], None] = lambda _: None,
    ) -> Run:
        """The run as it was started; the earlier one when the same request came before.

        `check` may refuse a new run, within the transaction that would start it; one whose results
        are all there needs no video, and is not asked about.

        Raises InsufficientCredits, RateLimited, EstimateExpired, EstimateMismatch, and
        IdempotencyConflict when the key was used for another video, profile, text, estimate or
        callback.
        """
        try:
            return self.retrying(lambda: self._started(run, size, request, check))
        except IdempotencyConflict:
            # The same request may have come at the same time, on another device or by a double
            # click: it was started while this one waited for its turn.
            with self.unit_of_work() as work:
                earlier = _earlier(work, run, request)
            if earlier is None:
                raise
            return earlier

    def _started(
        self, run: Run, size: VideoSize, request: Request, check: Callable[[UnitOfWork], None]
    ) -> Run:
        now = self.clock.now()
        with self.unit_of_work() as work:
            earlier = _earlier(work, run, request)
            if earlier is not None:
                return earlier
            estimate = self._estimate(work, run, size, request, now)
            if not estimate.is_reused:
                check(work)
            # The hold comes first: it has the user's other requests wait until this one ends.
            take_hold(work, run, estimate, key=request.hold_key, now=now)
            started = work.runs.started(run.user_id, since=now - WINDOW)
            self.limits.check(work.users.plan(run.user_id, now=now), started, now=now)
            run.estimate_id = estimate.id
            work.runs.add(run)
            if request.callback is not None:
                call_back(work, run, request.callback, now=now)
            work.commit()
        return run

    def _estimate(
        self, work: UnitOfWork, run: Run, size: VideoSize, request: Request, now: datetime
    ) -> Estimate:
        if request.estimate_id is None:
            reused = {} if request.is_anew else self.reusing.results(work, run, now=now)
            of_now = pricing(work, self.catalogue, now=now)
            estimate = of_now.estimate(run.profile, size, now=now, reused=reused)
            work.estimates.add(estimate, user_id=run.user_id)
            return estimate
        estimate = work.estimates.get(request.estimate_id, user_id=run.user_id)
        estimate.check_valid(now)
        if (estimate.config_hash, estimate.size) != (run.identity.config_hash, size):
            raise EstimateMismatch("the estimate is for another video or profile")
        if request.is_anew and estimate.reused:
            raise EstimateMismatch("the estimate is for results that are there, not anew")
        # By its key a result is one of this video, with these words; only then is its price right.
        if self.reusing.still(run, estimate.reused).keys() != estimate.reused.keys():
            raise EstimateMismatch("the estimate is for results of another video")
        return estimate


def _earlier(work: UnitOfWork, run: Run, request: Request) -> Run | None:
    """The run that the same request started before."""
    hold = work.ledger.hold_under(run.user_id, request.hold_key)
    if hold is None:
        return None
    earlier = work.runs.get(hold.run_id)
    other_estimate = request.estimate_id not in {None, earlier.estimate_id}
    other_place = request.callback and not is_called_back(work, earlier, request.callback)
    if other_estimate or other_place or _asked(run) != _asked(earlier):
        raise IdempotencyConflict("the key was used for another video, profile or estimate")
    return earlier


def _asked(run: Run) -> tuple[str, str, str | None, str | None]:
    """What a person asks to have measured: counters of a platform change between two clicks."""
    words = run.metadata
    return run.identity.video_id, run.identity.config_hash, words.title, words.description
