"""Ending a run that nobody is at, without carrying it on."""

from collections.abc import Callable
from dataclasses import dataclass

from application.account import RunAccount
from application.ownership import Ownership
from application.ports.clock import Clock
from domain.identity import RunId
from domain.run import Failure, Run, RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRun:
    """Ends a run under a lease of its own: what had finished is charged, the rest comes back.

    Raises RunIsOwned while a worker is at it. A run that has ended stays as it is. Its report and
    what is left of it on the disk are the next sweep's.
    """

    ownership: Ownership
    clock: Clock

    def cancelled(self, run_id: RunId) -> Run:
        """The run ended on its user's word (R-510); only what was measured needs credits."""

        def end(account: RunAccount) -> None:
            if account.run.status is RunStatus.RUNNING:
                # What a killed worker left torn is no result, and is not charged.
                account.start()
            account.run.cancel(now=self.clock.now())

        return self._ended(run_id, end)

    def failed(self, run_id: RunId, failure: Failure) -> Run:
        """The run ended in an error: it cannot be carried out. Nothing is held again for it."""

        def end(account: RunAccount) -> None:
            account.run.start(now=self.clock.now())
            account.run.fail(failure, now=self.clock.now())

        return self._ended(run_id, end)

    def _ended(self, run_id: RunId, end: Callable[[RunAccount], None]) -> Run:
        with self.ownership.of(run_id, _Nobody(), holds=False) as (account, _):
            if not account.run.is_terminal:
                end(account)
                account.close()
            return account.run


@dataclass(frozen=True, slots=True)
class _Nobody:
    """What takes a moment is not cancelled."""

    requested: bool = False
