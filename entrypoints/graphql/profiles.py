"""Profiles: ours, and those that users save (R-201)."""

from typing import Annotated

import strawberry

from domain.component import ParameterValue
from domain.errors import InvalidProfile, UnknownComponent
from domain.profile import ComponentChoice, Profile
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.scalars import JsonText

CHOICES_MAX = 200


@strawberry.type(name="ComponentChoice", description="One component of a profile.")
class ChoiceType:
    """How it is to be measured."""

    choice: strawberry.Private[ComponentChoice]

    @strawberry.field(description="Name of the component.")
    def component(self) -> str:
        return self.choice.name

    @strawberry.field(description="Whether the run survives its failure.")
    def is_optional(self) -> bool:
        return self.choice.optional

    @strawberry.field(description="Its parameters, by name, those that have defaults included.")
    def parameters(self) -> JsonText:
        return JsonText(dict(self.choice.parameters))


@strawberry.type(name="Profile", description="A named choice of components.")
class ProfileType:
    """As a run by it would measure: what components need is among them."""

    profile: strawberry.Private[Profile]
    is_built_in: bool = strawberry.field(description="Ours; else the caller's own.")

    @strawberry.field(description="Its name, by which runs are started.")
    def name(self) -> str:
        return self.profile.name

    @strawberry.field(description="Changes whenever the choice does.")
    def version(self) -> str:
        return self.profile.version

    @strawberry.field(
        description="Its components by name; null when one of them is no longer measured."
    )
    def components(self, info: Info) -> list[ChoiceType] | None:
        try:
            resolved = self.profile.resolved(info.context.container.catalogue())
        except (InvalidProfile, UnknownComponent):
            return None
        return [ChoiceType(choice=choice) for choice in resolved.choices]


@strawberry.type(description="The profile is no longer there; runs by it stay as they are.")
class ProfileDeleted:
    """Its name is free again."""

    name: str = strawberry.field(description="Name that it had.")


@strawberry.input(description="One component to be measured.")
class ComponentChoiceInput:
    """What a user picks."""

    component: str = strawberry.field(description="Name of the component.")
    is_optional: bool = strawberry.field(
        default=True, description="Whether the run survives its failure."
    )
    parameters: JsonText | None = strawberry.field(
        default=None, description="An object of plain values; what is left out has its default."
    )

    def as_choice(self) -> ComponentChoice:
        """Raises InvalidProfile for parameters that are no object of plain values."""
        given: object = {} if self.parameters is None else self.parameters
        place = f"components.{self.component}"
        if not isinstance(given, dict):
            raise InvalidProfile("parameters are an object", place=place)
        return ComponentChoice(
            self.component,
            self.is_optional,
            {str(name): _plain(value, f"{place}.{name}") for name, value in given.items()},
        )


SaveProfileResult = Annotated[ProfileType | Refusal, strawberry.union("SaveProfileResult")]
DeleteProfileResult = Annotated[ProfileDeleted | Refusal, strawberry.union("DeleteProfileResult")]


@strawberry.type
class ProfileQueries:
    """What may be run."""

    @strawberry.field(description="Ours, the fastest first, then the caller's own by name.")
    async def profiles(self, info: Info) -> list[ProfileType]:
        user_id, read = info.context.reading().id, info.context.container.read_profiles()
        own = await asked(lambda: read.saved(user_id))
        ours = [ProfileType(profile=one, is_built_in=True) for one in read.built_in()]
        return ours + [ProfileType(profile=one, is_built_in=False) for one in own]


@strawberry.type
class ProfileMutations:
    """The caller's own."""

    @strawberry.mutation(description="Save a choice; the same name again makes its next version.")
    async def save_profile(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="At most 60 characters.")],
        components: Annotated[
            list[ComponentChoiceInput],
            strawberry.argument(description="What to measure; what they need is added."),
        ],
    ) -> SaveProfileResult:
        user_id, save = info.context.spending().id, info.context.container.save_profile()

        def saved() -> ProfileType:
            choices = choices_of(components)
            return ProfileType(profile=save(user_id, name=name, choices=choices), is_built_in=False)

        return await answered(info, saved)

    @strawberry.mutation(description="Delete a profile of the caller's.")
    async def delete_profile(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="Its name.")],
    ) -> DeleteProfileResult:
        user_id, delete = info.context.spending().id, info.context.container.delete_profile()

        def deleted() -> ProfileDeleted:
            delete(user_id, name)
            return ProfileDeleted(name=name)

        return await answered(info, deleted)


def choices_of(components: list[ComponentChoiceInput]) -> list[ComponentChoice]:
    """What a selection says; raises InvalidProfile, also for more than anybody could mean."""
    if len(components) > CHOICES_MAX:
        raise InvalidProfile(f"more than {CHOICES_MAX} components", place="components")
    return [component.as_choice() for component in components]


def _plain(value: object, place: str) -> ParameterValue:
    if not isinstance(value, bool | int | float | str):
        raise InvalidProfile("a plain value is wanted", place=place)
    return value
