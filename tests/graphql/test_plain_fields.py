"""Plain fields answered by plan give what graphql-core gives, also where things go wrong."""

import asyncio
import json
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest
import strawberry
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.graphql.plain_fields import PlainFields


@strawberry.enum
class Colour(Enum):
    """Two members, one of which has another value than its name."""

    RED = "red"
    BLUE = "b"


@strawberry.interface
class Named:
    """What has a name."""

    name: str


@strawberry.type
class Leaf(Named):
    """Every kind of leaf; `told` is asked of a resolver, `late` of one that waits."""

    size: int | None = None
    share: float = 0.5
    is_new: bool = True
    colour: Colour = Colour.RED
    colours: list[Colour] = strawberry.field(default_factory=list)
    at: datetime | None = None

    @strawberry.field
    def told(self) -> str:
        return f"{self.name}!"

    @strawberry.field
    async def late(self) -> str:
        await asyncio.sleep(0)
        if self.name == "bad":
            raise ValueError("late")
        return self.name


@strawberry.type
class Tree(Named):
    """Objects within objects and lists."""

    best: Leaf | None = None
    leaves: list[Leaf] = strawberry.field(default_factory=list)
    rows: list[list[Leaf | None]] | None = None


@strawberry.type
class Query:
    """One tree, which a test gives as the root."""

    @strawberry.field
    def tree(self, info: strawberry.Info) -> Tree:
        found: Tree = info.context
        return found

    @strawberry.field
    async def late_tree(self, info: strawberry.Info) -> Tree | None:
        await asyncio.sleep(0)
        found: Tree = info.context
        return found


PLANNED = strawberry.Schema(Query, execution_context_class=PlainFields)
USUAL = strawberry.Schema(Query)

_words = st.sampled_from(["", "a", "bad", "ü\x00"])
# Beside what is right: what a type promises not to be, and what it turns into a leaf's text.
_sizes = st.sampled_from([None, 0, 7, 2**40, True, "7", 1.5, ValueError("size")])
_colours = st.sampled_from([Colour.RED, Colour.BLUE, None, "red", "RED", "none"])
_moments = st.sampled_from([None, datetime(2026, 1, 2, tzinfo=UTC), "yesterday"])


def _made(kind: Any, **given: Any) -> Any:
    return kind(**given)


leaves = st.builds(
    _made,
    st.just(Leaf),
    name=st.one_of(_words, st.sampled_from([None, 5])),
    size=_sizes,
    share=st.sampled_from([0.0, 1.5, None, float("inf"), "x"]),
    is_new=st.sampled_from([True, False, None, 1, "yes"]),
    colour=_colours,
    colours=st.lists(_colours, max_size=2),
    at=_moments,
)
trees = st.builds(
    _made,
    st.just(Tree),
    name=_words,
    best=st.one_of(st.none(), leaves, st.just(5)),
    leaves=st.one_of(
        st.lists(leaves, max_size=3),
        st.just(None),
        st.lists(st.sampled_from([None, 3]), max_size=1),
        st.tuples(leaves),
    ),
    rows=st.one_of(st.none(), st.lists(st.lists(st.one_of(st.none(), leaves), max_size=2))),
)
_LEAF = ["name", "size", "n: name", "share", "isNew", "colour", "colours", "at", "told", "late"]
_MORE = [
    "__typename",
    "... on Named { name }",
    "...More",
    "size @skip(if: $no)",
    "at @skip(if: $yes)",
]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document that asks for some fields in some order, through fragments and aliases."""

    def fields() -> str:
        chosen = draw(st.lists(st.sampled_from(_LEAF + _MORE), min_size=1, max_size=6))
        return " ".join(["name", *chosen])

    parts = ["name", f"best {{ {fields()} }}", f"leaves {{ {fields()} }}", f"rows {{ {fields()} }}"]
    chosen = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=4, unique=True))
    root = draw(st.sampled_from(["tree", "lateTree"]))
    inside = " ".join(chosen)
    query = f"query ($no: Boolean!, $yes: Boolean!) {{ {root} {{ {inside} }} again: {root}"
    spread = "best { size @skip(if: $no) at @skip(if: $yes) ...More }"
    return f"{query} {{ {spread} }} }} fragment More on Leaf {{ colour told }}"


def _answer(schema: strawberry.Schema, document: str, tree: Any) -> tuple[Any, Any]:
    given_words = {"no": False, "yes": True}
    found = asyncio.run(schema.execute(document, variable_values=given_words, context_value=tree))
    errors = sorted((str(error.path), error.message) for error in found.errors or ())
    return json.dumps(found.data), errors


@given(document=documents(), tree=trees)
def test_it_answers_as_graphql_core_does(document: str, tree: Any) -> None:
    """The same bytes in the same order, the same errors at the same places."""
    assert _answer(PLANNED, document, tree) == _answer(USUAL, document, tree)


def test_objects_that_are_plain_are_never_completed_field_by_field() -> None:
    """Without this the equality above could be that of graphql-core with itself."""
    asked: list[str] = []

    class Watched(PlainFields):
        def execute_field(self, parent_type: Any, *given: Any) -> Any:
            asked.append(parent_type.name)
            return super().execute_field(parent_type, *given)

    schema = strawberry.Schema(Query, execution_context_class=Watched)
    tree = Tree(name="t", leaves=[Leaf(name="a"), Leaf(name="b")])
    query = "{ tree { name leaves { name colour at } best { told } } }"
    _answer(schema, query, tree)
    assert asked == ["Query", "Tree"]
    tree.leaves[1].share = None  # type: ignore[assignment] # what a type promises not to be
    asked.clear()
    _answer(schema, "{ tree { leaves { share } } }", tree)
    assert "Leaf" in asked


@pytest.mark.parametrize("value", [Exception("x"), asyncio.sleep])
def test_what_is_no_value_is_left_to_graphql_core(value: Any) -> None:
    tree = Tree(name="t", leaves=[Leaf(name=value)])
    query = "query ($no: Boolean, $yes: Boolean) { tree { leaves { name } } }"
    assert _answer(PLANNED, query, tree) == _answer(USUAL, query, tree)
