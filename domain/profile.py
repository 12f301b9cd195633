"""Profiles: which components a run measures, with which parameters (R-201 to R-203)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from domain.canonical import JsonValue, digest
from domain.catalogue import Catalogue
from domain.component import ParameterValue
from domain.errors import InvalidProfile

_NUMBER_MAX = 2**53
"""Whole numbers are exact up to here, and no parameter means anything beyond."""


@dataclass(frozen=True, slots=True)
class ComponentChoice:
    """One component of a profile: its parameters and whether the run survives its failure."""

    name: str
    optional: bool = True
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Time-outs of a profile (R-506); they are not part of the configuration's digest."""

    run_min_s: float = 2 * 3600.0
    run_per_video_second: float = 6.0
    component_s: float = 30 * 60.0
    segment_s: float = 15 * 60.0

    def run_s(self, duration_s: float) -> float:
        """The most a run on a video of `duration_s` may take."""
        return max(self.run_min_s, self.run_per_video_second * duration_s)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of components; two profiles are the same when their `config_hash` is."""

    name: str
    version: str
    choices: tuple[ComponentChoice, ...]
    limits: TimeLimits = TimeLimits()

    def __post_init__(self) -> None:
        names = [choice.name for choice in self.choices]
        if not names:
            raise InvalidProfile("a profile chooses at least one component", place="components")
        for name in names:
            if names.count(name) > 1:
                raise InvalidProfile(f"{name} is chosen twice", place=f"components.{name}")

    @property
    def component_names(self) -> frozenset[str]:
        return frozenset(choice.name for choice in self.choices)

    @property
    def required(self) -> frozenset[str]:
        """Names whose failure ends the run in an error (R-203, R-505)."""
        return frozenset(choice.name for choice in self.choices if not choice.optional)

    def choice(self, name: str) -> ComponentChoice:
        """The choice of one component; KeyError when the profile does not have it."""
        for choice in self.choices:
            if choice.name == name:
                return choice
        raise KeyError(name)

    def resolved(self, catalogue: Catalogue) -> "Profile":
        """The same profile with hard dependencies added and every parameter spelled out.

        An added dependency is optional only when everything that needs it is.
        """
        required = catalogue.closure(self.required)
        chosen = catalogue.closure(self.component_names)
        choices = [
            self._spelled_out(name, catalogue, optional=name not in required)
            for name in sorted(chosen)
        ]
        return Profile(self.name, self.version, tuple(choices), self.limits)

    def config_hash(self, *, policies: Mapping[str, str]) -> str:
        """SHA-256 over what the results depend on (R-301): not names, not time-outs.

        Call it on a resolved profile, else defaults written out and left out would differ.
        `policies` are the versions of the policies in force, by name.
        """
        components: dict[str, JsonValue] = {
            choice.name: {"optional": choice.optional, "parameters": dict(choice.parameters)}
            for choice in self.choices
        }
        return digest({"components": components, "policies": dict(policies)})

    def _spelled_out(self, name: str, catalogue: Catalogue, *, optional: bool) -> ComponentChoice:
        defaults = catalogue[name].parameters
        given = self.choice(name).parameters if name in self.component_names else {}
        fitted = {key: _fitted(name, key, value, defaults) for key, value in given.items()}
        return ComponentChoice(name, optional, {**defaults, **fitted})


def _fitted(
    component: str, key: str, value: ParameterValue, defaults: Mapping[str, ParameterValue]
) -> ParameterValue:
    """The value in the kind of its default; `1` and `1.0` are one meaning (R-301)."""
    place = f"components.{component}.{key}"
    if key not in defaults:
        raise InvalidProfile(f"{component} has no parameter {key!r}", place=place)
    default = defaults[key]
    if not _is_number(default):
        if type(value) is not type(default):
            raise InvalidProfile(f"{place} wants a {type(default).__name__}", place=place)
        return value
    # Written so that NaN fails too.
    if not _is_number(value) or not -_NUMBER_MAX <= value <= _NUMBER_MAX:
        raise InvalidProfile(f"{place} wants a number", place=place)
    if isinstance(default, float):
        return float(value)
    return int(value) if value == int(value) else value


def _is_number(value: ParameterValue) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
