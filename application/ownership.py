"""Owning a run: a lease with a heartbeat, given back at the end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from application.account import RunAccount
from application.errors import AdapterError, HandedBack
from application.ports.artifacts import Artifacts
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.ticker import Ticker
from application.ports.unit_of_work import UnitOfWork
from application.ports.workers import Workers
from application.retrying import Retrying
from application.settling import Settling
from domain.catalogue import Catalogue
from domain.errors import LeaseLost
from domain.identity import RunId
from domain.lease import HEARTBEAT_S, Lease
from domain.reuse_key import Equipment

LISTEN_S = 1.0
"""So often the owner looks whether its run is still wanted (R-510)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """Takes runs for this worker; a run whose owner is known dead is taken over at once."""

    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    catalogue: Catalogue
    clock: Clock
    workers: Workers
    ticker: Ticker
    retrying: Retrying
    equipment: Callable[[], Equipment]

    @contextmanager
    def of(
        self, run_id: RunId, cancellation: Cancellation, *, holds: bool = True
    ) -> Iterator[tuple[RunAccount, "OwnedRun"]]:
        """The account of a run, and a token that also tells a lost lease and a cancel asked for.

        A run that comes out `HandedBack` was not tried: another worker goes on with it. What had
        been held for it and has expired is held again, but where `holds` is False.
        """
        account, is_unwanted = self._taken(run_id, holds=holds)
        token = OwnedRun(cancellation, is_unwanted=is_unwanted)

        def beat() -> None:
            try:
                with self.unit_of_work() as work:
                    work.leases.renew(account.lease, now=self.clock.now())
                    work.commit()
            except LeaseLost:
                token.lost.append(run_id)
            except AdapterError:
                # A beat that the database did not take: the lease outlives five of them.
                return

        def listen() -> None:
            # What the database does not answer now it will answer in a second.
            with suppress(AdapterError), self.unit_of_work() as work:
                token.is_unwanted = work.runs.cancel_requested(run_id)

        counts = True
        try:
            with self.ticker.every(HEARTBEAT_S, beat), self.ticker.every(LISTEN_S, listen):
                yield account, token
        except HandedBack:
            counts = False
            raise
        finally:
            self._release(account.lease, counts=counts)

    def _release(self, lease: Lease, *, counts: bool) -> None:
        """Gives the run back, unless somebody else has it already."""

        def release() -> None:
            with self.unit_of_work() as work:
                work.leases.release(lease, now=self.clock.now(), counts=counts)
                work.commit()

        with suppress(LeaseLost):
            self.retrying(release)

    def _taken(self, run_id: RunId, *, holds: bool) -> tuple[RunAccount, bool]:
        tried: list[Lease] = []

        def take() -> tuple[RunAccount, bool]:
            with self.unit_of_work() as work:
                run = work.runs.get(run_id)
                lease = self._lease(work, run_id, tried)
                tried.append(lease)
                if holds and not run.is_terminal:
                    Settling(run).hold(work, now=self.clock.now())
                work.outbox.take(run_id)
                account = RunAccount(
                    run=run,
                    lease=lease,
                    artifacts=work.runs.artifacts(run_id),
                    preprocessing=work.runs.preprocessing(run_id),
                    unit_of_work=self.unit_of_work,
                    store=self.store,
                    catalogue=self.catalogue,
                    clock=self.clock,
                    retrying=self.retrying,
                    equipment=self.equipment,
                )
                is_unwanted = work.runs.cancel_requested(run_id)
                work.commit()
            return account, is_unwanted

        return self.retrying(take)

    def _lease(self, work: UnitOfWork, run_id: RunId, tried: Sequence[Lease]) -> Lease:
        current = work.leases.current(run_id)
        if current is not None and current in tried:
            # Ours already: the commit of an earlier try did its work, and its answer was lost.
            return current
        return work.leases.take(
            run_id,
            owner=self.workers.me,
            now=self.clock.now(),
            owner_is_dead=current is not None and self.workers.is_dead(current.owner),
        )


@dataclass(slots=True)
class OwnedRun:
    """A cancellation that stops the work also when its user, anywhere, wants it no more.

    And when somebody else has taken the run over.
    """

    cancellation: Cancellation
    is_unwanted: bool = False
    lost: list[RunId] = field(default_factory=list)

    @property
    def requested(self) -> bool:
        if self.lost:
            raise LeaseLost("another worker has taken this run over")
        return self.is_unwanted or self.cancellation.requested
