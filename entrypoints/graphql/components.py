"""The catalogue: what can be measured, and what each component needs."""

import strawberry

from application.presentation import said
from domain.component import ComponentSpec, Kind, Modality
from entrypoints.graphql.context import Info
from entrypoints.graphql.scalars import JsonText


@strawberry.type(name="Component", description="One measuring unit of the catalogue.")
class ComponentType:
    """A component as a front end offers it."""

    spec: strawberry.Private[ComponentSpec]

    @strawberry.field(description="Its one name, the same everywhere.")
    def name(self) -> str:
        return self.spec.name

    @strawberry.field(description="What people call it, in the reader's language.")
    def label(self, info: Info) -> str:
        schema = info.context.container.shipped()[self.spec.name].schema
        return said(schema.label, info.context.language)

    @strawberry.field(description="What it measures, in one sentence.")
    def meaning(self, info: Info) -> str:
        schema = info.context.container.shipped()[self.spec.name].schema
        return said(schema.meaning, info.context.language)

    @strawberry.field(description="The sense it belongs to.")
    def modality(self) -> Modality:
        return self.spec.modality

    @strawberry.field(description="An algorithm, a served model, or computed from others.")
    def kind(self) -> Kind:
        return self.spec.kind

    @strawberry.field(description="Components it cannot do without.")
    def needs(self) -> list[str]:
        return list(self.spec.needs)

    @strawberry.field(description="Components it makes use of when they are there.")
    def uses(self) -> list[str]:
        return list(self.spec.uses)

    @strawberry.field(description="Whether the forecast needs it; false: it is extra.")
    def is_for_forecast(self) -> bool:
        return self.spec.tier0

    @strawberry.field(description="Fields of the video's metadata without which it is refused.")
    def needs_metadata(self) -> list[str]:
        return list(self.spec.needs_metadata)

    @strawberry.field(description="Parameters with their defaults.")
    def parameters(self) -> JsonText:
        return JsonText(dict(self.spec.parameters))

    @strawberry.field(description="Version of the algorithm.")
    def producer_version(self) -> str:
        return self.spec.producer_version

    @strawberry.field(description="Version of the artifact's schema.")
    def schema_version(self) -> str:
        return self.spec.schema_version


@strawberry.type
class ComponentQueries:
    """Open to everybody who may ask."""

    @strawberry.field(description="Every component, dependencies before dependants.")
    def components(self, info: Info) -> list[ComponentType]:
        catalogue = info.context.container.catalogue()
        return [ComponentType(spec=catalogue[name]) for name in catalogue.names]
