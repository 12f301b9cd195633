"""Following a run and a balance live: a snapshot first, then what changes, and a sure end."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated

import strawberry

from application.queries.read_runs import ReadRuns, Snapshot
from domain.component import ComponentStatus
from domain.errors import DomainError
from domain.events import ComponentEnded, RunEvent, RunMoved, StageEntered
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import RunStatus, Stage
from entrypoints.graphql.context import Info, asked
from entrypoints.graphql.credits import BalanceType
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.runs import RunType, run_id_in

LOOK_AGAIN_S = 15.0
"""Who waits looks for itself this often, whether it was woken or not, and whether it still may."""


@strawberry.type(name="RunEvent", description="Something that happened to a run.")
class RunEventType:
    """One of the three kinds of events: exactly one of status, stage and component is there."""

    sequence: int = strawberry.field(description="Its number within the run; numbers rise by one.")
    event: strawberry.Private[RunEvent]

    @strawberry.field(description="When it happened.")
    def at(self) -> datetime:
        return self.event.at

    @strawberry.field(description="The status that the run reached.")
    def status(self) -> RunStatus | None:
        return RunStatus(self.event.status) if isinstance(self.event, RunMoved) else None

    @strawberry.field(description="Why the run ended so: a stable code; empty else.")
    def code(self) -> str:
        return self.event.code if isinstance(self.event, RunMoved) else ""

    @strawberry.field(description="The stage that the run entered.")
    def stage(self) -> Stage | None:
        return Stage(self.event.stage) if isinstance(self.event, StageEntered) else None

    @strawberry.field(description="The component that came to its end.")
    def component(self) -> str | None:
        return self.event.component if isinstance(self.event, ComponentEnded) else None

    @strawberry.field(description="How that component ended.")
    def component_status(self) -> ComponentStatus | None:
        if not isinstance(self.event, ComponentEnded):
            return None
        return ComponentStatus(self.event.status)


@strawberry.type(description="Where a run stands, and what has happened since the last message.")
class RunProgress:
    """A message of `runProgress`."""

    run: RunType = strawberry.field(description="The run as it stands.")
    events: list[RunEventType] = strawberry.field(description="In the order they happened.")
    sequence: int = strawberry.field(
        description="Give it as `afterSequence` after a lost connection: nothing is missed."
    )
    is_last: bool = strawberry.field(description="The run has ended; no message follows.")
    share: float = strawberry.field(description="How much of the estimated time is done, 0 to 1.")
    seconds_left: float | None = strawberry.field(
        description="What is usually still needed; null where no estimate tells."
    )

    @classmethod
    def of(cls, found: Snapshot) -> "RunProgress":
        return cls(
            run=RunType.of(found.run),
            events=[RunEventType(sequence=n, event=event) for n, event in found.events],
            sequence=found.sequence,
            is_last=found.run.is_terminal,
            share=found.share,
            seconds_left=found.seconds_left,
        )


RunProgressResult = Annotated[RunProgress | Refusal, strawberry.union("RunProgressResult")]


@strawberry.type
class ProgressSubscriptions:
    """What a front end follows."""

    @strawberry.subscription(
        description="A run: where it stands now, then every change, until it has ended."
    )
    async def run_progress(
        self,
        info: Info,
        run: Annotated[strawberry.ID, strawberry.argument(description="Global id of the run.")],
        after_sequence: Annotated[
            int, strawberry.argument(description="Events up to this number are known already.")
        ] = 0,
    ) -> AsyncGenerator[RunProgressResult, None]:
        user_id, container = info.context.reading().id, info.context.container
        reader, sequence, is_first = container.read_runs(), max(after_sequence, 0), True
        woken = Listener(info)
        try:
            run_id = run_id_in(run)
            async with container.run_watch().following(run_id) as bell:
                while True:
                    bell.clear()
                    # One object for all who hear the same: what they are told is made once.
                    found = await container.shared_reads()(
                        (user_id, run_id, sequence),
                        partial(_progress, reader, user_id, run_id, after=sequence),
                    )
                    if found.events or is_first:
                        sequence, is_first = found.sequence, False
                        yield found
                    if found.is_last:
                        return
                    await woken(bell)
        except DomainError as refusal:
            yield Refusal.of(refusal, info.context.language)

    @strawberry.subscription(description="The caller's credits, now and whenever they change.")
    async def balance(self, info: Info) -> AsyncGenerator[BalanceType, None]:
        user_id, container = info.context.reading().id, info.context.container
        ledger, told, woken = container.read_ledger(), None, Listener(info)
        async with container.balance_watch().following(user_id) as bell:
            while True:
                bell.clear()
                found = await asked(lambda: ledger.balance(user_id))
                if found != told:
                    told = found
                    yield BalanceType.of(found)
                await woken(bell)


def _progress(reader: ReadRuns, user_id: UserId, run_id: RunId, *, after: int) -> RunProgress:
    return RunProgress.of(reader.snapshot(user_id, run_id, after=after))


class Listener:
    """Waits for news on behalf of a caller, who from time to time has to be known still."""

    def __init__(self, info: Info, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._info = info
        self._monotonic = monotonic
        self._due_s = monotonic() + LOOK_AGAIN_S

    async def __call__(self, bell: asyncio.Event) -> None:
        """Waits for the bell, `LOOK_AGAIN_S` at most.

        Raises Unauthenticated for one whose session or key was ended meanwhile, however much there
        is to hear.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_S):
                await bell.wait()
        if self._monotonic() >= self._due_s:
            await self._info.context.still_known()
            self._due_s = self._monotonic() + LOOK_AGAIN_S
