"""Runs to take away: a link to a file, good for a while and for whoever has it."""

from datetime import datetime
from typing import Annotated

import strawberry

from application.queries.export_run import ExportFormat
from domain.identity import RunId
from domain.signed_link import LINK_LIFETIME, LinkClaim
from entrypoints.graphql.context import Info, answered
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.runs import run_id_in
from entrypoints.http.exports import VERB, export_path

ExportFormatEnum = strawberry.enum(
    ExportFormat,
    description=(
        "What a run is taken away as. JSON: the manifest and every value with unit and meaning. "
        "CSV: a zip of tables, one a component and axis. NPZ: a zip of the stored arrays. SRT: "
        "subtitles, where there are spoken words."
    ),
)


@strawberry.type(description="A file, made while it is fetched.")
class ExportLink:
    """Whoever has the link has the file."""

    url: str = strawberry.field(description="A path of this service, fetched without a token.")
    expires_at: datetime = strawberry.field(description="Until when; then ask for another.")


ExportRunResult = Annotated[ExportLink | Refusal, strawberry.union("ExportRunResult")]


@strawberry.type
class ExportMutations:
    """The caller's own runs."""

    @strawberry.mutation(description="A link to the file of an ended run; it costs nothing.")
    async def export_run(
        self,
        info: Info,
        run: Annotated[strawberry.ID, strawberry.argument(description="Global id of the run.")],
        format: Annotated[ExportFormat, strawberry.argument(description="The kind of file.")],
    ) -> ExportRunResult:
        user_id, container = info.context.reading().id, info.context.container
        export, signer, now = container.export_run(), container.link_signer(), container.clock()

        def linked() -> ExportLink:
            run_id: RunId = run_id_in(run)
            export.check(user_id, run_id, format)
            ends_at = now.now().replace(microsecond=0) + LINK_LIFETIME
            path = export_path(run_id, format)
            claim = LinkClaim(verb=VERB, path=path, user_id=user_id, expires_at=ends_at)
            return ExportLink(url=signer.sign(claim), expires_at=ends_at)

        return await answered(info, linked)
