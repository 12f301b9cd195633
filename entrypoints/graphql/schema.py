"""The whole schema, put together from its topics."""

from typing import Annotated

import strawberry
from strawberry.schema.config import StrawberryConfig

from entrypoints.graphql import enums, ids, limits
from entrypoints.graphql.administration import AdministrationMutations, AdministrationQueries
from entrypoints.graphql.artifacts import CHARTS
from entrypoints.graphql.components import ComponentQueries
from entrypoints.graphql.context import Info
from entrypoints.graphql.credits import CreditQueries
from entrypoints.graphql.estimates import EstimateMutations, EstimateQueries
from entrypoints.graphql.exports import ExportMutations
from entrypoints.graphql.failures import CodedSchema
from entrypoints.graphql.identity import (
    API_KEY,
    IdentityMutations,
    IdentityQueries,
    found_api_key,
    found_me,
)
from entrypoints.graphql.node import Node
from entrypoints.graphql.plain_fields import PlainFields
from entrypoints.graphql.profiles import ProfileMutations, ProfileQueries
from entrypoints.graphql.progress import ProgressSubscriptions
from entrypoints.graphql.run_mutations import RunMutations
from entrypoints.graphql.runs import RUN, RunQueries, found_run
from entrypoints.graphql.scalars import SCALARS
from entrypoints.graphql.uploads import UPLOAD, found_upload
from entrypoints.graphql.users import USER, UserMutations, UserQueries
from entrypoints.graphql.videos import (
    VIDEO,
    VideoMutations,
    VideoQueries,
    found_video,
)
from entrypoints.graphql.webhooks import (
    DELIVERY,
    WEBHOOK,
    WebhookMutations,
    WebhookQueries,
    found_delivery,
    found_webhook,
)

NODES_MAX = 100

_LOADERS = {
    RUN: found_run,
    API_KEY: found_api_key,
    USER: found_me,
    WEBHOOK: found_webhook,
    DELIVERY: found_delivery,
    VIDEO: found_video,
    UPLOAD: found_upload,
}
"""Who finds a thing of each kind, for whom it belongs to only."""


@strawberry.type
class NodeQueries:
    """Relay's way to ask for anything again."""

    @strawberry.field(description="What has this id; null when unknown or another user's.")
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")],
    ) -> Node | None:
        info.context.reading()
        return await _found(info, id)

    @strawberry.field(description="The same for several ids, in their order; at most 100.")
    async def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="Global ids.")],
    ) -> list[Node | None]:
        info.context.reading()
        return [await _found(info, one) for one in ids[:NODES_MAX]]


async def _found(info: Info, text: str) -> Node | None:
    named = ids.decode(text)
    loader = _LOADERS.get(named[0]) if named is not None else None
    return None if loader is None else await loader(info, text)


@strawberry.type(description="Everything that can be asked.")
class Query(
    NodeQueries,
    IdentityQueries,
    ProfileQueries,
    ComponentQueries,
    RunQueries,
    VideoQueries,
    EstimateQueries,
    CreditQueries,
    UserQueries,
    WebhookQueries,
    AdministrationQueries,
):
    """All topics."""


@strawberry.type(description="Everything that can be done.")
class Mutation(
    IdentityMutations,
    ProfileMutations,
    UserMutations,
    WebhookMutations,
    AdministrationMutations,
    VideoMutations,
    EstimateMutations,
    ExportMutations,
    RunMutations,
):
    """All topics."""


@strawberry.type(description="Everything that can be followed.")
class Subscription(ProgressSubscriptions):
    """All topics."""


def schema(*, is_introspectable: bool = True) -> strawberry.Schema:
    """The schema with its limits. In production nobody is told what it holds."""
    return CodedSchema(
        Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[*CHARTS, *enums.ENUMS],
        extensions=limits.extensions(is_introspectable=is_introspectable),
        execution_context_class=PlainFields,
        config=StrawberryConfig(
            scalar_map=SCALARS, disable_field_suggestions=not is_introspectable
        ),
    )
