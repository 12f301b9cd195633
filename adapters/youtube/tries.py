"""One try and its retries, behind the circuit breaker of the egress (R-106)."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Never, TypeVar

from adapters.youtube.breaker import CircuitBreaker
from adapters.youtube.journal import Journal
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.session import Stopped
from adapters.youtube.verdict import DiskFull, Ended, Failed, Lost, Refused, Verdict
from adapters.youtube.watch import Watch
from application.errors import ResourceExhausted
from domain.errors import Cancelled, DownloadFailed
from domain.link_refusal import INSTEAD

_PAUSE_STEP_S = 0.1

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries until it works, YouTube says no, or the pauses or the time are spent."""

    options: YoutubeOptions
    breaker: CircuitBreaker
    watch: Watch

    def __call__(self, attempt: Callable[[Journal], _Result]) -> _Result:
        """Return what the first successful try returns; raise what the user is to see."""
        pauses_s = self.options.retry_pauses_s
        code = "connection"
        for number, pause_s in enumerate((*pauses_s, None), start=1):
            self._ask_breaker()
            journal = Journal()
            verdict: Verdict
            try:
                self.watch.check()
                result = attempt(journal)
            except Failed as failed:
                verdict = failed.verdict
            except Stopped as stopped:
                verdict = Ended(stopped.code)
            else:
                self.breaker.trusted(self.options.egress)
                return result
            _log.info(
                "youtube.try_failed number=%d verdict=%s codes=%s counts=%s",
                number,
                verdict,
                sorted(journal.codes),
                dict(journal.counts),
            )
            if not isinstance(verdict, Lost):
                self._end(verdict)
            code = verdict.code
            if pause_s is not None:
                self._rest(pause_s)
        raise download_failed(code, tries=len(pauses_s) + 1)

    def _ask_breaker(self) -> None:
        refusal = self.breaker.refusal(self.options.egress)
        if refusal is not None:
            raise refusal.error()

    def _end(self, verdict: Refused | DiskFull | Ended) -> Never:
        match verdict:
            case Refused(reason):
                if reason.blames_us:
                    self.breaker.distrusted(self.options.egress, reason)
                else:
                    self.breaker.trusted(self.options.egress)
                raise reason.error()
            case DiskFull():
                raise ResourceExhausted("no room for the downloaded video")
            case Ended("cancelled"):
                raise Cancelled("the download was cancelled")
            case Ended(code):
                raise download_failed(code, tries=1)

    def _rest(self, pause_s: float) -> None:
        """Wait before the next try, but no longer than anybody waits for it."""
        until_s = self.watch.monotonic() + pause_s
        while (left_s := until_s - self.watch.monotonic()) > 0:
            try:
                self.watch.check()
            except Stopped as stopped:
                verdict = Ended(stopped.code)
            else:
                time.sleep(min(_PAUSE_STEP_S, left_s))
                continue
            self._end(verdict)


def download_failed(code: str, *, tries: int) -> DownloadFailed:
    """The error of a download that was given up; `detail` is a code, never YouTube's words."""
    how = {
        "timed_out": "The download took longer than its limit",
        "too_large": "The file is larger than its limit",
        "too_small": "The file is too small for its duration",
    }.get(code, f"The download broke off in {tries} tries")
    return DownloadFailed(f"{how}; {INSTEAD}.", detail=code, tries=tries)
