"""The catalogue is a graph without circles, and says by name what is wrong with it (R-204)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.catalogue import Catalogue, require_tier0
from domain.component import ComponentSpec, FrameBudget, SoundKind
from domain.errors import DependencyCycle, MissingTier0Component, UnknownComponent
from tests.builders import a_spec

SIZE = 8
LETTERS = [f"c{i}" for i in range(SIZE)]
EDGES = st.sets(
    st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)).filter(lambda e: e[0] > e[1])
)
"""Pairs (who needs, who is needed), dependencies with lower numbers: never a circle."""


def catalogue(edges: set[tuple[int, int]], *, soft: bool = False) -> Catalogue:
    specs = []
    for number, name in enumerate(LETTERS):
        before = tuple(LETTERS[d] for n, d in sorted(edges) if n == number)
        specs.append(a_spec(name, **{"uses" if soft else "needs": before}))
    return Catalogue(specs)


@given(edges=EDGES, soft=st.booleans())
def test_dependencies_stand_before_their_dependants(
    edges: set[tuple[int, int]], *, soft: bool
) -> None:
    order = catalogue(edges, soft=soft).names
    assert sorted(order) == LETTERS
    assert all(order.index(f"c{d}") < order.index(f"c{n}") for n, d in edges)


@given(EDGES, st.lists(st.sampled_from(range(SIZE)), min_size=2, max_size=SIZE, unique=True))
def test_a_circle_is_refused_and_all_of_it_is_named(
    edges: set[tuple[int, int]], circle: list[int]
) -> None:
    planted = set(zip(circle, [*circle[1:], circle[0]], strict=True))
    with pytest.raises(DependencyCycle) as told:
        catalogue(edges | planted)
    named = set(str(told.value).removeprefix("components in a circle: ").split(", "))
    assert {LETTERS[i] for i in circle} <= named
    assert told.value.fields["component"] in named


def test_what_only_waits_for_a_circle_is_not_blamed() -> None:
    specs = [
        a_spec("aa", needs=("bb",)),
        a_spec("bb", uses=("aa",)),
        a_spec("waits", needs=("aa",)),
        a_spec("free"),
    ]
    with pytest.raises(DependencyCycle, match=r"circle: aa, bb$"):
        Catalogue(specs)


@pytest.mark.parametrize("kind", ["needs", "uses"])
def test_a_dependency_that_nobody_knows_is_refused_by_name(kind: str) -> None:
    with pytest.raises(UnknownComponent, match=r"'ghost'.*asked for by shots") as told:
        Catalogue([a_spec("shots", **{kind: ("ghost",)})])
    assert told.value.fields == {"component": "ghost"}


def test_a_name_that_nobody_knows_is_refused_wherever_it_is_asked_for() -> None:
    known = catalogue(set())
    for ask in (
        lambda: known["ghost"],
        lambda: known.in_order(["c0", "ghost"]),
        lambda: known.closure(["ghost"]),
    ):
        with pytest.raises(UnknownComponent, match=r"'ghost'$"):
            ask()
    assert "ghost" not in known
    assert "c0" in known


def test_two_components_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="shots"):
        Catalogue([a_spec("shots"), a_spec("shots")])


@given(EDGES, st.sets(st.sampled_from(LETTERS)))
def test_the_closure_holds_all_that_is_needed_and_no_more(
    edges: set[tuple[int, int]], chosen: set[str]
) -> None:
    known = catalogue(edges)
    closed = known.closure(chosen)
    assert chosen <= closed
    assert all(set(known[name].needs) <= closed for name in closed)
    extra = closed - chosen
    assert all(any(name in known[other].needs for other in closed) for name in extra)
    assert [spec.name for spec in known.in_order(closed)] == [n for n in known.names if n in closed]


@given(EDGES, st.sets(st.sampled_from(LETTERS), min_size=1))
def test_soft_dependencies_are_not_drawn_in(edges: set[tuple[int, int]], chosen: set[str]) -> None:
    assert catalogue(edges, soft=True).closure(chosen) == chosen


@given(EDGES, st.sets(st.sampled_from(LETTERS), min_size=1))
def test_tier0_that_needs_what_is_not_tier0_is_refused_by_name(
    edges: set[tuple[int, int]], tier0: set[str]
) -> None:
    """R-202: Tier-0 components need only Tier-0 components."""
    plain = catalogue(edges)
    specs = [a_spec(n, needs=plain[n].needs, tier0=n in tier0) for n in LETTERS]
    outside = {need for name in tier0 for need in plain[name].needs} - tier0
    if not outside:
        assert Catalogue(specs).tier0 == tier0
        return
    with pytest.raises(MissingTier0Component) as told:
        Catalogue(specs)
    assert told.value.fields["component"] in outside


@given(st.sets(st.sampled_from(LETTERS)), st.sets(st.sampled_from(LETTERS)))
def test_a_forecast_without_a_tier0_component_is_refused_by_name(
    chosen: set[str], tier0: set[str]
) -> None:
    """R-202, on a made schema: our profiles gain the forecast later."""
    assume(tier0 - chosen)
    with pytest.raises(MissingTier0Component) as told:
        require_tier0(chosen, tier0)
    assert told.value.fields["component"] == min(tier0 - chosen)
    require_tier0(chosen | tier0, tier0)


@pytest.mark.parametrize("name", ["", "x", "Shots", "9lives", "a b", "a" * 41, "кадр"])
def test_a_component_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        a_spec(name)


@pytest.mark.parametrize("kind", ["needs", "uses"])
def test_a_component_does_not_depend_on_itself(kind: str) -> None:
    with pytest.raises(ValueError, match="shots depends on itself"):
        a_spec("shots", **{kind: ("shots",)})


@pytest.mark.parametrize("budget", [(0, 1, 2), (2, 1, 3), (1, 3, 2), (-1, -1, -1)])
def test_a_budget_rises(budget: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="rises"):
        FrameBudget(*budget)


def test_what_reads_sound_or_its_spectrum_needs_sound() -> None:
    """R-404."""
    specs: list[tuple[ComponentSpec, bool]] = [
        (a_spec(sounds=(SoundKind.SPEECH,)), True),
        (a_spec(spectra=True), True),
        (a_spec(streams=True), False),
    ]
    assert [spec.needs_sound for spec, _ in specs] == [needs for _, needs in specs]
