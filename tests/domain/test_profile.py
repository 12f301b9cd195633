"""Profiles choose components; their digest follows the meaning and nothing else."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue
from domain.component import ParameterValue
from domain.errors import InvalidProfile, UnknownComponent
from domain.profile import ComponentChoice, Profile, TimeLimits
from tests.builders import a_spec

DEFAULTS: dict[str, ParameterValue] = {
    "window_s": 0.4,
    "count": 5,
    "mode": "fine",
    "fast": False,
}
CATALOGUE = Catalogue(
    [
        a_spec("loudness", parameters=DEFAULTS),
        a_spec("onsets"),
        a_spec("tempo", needs=("onsets",)),
        a_spec("pulse", needs=("tempo",), uses=("loudness",)),
    ]
)
NAMES = st.sets(st.sampled_from(CATALOGUE.names), min_size=1)
POLICIES = {"sampling": "1"}
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "window_s": st.floats(-1e9, 1e9),
        "count": st.integers(-(10**9), 10**9),
        "mode": st.text(max_size=5),
        "fast": st.booleans(),
    },
)


def chosen(*names: str, optional: bool = True) -> Profile:
    return Profile("p", "1", tuple(ComponentChoice(name, optional) for name in names))


def tuned(parameters: Mapping[str, ParameterValue]) -> Profile:
    return Profile("p", "1", (ComponentChoice("loudness", True, parameters),))


def hashed(profile: Profile, policies: Mapping[str, str] = POLICIES) -> str:
    return profile.resolved(CATALOGUE).config_hash(policies=policies)


def choices(profile: Profile) -> dict[str, bool]:
    return {choice.name: choice.optional for choice in profile.choices}


@given(NAMES, st.randoms())
def test_the_order_of_components_and_parameters_does_not_matter(
    names: set[str], order: Any
) -> None:
    listed = [ComponentChoice(name) for name in sorted(names)]
    mixed = order.sample(listed, len(listed))
    assert hashed(Profile("a", "1", tuple(listed))) == hashed(Profile("b", "2", tuple(mixed)))
    backwards = dict(reversed(list(DEFAULTS.items())))
    assert hashed(tuned(DEFAULTS)) == hashed(tuned(backwards))


@given(PARAMETERS)
def test_defaults_written_out_and_left_out_are_one(given_: dict[str, ParameterValue]) -> None:
    written_out = {**DEFAULTS, **given_}
    assert hashed(tuned(given_)) == hashed(tuned(written_out))


@pytest.mark.parametrize("spelled", ["7", "7.0", "7e0", "70e-1"])
@pytest.mark.parametrize("parameter", ["window_s", "count"])
def test_the_spelling_of_a_number_does_not_matter(spelled: str, parameter: str) -> None:
    given_ = {parameter: json.loads(spelled)}
    profile = tuned(given_).resolved(CATALOGUE)
    assert hashed(profile) == hashed(tuned({parameter: 7}))
    # What has one digest must be measured alike: the component gets the kind of its default.
    value = profile.choice("loudness").parameters[parameter]
    assert type(value) is type(DEFAULTS[parameter])


@given(PARAMETERS, PARAMETERS)
def test_another_meaning_is_another_digest(
    one: dict[str, ParameterValue], other: dict[str, ParameterValue]
) -> None:
    same = {**DEFAULTS, **one} == {**DEFAULTS, **other}
    assert (hashed(tuned(one)) == hashed(tuned(other))) == same


@given(NAMES, NAMES)
def test_another_choice_is_another_digest(one: set[str], other: set[str]) -> None:
    same = CATALOGUE.closure(one) == CATALOGUE.closure(other)
    assert (hashed(chosen(*one)) == hashed(chosen(*other))) == same


def test_required_or_optional_and_the_policies_are_meaning() -> None:
    digests = {
        hashed(chosen("onsets")),
        hashed(chosen("onsets", optional=False)),
        hashed(chosen("onsets"), {"sampling": "2"}),
        hashed(chosen("onsets"), {}),
    }
    assert len(digests) == 4


def test_names_versions_and_time_limits_are_no_meaning() -> None:
    choice = (ComponentChoice("onsets"),)
    named = Profile("other", "9", choice, TimeLimits(component_s=1.0))
    assert hashed(named) == hashed(chosen("onsets"))


@given(NAMES)
def test_resolving_twice_changes_nothing(names: set[str]) -> None:
    once = chosen(*names).resolved(CATALOGUE)
    assert once.resolved(CATALOGUE) == once


def test_what_is_needed_is_added_and_is_as_required_as_what_needs_it() -> None:
    assert choices(chosen("pulse").resolved(CATALOGUE)) == {
        "onsets": True,
        "pulse": True,
        "tempo": True,
    }
    required = chosen("pulse", optional=False).resolved(CATALOGUE)
    assert choices(required) == {"onsets": False, "pulse": False, "tempo": False}
    assert required.required == {"onsets", "pulse", "tempo"}


def test_an_optional_choice_that_something_required_needs_is_required() -> None:
    mixed = Profile("p", "1", (ComponentChoice("onsets"), ComponentChoice("tempo", False)))
    assert choices(mixed.resolved(CATALOGUE)) == {"onsets": False, "tempo": False}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("unheard_of", 1),
        ("window_s", "0.4"),
        ("window_s", True),
        ("window_s", float("nan")),
        ("window_s", float("inf")),
        ("count", 10**400),
        ("count", "5"),
        ("mode", 1),
        ("fast", 1),
        ("fast", "true"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused_with_its_place(
    parameter: str, value: ParameterValue
) -> None:
    with pytest.raises(InvalidProfile) as told:
        tuned({parameter: value}).resolved(CATALOGUE)
    assert told.value.fields["place"] == f"components.loudness.{parameter}"


def test_a_fraction_for_a_whole_number_stays_a_fraction() -> None:
    resolved = tuned({"count": 5.5}).resolved(CATALOGUE)
    assert resolved.choice("loudness").parameters["count"] == 5.5


def test_an_unknown_component_is_refused_by_name() -> None:
    with pytest.raises(UnknownComponent, match="telepathy"):
        chosen("telepathy").resolved(CATALOGUE)


def test_a_profile_without_components_or_with_one_twice_is_refused() -> None:
    with pytest.raises(InvalidProfile, match="at least one"):
        Profile("p", "1", ())
    with pytest.raises(InvalidProfile, match="onsets is chosen twice"):
        chosen("onsets", "tempo", "onsets")


def test_a_choice_is_found_by_name_only() -> None:
    profile = chosen("onsets")
    assert profile.choice("onsets").optional
    with pytest.raises(KeyError):
        profile.choice("tempo")


@pytest.mark.parametrize(("duration_s", "limit_s"), [(60.0, 7200.0), (1200.0, 7200.0)])
def test_a_run_may_take_two_hours_or_six_times_its_video(duration_s: float, limit_s: float) -> None:
    """R-506."""
    assert TimeLimits().run_s(duration_s) == limit_s
    assert TimeLimits(run_min_s=100.0).run_s(duration_s) == max(100.0, 6 * duration_s)
