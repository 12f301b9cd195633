"""Runs as their owners see them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import strawberry

from application.ports.run_history import Place
from domain.component import ComponentStatus
from domain.errors import InvalidPage, RunNotFound
from domain.identity import RunId
from domain.run import Run, RunStatus, Stage
from domain.run_filter import RunFilter
from domain.video import Platform
from entrypoints.graphql import ids
from entrypoints.graphql.artifacts import Artifact
from entrypoints.graphql.bills import BillType
from entrypoints.graphql.component_runs import ComponentRunType, FailureType, measured
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.cursors import Cursor
from entrypoints.graphql.links import SignedLink, linked
from entrypoints.graphql.metadata import WORD_MAX
from entrypoints.graphql.node import Node, PageInfo
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.webhooks import WebhookType
from entrypoints.http.shown import report_path

RUN = ids.RUN
PAGE_USUAL = 20
COMPARED_MIN, COMPARED_MAX = 2, 4


@strawberry.type(name="Run", description="One video analysed once under one profile.")
class RunType(Node):
    """A run of the caller's own. What lists show are plain values, which cost least to give."""

    run: strawberry.Private[Run]
    run_id: str = strawberry.field(description="The run's UUID, as in manifests, files and logs.")
    status: RunStatus = strawberry.field(description="Where it stands.")
    stage: Stage | None = strawberry.field(description="The stage it is in, or was in last.")
    platform: Platform = strawberry.field(description="Where the video comes from.")
    video_id: str = strawberry.field(description="The video's id on its platform.")
    title: str | None = strawberry.field(description="The title it was started with.")
    profile: str = strawberry.field(description="Name of the profile.")
    config_hash: str = strawberry.field(
        description="Digest of the profile: the same for the same configuration."
    )
    created_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When it was taken up.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")

    @classmethod
    def of(cls, run: Run) -> "RunType":
        return cls(
            id=ids.encode(RUN, run.id),
            run=run,
            run_id=str(run.id),
            status=run.status,
            stage=run.stage,
            platform=run.identity.platform_id,
            video_id=run.identity.video_id,
            title=run.metadata.title,
            profile=run.profile.name,
            config_hash=run.identity.config_hash,
            created_at=run.created_at,
            started_at=run.started_at,
            finished_at=run.finished_at,
        )

    @strawberry.field(description="Why it ended in an error.")
    def failure(self) -> FailureType | None:
        failed = self.run.failure
        return None if failed is None else FailureType(failure=failed)

    @strawberry.field(description="Optional components that failed while the run went on.")
    def warnings(self) -> list[str]:
        return list(self.run.warnings)

    @strawberry.field(description="Every chosen component, dependencies first.")
    def components(self, info: Info) -> list[ComponentRunType]:
        specs = info.context.container.catalogue().in_order(self.run.profile.component_names)
        required = self.run.profile.required
        return [
            ComponentRunType(
                run=self.run,
                name=spec.name,
                is_optional=spec.name not in required,
                ended=self.run.components.get(spec.name),
            )
            for spec in specs
        ]

    @strawberry.field(
        description="The callbacks that it was started with, and what they were told."
    )
    async def callbacks(self, info: Info) -> list[WebhookType]:
        user_id, read = info.context.reading().id, info.context.container.read_webhooks()
        found = await asked(lambda: read.of_run(user_id, self.run.id))
        return [WebhookType.of(webhook) for webhook in found]

    @strawberry.field(description="Its page of measurements, as HTML; null until it is written.")
    async def report(self, info: Info) -> SignedLink | None:
        user_id, container = info.context.reading().id, info.context.container
        read = container.read_shown()
        if not await asked(lambda: read.has_report(user_id, self.run.id)):
            return None
        return linked(container, report_path(self.run.id), user_id=user_id)

    @strawberry.field(description="What was held, charged and returned, by component.")
    async def bill(self, info: Info) -> BillType | None:
        user_id, ledger = info.context.reading().id, info.context.container.read_ledger()
        found = await asked(lambda: ledger.bill(user_id, self.run.id))
        return None if found is None else BillType.of(found)


@strawberry.type(description="A run in a list.")
class RunEdge:
    """Relay's edge."""

    node: RunType = strawberry.field(description="The run.")
    cursor: str = strawberry.field(description="Its place in the list.")


