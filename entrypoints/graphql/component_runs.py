"""What became of each component inside a run."""

from datetime import datetime

import strawberry

from domain.component import ComponentStatus
from domain.errors import DomainError
from domain.identity import RunId
from domain.run import ComponentRun, Failure, Run
from entrypoints.graphql import ids
from entrypoints.graphql.artifacts import Artifact
from entrypoints.graphql.context import Info, asked
from entrypoints.graphql.links import PictureLinks
from entrypoints.language import explain_failure


@strawberry.type(name="Failure", description="Why something ended in an error.")
class FailureType:
    """A stable code and a sentence in the reader's language."""

    failure: strawberry.Private[Failure]

    @strawberry.field(description="Stable; every code is listed in the documentation.")
    def code(self) -> str:
        return self.failure.code

    @strawberry.field(description="What happened and what to do.")
    def message(self, info: Info) -> str:
        return explain_failure(self.failure, info.context.language)

    @strawberry.field(description="The stage or component where it happened.")
    def where(self) -> str:
        return self.failure.where

    @strawberry.field(description="The component that failed first, when this one was blocked.")
    def root(self) -> str | None:
        return self.failure.root


@strawberry.type(name="ComponentRun", description="One component inside a run.")
class ComponentRunType:
    """How a component ended, or that it has not ended yet."""

    run: strawberry.Private[Run]
    name: str = strawberry.field(description="The component.")
    is_optional: bool = strawberry.field(description="Whether the run survives its failure.")
    ended: strawberry.Private[ComponentRun | None]

    @strawberry.field(description="Null while it waits or is at work.")
    def status(self) -> ComponentStatus | None:
        return self.ended.status if self.ended else None

    @strawberry.field(description="When it was taken up.")
    def started_at(self) -> datetime | None:
        return self.ended.started_at if self.ended else None

    @strawberry.field(description="When it ended.")
    def finished_at(self) -> datetime | None:
        return self.ended.finished_at if self.ended else None

    @strawberry.field(description="How long it took, in milliseconds.")
    def duration_ms(self) -> int | None:
        return self.ended.duration_ms if self.ended else None

    @strawberry.field(description="Why it validly has nothing to say.")
    def empty_reason(self) -> str | None:
        return self.ended.empty_reason if self.ended else None

    @strawberry.field(description="Why it failed.")
    def failure(self) -> FailureType | None:
        failed = self.ended.failure if self.ended else None
        return None if failed is None else FailureType(failure=failed)

    @strawberry.field(description="What it noticed.")
    def notes(self) -> list[str]:
        return list(self.ended.notes) if self.ended else []

    @strawberry.field(description="Whether its result was taken over, as it was measured before.")
    def is_reused(self) -> bool:
        return self.ended is not None and self.ended.is_reused

    @strawberry.field(description="The caller's run it was taken from; null for another's.")
    def reused_from(self) -> strawberry.ID | None:
        known = self.ended.provenance if self.ended else None
        return ids.encode(ids.RUN, known.reused_from) if known and known.reused_from else None

    @strawberry.field(description="When its result was measured, in whichever run.")
    def measured_at(self) -> datetime | None:
        known = self.ended.provenance if self.ended else None
        return known.measured_at if known else None

    @strawberry.field(description="What it measured; null until it has ended.")
    async def artifact(self, info: Info) -> Artifact | None:
        if self.ended is None:
            return None
        return await measured(info, self.run.id, self.name)


async def measured(info: Info, run_id: RunId, component: str) -> Artifact | None:
    """What a component of the caller's run left; None where there is nothing to be read."""
    # A key that may start runs, and gets them in answer, may not so read what they measured.
    user_id, reader = info.context.reading().id, info.context.container.read_artifact()
    try:
        found = await asked(lambda: reader(run_id, component, user_id=user_id))
    except DomainError:
        return None
    return Artifact(found=found, links=PictureLinks(info.context.container, user_id, run_id))
