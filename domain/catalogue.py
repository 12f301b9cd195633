"""The catalogue: every component once, as a directed graph without circles (R-204, R-207)."""

from collections.abc import Collection, Iterable, Mapping

from domain.component import ComponentSpec
from domain.errors import DependencyCycle, MissingTier0Component, UnknownComponent
from domain.identity import DATAPROCESSOR_VERSION, dataprocessor_version


class Catalogue:
    """All components by name. Refuses circles, unknown names and Tier-0 that is not closed.

    `version` is the `dataprocessor_version` of what is measured by it.
    """

    def __init__(
        self, specs: Iterable[ComponentSpec], *, version: str = DATAPROCESSOR_VERSION
    ) -> None:
        self.version = version
        self._specs: dict[str, ComponentSpec] = {}
        for spec in specs:
            if spec.name in self._specs:
                raise ValueError(f"two components are named {spec.name}")
            self._specs[spec.name] = spec
        for spec in self._specs.values():
            for name in (*spec.needs, *spec.uses):
                self._known(name, asked_by=spec.name)
        self._order = _topological(self._specs)
        self._refuse_open_tier0()

    def with_models(self, weights: Mapping[str, str]) -> "Catalogue":
        """The same components, asking these models: results of others are another version's."""
        return Catalogue(self._specs.values(), version=dataprocessor_version(weights))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, dependencies before dependants, else alphabetical."""
        return self._order

    @property
    def tier0(self) -> frozenset[str]:
        """The components that the forecast's feature schema reads."""
        return frozenset(name for name, spec in self._specs.items() if spec.tier0)

    def __getitem__(self, name: str) -> ComponentSpec:
        return self._known(name)

    def __contains__(self, name: object) -> bool:
        return name in self._specs

    def in_order(self, chosen: Collection[str]) -> tuple[ComponentSpec, ...]:
        """The chosen components, dependencies first. Every hard need must be among them."""
        for name in chosen:
            self._known(name)
        return tuple(self._specs[name] for name in self._order if name in chosen)

    def closure(self, chosen: Iterable[str]) -> frozenset[str]:
        """The chosen names and all they need, hard dependencies only."""
        found: set[str] = set()
        waiting = list(chosen)
        while waiting:
            spec = self._known(waiting.pop())
            if spec.name not in found:
                found.add(spec.name)
                waiting.extend(spec.needs)
        return frozenset(found)

    def _known(self, name: str, *, asked_by: str | None = None) -> ComponentSpec:
        spec = self._specs.get(name)
        if spec is None:
            by = f" (asked for by {asked_by})" if asked_by else ""
            raise UnknownComponent(f"no component is named {name!r}{by}", component=name)
        return spec

    def _refuse_open_tier0(self) -> None:
        for name in self.tier0:
            for need in self._specs[name].needs:
                if not self._specs[need].tier0:
                    raise MissingTier0Component(
                        f"{name} is Tier-0 and needs {need}, which is not", component=need
                    )


def require_tier0(chosen: Collection[str], tier0: Collection[str]) -> None:
    """Refuses, by name, a selection with a forecast that lacks a Tier-0 component (R-202)."""
    for name in sorted(tier0):
        if name not in chosen:
            raise MissingTier0Component(f"the forecast needs {name}", component=name)


def _topological(specs: Mapping[str, ComponentSpec]) -> tuple[str, ...]:
    done: list[str] = []
    left = {name: {*spec.needs, *spec.uses} for name, spec in specs.items()}
    while left:
        ready = sorted(name for name, before in left.items() if not before - set(done))
        if not ready:
            circle = sorted(_circle(left))
            raise DependencyCycle(
                f"components in a circle: {', '.join(circle)}", component=circle[0]
            )
        done.extend(ready)
        for name in ready:
            del left[name]
    return tuple(done)


def _circle(left: Mapping[str, set[str]]) -> set[str]:
    """Of names that wait for each other, those that wait for themselves in the end."""
    return {name for name in left if name in _reached(left[name], left)}


def _reached(names: Collection[str], left: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(left.get(name, ()))
    return found