@strawberry.type(description="A page of runs, the newest first.")
class RunConnection:
    """Relay's connection."""

    edges: list[RunEdge] = strawberry.field(description="The runs of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.input(description="Which runs are asked for; what is left out does not choose.")
class RunChoice:
    """`RunFilter` as it is asked for."""

    statuses: list[RunStatus] = strawberry.field(
        default_factory=list, description="Runs of one of these statuses."
    )
    text: str = strawberry.field(default="", description="Runs whose title holds it, in any case.")
    since: datetime | None = strawberry.field(
        default=None, description="Started at this moment or later."
    )
    until: datetime | None = strawberry.field(default=None, description="Started before.")

    def as_filter(self) -> RunFilter:
        """Raises InvalidPage for moments without a zone or out of the calendar, and long texts."""
        if len(self.text) > WORD_MAX:
            raise InvalidPage(f"a text to look for has at most {WORD_MAX} characters")
        return RunFilter(
            statuses=frozenset(self.statuses),
            text=self.text,
            since=_moment(self.since),
            until=_moment(self.until),
        )


@strawberry.type(description="Runs side by side.")
class Comparison:
    """Two to four runs of the caller."""

    runs: list[RunType] = strawberry.field(description="In the order they were asked for.")
    components: list[str] = strawberry.field(description="Components that all of them measured.")


RunPageResult = Annotated[RunConnection | Refusal, strawberry.union("RunPageResult")]
ComparisonResult = Annotated[Comparison | Refusal, strawberry.union("ComparisonResult")]


@strawberry.type
class RunQueries:
    """A user's own runs."""

    @strawberry.field(description="One run; null when it is unknown or another user's.")
    async def run(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")],
    ) -> RunType | None:
        return await found_run(info, id)

    @strawberry.field(description="The caller's runs, the newest first.")
    async def runs(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 100.")] = PAGE_USUAL,
        after: Annotated[
            str | None, strawberry.argument(description="The `endCursor` of the page before.")
        ] = None,
        choice: Annotated[
            RunChoice | None, strawberry.argument(description="Which of them.")
        ] = None,
    ) -> RunPageResult:
        user_id, reader = info.context.reading().id, info.context.container.read_runs()

        def page() -> RunConnection:
            limit = Cursor.limit(first)
            place = None if after is None else Cursor.read(after)
            chosen = RunFilter() if choice is None else choice.as_filter()
            found = reader.page(user_id, chosen=chosen, after=place, limit=limit)
            return _connection(found.runs, has_next=found.has_next)

        return await answered(info, page)

    @strawberry.field(description="One component's result; null where there is none to be read.")
    async def artifact(
        self,
        info: Info,
        run: Annotated[strawberry.ID, strawberry.argument(description="Global id of the run.")],
        component: Annotated[str, strawberry.argument(description="Name of the component.")],
    ) -> Artifact | None:
        found = await found_run(info, run)
        return None if found is None else await measured(info, found.run.id, component)

    @strawberry.field(description="Two to four runs side by side.")
    async def compare(
        self,
        info: Info,
        runs: Annotated[
            list[strawberry.ID], strawberry.argument(description="Global ids, 2 to 4.")
        ],
    ) -> ComparisonResult:
        user_id, reader = info.context.reading().id, info.context.container.read_runs()

        def compared() -> Comparison:
            if not COMPARED_MIN <= len(set(runs)) <= COMPARED_MAX or len(set(runs)) < len(runs):
                raise InvalidPage("two to four different runs are compared")
            found = reader.several(user_id, [run_id_in(run) for run in runs])
            shared = frozenset.intersection(*(_measured(run) for run in found))
            return Comparison(runs=[RunType.of(run) for run in found], components=sorted(shared))

        return await answered(info, compared)


def run_id_in(text: str) -> RunId:
    """The run that a global id names; raises RunNotFound for what names none."""
    return RunId(ids.uuid_in(text, kind=RUN, otherwise=lambda: RunNotFound("no such run")))


async def found_run(info: Info, text: str) -> RunType | None:
    """The caller's run of this global id, or None, also for another user's."""
    user_id, reader = info.context.reading().id, info.context.container.read_runs()
    try:
        return RunType.of(await asked(lambda: reader.one(user_id, run_id_in(text))))
    except RunNotFound:
        return None


def _moment(given: datetime | None) -> datetime | None:
    if given is None:
        return None
    if given.tzinfo is None:
        raise InvalidPage("a moment names its zone, as in 2026-01-31T12:00:00Z")
    try:
        return given.astimezone(UTC)
    except OverflowError as error:
        raise InvalidPage("a moment lies in the years 1 to 9999 of UTC") from error


def _connection(runs: Sequence[Run], *, has_next: bool) -> RunConnection:
    edges = [RunEdge(node=RunType.of(run), cursor=Cursor.write(Place.of(run))) for run in runs]
    end = edges[-1].cursor if edges else None
    return RunConnection(edges=edges, page_info=PageInfo(has_next_page=has_next, end_cursor=end))


def _measured(run: Run) -> frozenset[str]:
    ok = ComponentStatus.OK
    return frozenset(name for name, ended in run.components.items() if ended.status is ok)
