"""What a document may ask for at most: its length, depth, aliases, directives and cost."""

from collections.abc import Callable

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationRule,
)
from graphql.validation import ValidationContext
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    SchemaExtension,
    ValidationCache,
)

from application.queries.read_runs import PAGE_MAX

BODY_BYTES_MAX = 256 << 10
TOKENS_MAX = 2_000
DEPTH_MAX = 12
ALIASES_MAX = 30
DIRECTIVES_MAX = 30
COST_MAX = 20_000
"""A page of a hundred runs with every field of each and of their components is some 15,000."""
CACHED_DOCUMENTS = 256

_PAGED = {"runs", "users", "deliveries"}
"""Fields whose selection is answered once an item, of which `first` says how many."""


def extensions(*, is_introspectable: bool) -> list[Callable[[], SchemaExtension]]:
    """In the order they look at a document: first what is cheapest to refuse by.

    Documents that passed are kept parsed and validated, a bounded number of them.
    """
    rules = [
        lambda: MaxTokensLimiter(TOKENS_MAX),
        lambda: ParserCache(CACHED_DOCUMENTS),
        lambda: MaxAliasesLimiter(ALIASES_MAX),
        lambda: QueryDepthLimiter(DEPTH_MAX),
        lambda: AddValidationRules([CostRule]),
    ]
    closed = [] if is_introspectable else [DisableIntrospection]
    return [*rules, *closed, lambda: ValidationCache(CACHED_DOCUMENTS)]


class CostRule(ValidationRule):
    """Refuses documents that ask for too many values, or carry too many directives.

    A field costs 1; what stands inside a paged one costs that for each item of the page. Fragments
    are counted wherever they are spread, each measured once, so that the answer comes at once
    however they nest. A page whose size is a variable counts as the largest.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        fragments = (each for each in definitions if isinstance(each, FragmentDefinitionNode))
        self._fragments = {fragment.name.value: fragment for fragment in fragments}
        self._costs: dict[str, int] = {}

    def enter_operation_definition(self, node: OperationDefinitionNode, *_: object) -> None:
        cost = self._cost(node.selection_set, under=frozenset())
        if cost > COST_MAX:
            message = f"asks for {cost} values at once; at most {COST_MAX} are answered"
            self.report_error(GraphQLError(message, [node]))

    def enter_field(self, node: FieldNode, *_: object) -> None:
        if len(node.directives or ()) > DIRECTIVES_MAX:
            message = f"a field carries at most {DIRECTIVES_MAX} directives"
            self.report_error(GraphQLError(message, [node]))

    def _cost(self, selections: SelectionSetNode, *, under: frozenset[str]) -> int:
        total = 0
        for node in selections.selections:
            match node:
                case FieldNode():
                    inner = 0
                    if node.selection_set is not None:
                        inner = self._cost(node.selection_set, under=under)
                    total += 1 + inner * _items(node)
                case InlineFragmentNode():
                    total += self._cost(node.selection_set, under=under)
                case FragmentSpreadNode():
                    total += self._of_fragment(node.name.value, under=under)
        return min(total, 10 * COST_MAX)

    def _of_fragment(self, name: str, *, under: frozenset[str]) -> int:
        fragment = self._fragments.get(name)
        if fragment is None or name in under:
            # Unknown ones and circles are refused by rules of their own.
            return 0
        if name not in self._costs:
            self._costs[name] = self._cost(fragment.selection_set, under=under | {name})
        return self._costs[name]


def _items(field: FieldNode) -> int:
    if field.name.value not in _PAGED:
        return 1
    given = {argument.name.value: argument.value for argument in field.arguments or ()}
    first = given.get("first")
    if isinstance(first, IntValueNode):
        return min(max(int(first.value), 1), PAGE_MAX)
    return 20 if first is None else PAGE_MAX
