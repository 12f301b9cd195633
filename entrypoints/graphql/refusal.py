"""Refusals as data: a rule's no is an answer of the API, with a stable code."""

import strawberry

from domain.errors import DomainError
from entrypoints.language import Language, explain


@strawberry.type(description="A placeholder of a refusal's message, for a front end's own words.")
class RefusalField:
    """One figure or word that the message was made from."""

    name: str = strawberry.field(description="What it is, such as `limit` or `free_at`.")
    value: str = strawberry.field(description="Its value as text.")


@strawberry.type(description="A rule said no. Nothing was changed and nothing was charged.")
class Refusal:
    """A `DomainError` shown to a person."""

    code: str = strawberry.field(description="Stable; every code is listed in the documentation.")
    message: str = strawberry.field(
        description="What happened and what to do, in the reader's language."
    )
    fields: list[RefusalField] = strawberry.field(description="What the message was made from.")

    @classmethod
    def of(cls, refusal: DomainError, language: Language) -> "Refusal":
        """The refusal in the words of a language."""
        fields = [RefusalField(name=name, value=str(v)) for name, v in refusal.fields.items()]
        return cls(code=refusal.code, message=explain(refusal, language), fields=fields)
