"""What a document may ask for at most: its length, depth, aliases, directives and cost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from strawberry.extensions import (
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
    SchemaExtension,
    ValidationCache,
)

from application.queries.read_runs import PAGE_MAX

BODY_BYTES_MAX = 256 << 10
TOKENS_MAX = 2_000
CACHED_DOCUMENTS = 256

_PAGED = {"runs": 20, "users": 20, "webhooks": 20, "deliveries": 20, "ledger": 100}
"""Fields whose selection is answered once an item, and how many items they usually have."""

_LISTED = {"nodes": 100, "components": 40}
"""Lists that are no pages. Their fields are cheap, but the charts of each are read from files."""
_COUNTED_TOO_OFTEN = {"compare": 5}
"""The `runs` in it look like a page of 20, and are 4."""


@dataclass(frozen=True, slots=True)
class Demand:
    """How much a part of a document asks for; fragments count wherever they are spread."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    cost: int = 0
    charts: int = 0

    def beside(self, other: "Demand") -> "Demand":
        """Both parts in one selection."""
        return Demand(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.cost + other.cost,
            self.charts + other.charts,
        )


MOST = Demand(depth=15, aliases=30, directives=30, cost=20_000, charts=200)
"""A page of a hundred runs with every field of each and of their components costs some 15,000;
the IDE's own question about the schema is 14 deep. Charts are counted by artifact: four whole runs
have 160, and what is drawn of them stands in memory until it is sent."""


def extensions(*, is_introspectable: bool) -> list[Callable[[], SchemaExtension]]:
    """In the order they look at a document: first what is cheapest to refuse by.

    Documents that passed are kept parsed and validated, a bounded number of them.
    """
    closed: list[Callable[[], SchemaExtension]] = [DisableIntrospection]
    return [
        lambda: MaxTokensLimiter(TOKENS_MAX),
        lambda: ParserCache(CACHED_DOCUMENTS),
        DocumentLimits,
        *([] if is_introspectable else closed),
        lambda: ValidationCache(CACHED_DOCUMENTS),
    ]


class DocumentLimits(SchemaExtension):
    """Refuses what asks for too much, before it is validated.

    Each fragment is measured once, so the answer comes at once however fragments nest; limits that
    walk every spread can be kept busy for years by a short document.
    """

    def on_parse(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None:
            refuse_too_much(document)
        yield


@lru_cache(CACHED_DOCUMENTS)
def refuse_too_much(document: DocumentNode) -> None:
    """Raises GraphQLError for an operation beyond `MOST`."""
    fragments = _Fragments(document)
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            asked = fragments.demand(definition.selection_set)
            for name in ("depth", "aliases", "directives", "cost", "charts"):
                found, most = getattr(asked, name), getattr(MOST, name)
                if found > most:
                    raise GraphQLError(f"asks for too much: {name} {found}, at most {most}")


class _Fragments:
    """The fragments of a document, each measured when it is first met."""

    def __init__(self, document: DocumentNode) -> None:
        found = (each for each in document.definitions if isinstance(each, FragmentDefinitionNode))
        self._fragments = {fragment.name.value: fragment for fragment in found}
        self._measured: dict[str, Demand] = {}

    def demand(self, selections: SelectionSetNode) -> Demand:
        total = Demand()
        for node in selections.selections:
            total = total.beside(self._of(node))
        return total

    def _of(self, node: object) -> Demand:
        match node:
            case FieldNode():
                return self._of_field(node)
            case InlineFragmentNode():
                marked = Demand(directives=len(node.directives or ()))
                return marked.beside(self.demand(node.selection_set))
            case FragmentSpreadNode():
                marked = Demand(directives=len(node.directives or ()))
                return marked.beside(self._of_fragment(node.name.value))
        return Demand()

    def _of_field(self, node: FieldNode) -> Demand:
        """A field costs 1, and what stands inside a paged one that for each item of the page."""
        inner = Demand() if node.selection_set is None else self.demand(node.selection_set)
        name, items = node.name.value, _items(node)
        charts = inner.charts * items * _LISTED.get(name, 1) // _COUNTED_TOO_OFTEN.get(name, 1)
        return Demand(
            1 + inner.depth,
            inner.aliases + (node.alias is not None),
            inner.directives + len(node.directives or ()),
            1 + inner.cost * items,
            (name == "charts") + charts,
        )

    def _of_fragment(self, name: str) -> Demand:
        """Nothing of unknown ones and circles: validation refuses those."""
        if name not in self._measured:
            self._measured[name] = Demand()
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._measured[name] = self.demand(fragment.selection_set)
        return self._measured[name]


def _items(field: FieldNode) -> int:
    """How many items a page may have; a size that is a variable counts as the largest."""
    if field.name.value not in _PAGED:
        return 1
    given = {argument.name.value: argument.value for argument in field.arguments or ()}
    first = given.get("first")
    if isinstance(first, IntValueNode):
        return min(max(int(first.value), 1), PAGE_MAX)
    return _PAGED[field.name.value] if first is None else PAGE_MAX
