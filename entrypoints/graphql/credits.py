"""A user's credits: the balance, the ledger, and how many runs an hour the plan allows."""

from datetime import datetime
from functools import partial
from typing import Annotated

import strawberry

from application.queries.read_rate_limit import RateLimitState
from domain.errors import RunNotFound
from domain.ledger import Balance, Entry
from domain.rate_limit import Plan
from entrypoints.graphql.context import Info, asked
from entrypoints.graphql.runs import run_id_in
from entrypoints.graphql.scalars import CreditAmount, credit_amount, signed_amount

ENTRIES_MAX = 500


@strawberry.type(name="Balance", description="A user's credits.")
class BalanceType:
    """What is free to use, and what is set aside."""

    available: CreditAmount = strawberry.field(description="Free to use.")
    held: CreditAmount = strawberry.field(description="Set aside for runs under way.")

    @classmethod
    def of(cls, balance: Balance) -> "BalanceType":
        return cls(available=credit_amount(balance.available), held=credit_amount(balance.held))


@strawberry.type(name="LedgerEntry", description="One posting; those of an operation sum to zero.")
class LedgerEntryType:
    """A line of the ledger, which never changes."""

    entry: strawberry.Private[Entry]

    @strawberry.field(description="Its number; numbers rise.")
    def number(self) -> int:
        return self.entry.number

    @strawberry.field(description="When it was booked.")
    def at(self) -> datetime:
        return self.entry.at

    @strawberry.field(description="What was done: top_up, hold, settle, release, expire, correct.")
    def operation(self) -> str:
        return str(self.entry.kind)

    @strawberry.field(description="Whose side of it this is: available, held, revenue, …")
    def account(self) -> str:
        return str(self.entry.posting.account)

    @strawberry.field(description="What it adds, or takes below zero.")
    def amount(self) -> CreditAmount:
        return signed_amount(self.entry.posting.kopecks)

    @strawberry.field(description="The component it is for.")
    def component(self) -> str | None:
        return self.entry.posting.component

    @strawberry.field(description="Why this much.")
    def reason(self) -> str | None:
        return self.entry.posting.reason

    @strawberry.field(description="What was noted with the operation.")
    def note(self) -> str:
        return self.entry.note

    @strawberry.field(description="UUID of the run it belongs to.")
    def run_id(self) -> str | None:
        return None if self.entry.run_id is None else str(self.entry.run_id)


@strawberry.type(name="RateLimit", description="How many runs an hour may be started.")
class RateLimitType:
    """The sliding window of the user's plan."""

    plan: Plan = strawberry.field(description="The plan in force.")
    limit: int | None = strawberry.field(description="Runs an hour; null: no limit.")
    used: int = strawberry.field(description="Started within the last hour.")
    free_at: datetime | None = strawberry.field(
        description="When the next may start; null: at once."
    )

    @classmethod
    def of(cls, state: RateLimitState) -> "RateLimitType":
        return cls(plan=state.plan, limit=state.limit, used=state.used, free_at=state.free_at)


@strawberry.type
class CreditQueries:
    """The caller's own credits."""

    @strawberry.field(description="The caller's credits.")
    async def balance(self, info: Info) -> BalanceType:
        user_id, ledger = info.context.reading().id, info.context.container.read_ledger()
        return BalanceType.of(await asked(lambda: ledger.balance(user_id)))

    @strawberry.field(description="What was booked, the newest first; empty for an unknown run.")
    async def ledger(
        self,
        info: Info,
        run: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only what is of this run.")
        ] = None,
        first: Annotated[
            int, strawberry.argument(description="How many, 1 to 500; beyond: the nearest of them.")
        ] = 100,
        before: Annotated[
            int | None, strawberry.argument(description="Only entries of lower numbers.")
        ] = None,
    ) -> list[LedgerEntryType]:
        user_id, ledger = info.context.reading().id, info.context.container.read_ledger()
        limit = min(max(first, 1), ENTRIES_MAX)
        try:
            run_id = None if run is None else run_id_in(run)
            latest = partial(ledger.latest, run_id=run_id, before=before, limit=limit)
            found = await asked(lambda: latest(user_id))
        except RunNotFound:
            return []
        return [LedgerEntryType(entry=entry) for entry in found]

    @strawberry.field(description="How many more runs may be started within the hour.")
    async def rate_limit(self, info: Info) -> RateLimitType:
        user_id, read = info.context.reading().id, info.context.container.read_rate_limit()
        return RateLimitType.of(await asked(lambda: read(user_id)))
