"""Documents made from the schema alone: any field, with arguments that fit and all it answers."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_leaf_type,
)

DEEP = 3
MADE: dict[str, Any] = {"String": "x", "Int": 1, "Float": 1.0, "Boolean": True, "ID": "x"}
MADE |= {"Credits": "1", "ByteCount": 1, "JSON": {}, "DateTime": "2026-01-01T00:00:00Z"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One root field: `query`, `mutation` or `subscription`, its name, and its arguments."""

    operation: str
    name: str
    field: GraphQLField

    def __str__(self) -> str:
        return f"{self.operation}.{self.name}"

    @property
    def ids(self) -> list[str]:
        """Arguments that are global ids, or lists of them."""
        return [
            name for name, given in self.field.args.items() if "ID" in str(given.type).strip("[]!")
        ]

    def document(self) -> str:
        """The field with every argument as a variable, asking for all that is within reach."""
        arguments = self.field.args.items()
        heads = ", ".join(f"${name}: {given.type}" for name, given in arguments)
        given = ", ".join(f"{name}: ${name}" for name, _ in arguments)
        heads, given = (f"({text})" if text else "" for text in (heads, given))
        return (
            f"{self.operation} Asked{heads} {{ {self.name}{given} {selection(self.field.type)} }}"
        )

    def variables(self, *, with_id: str) -> dict[str, Any]:
        """Values that fit every argument; the ids are all the one given."""
        made = {name: _made(given.type) for name, given in self.field.args.items()}
        for name in self.ids:
            is_list = "[" in str(self.field.args[name].type)
            made[name] = [with_id] if is_list else with_id
        return made


def asked_of(schema: GraphQLSchema) -> list[Asked]:
    """Every root field of a schema."""
    roots = {
        "query": schema.query_type,
        "mutation": schema.mutation_type,
        "subscription": schema.subscription_type,
    }
    return [
        Asked(operation, name, field)
        for operation, root in roots.items()
        if root is not None
        for name, field in root.fields.items()
    ]


def selection(kind: Any, depth: int = DEEP) -> str:
    """All leaves of a type that need no arguments, and of what it leads to."""
    while isinstance(kind, GraphQLNonNull | GraphQLList):
        kind = kind.of_type
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLUnionType):
        parts = [f"... on {one.name} {selection(one, depth)}" for one in kind.types]
        return "{ __typename " + " ".join(parts) + " }" if depth else "{ __typename }"
    assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    parts = ["__typename"]
    for name, field in kind.fields.items():
        inner = selection(field.type, depth - 1) if depth else None
        if inner is not None and not field.args:
            # A refusal's fields are named like others' that have another type.
            alias = f"{kind.name}_{name}: " if kind.name == "Refusal" else ""
            parts.append(f"{alias}{name} {inner}".strip())
    return "{ " + " ".join(parts) + " }"


def _made(kind: Any) -> Any:
    if not isinstance(kind, GraphQLNonNull):
        return None
    kind = kind.of_type
    if isinstance(kind, GraphQLList):
        return [_made(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {name: _made(f.type) for name, f in kind.fields.items() if _made(f.type) is not None}
    return MADE[kind.name]
