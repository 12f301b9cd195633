"""Profiles over the API: ours in their order, and the caller's own."""

import pytest

from tests.graphql.house import House, Person

SAVE = """
mutation Save($name: String!, $components: [ComponentChoiceInput!]!) {
  saveProfile(name: $name, components: $components) {
    ... on Profile {
      name version isBuiltIn components { component isOptional parameters }
    }
    ... on Refusal { code message fields { name value } }
  }
}
"""
DELETE = """
mutation Delete($name: String!) {
  deleteProfile(name: $name) { ... on ProfileDeleted { name } ... on Refusal { code message } }
}
"""
LIST = "{ profiles { name version isBuiltIn components { component } } }"
LOUD = [{"component": "loudness"}]


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann.profiles@example.org")


@pytest.fixture(scope="module")
def bob(house: House) -> Person:
    return house.person("bob.profiles@example.org")


def names(person: Person) -> list[str]:
    return [profile["name"] for profile in person.asks(LIST)["profiles"]]


def test_everybody_has_ours_the_fastest_first(house: House) -> None:
    """R-201."""
    fresh = house.person("fresh.profiles@example.org")
    profiles = fresh.asks(LIST)["profiles"]
    assert [profile["name"] for profile in profiles] == ["fast", "standard", "full"]
    assert all(profile["isBuiltIn"] for profile in profiles)
    counts = [len(profile["components"]) for profile in profiles]
    assert counts == sorted(counts)


def test_a_saved_profile_is_shown_as_it_would_run(ann: Person) -> None:
    """What its components need is among them, with every parameter spelled out."""
    chosen = [{"component": "hook", "isOptional": False}]
    saved = ann.asks(SAVE, name="my hook", components=chosen)["saveProfile"]
    assert (saved["name"], saved["version"], saved["isBuiltIn"]) == ("my hook", "1", False)
    components = {choice["component"]: choice for choice in saved["components"]}
    assert len(components) > 1
    assert not components["hook"]["isOptional"]
    assert ann.asks(SAVE, name="my hook", components=LOUD)["saveProfile"]["version"] == "2"


def test_a_profile_is_its_users_alone(ann: Person, bob: Person) -> None:
    """R-902: another's is as unknown as nobody's."""
    ann.asks(SAVE, name="secret plan", components=LOUD)
    assert "secret plan" in names(ann)
    assert "secret plan" not in names(bob)
    answers = {bob.posts(DELETE, name=name).text for name in ("secret plan", "nobody's", "fast")}
    assert len(answers) == 1
    assert "profile_not_found" in answers.pop()
    assert ann.asks(DELETE, name="secret plan")["deleteProfile"] == {"name": "secret plan"}
    assert "secret plan" not in names(ann)


@pytest.mark.parametrize(
    ("name", "components", "place"),
    [
        ("Fast", LOUD, "name"),
        (" x", LOUD, "name"),
        ("x", [], "components"),
        ("x", LOUD * 2, "components.loudness"),
        ("x", LOUD * 201, "components"),
        ("x", [{"component": "loudness", "parameters": {"no": 1}}], "components.loudness.no"),
        ("x", [{"component": "loudness", "parameters": [1]}], "components.loudness"),
        ("x", [{"component": "loudness", "parameters": {"a": {}}}], "components.loudness.a"),
    ],
)
def test_what_is_no_profile_is_refused_with_the_place(
    ann: Person, name: str, components: list[dict[str, object]], place: str
) -> None:
    refusal = ann.asks(SAVE, name=name, components=components)["saveProfile"]
    assert refusal["code"] == "invalid_profile"
    assert {"name": "place", "value": place} in refusal["fields"]


def test_a_component_that_is_none_is_refused_by_name(ann: Person) -> None:
    refusal = ann.asks(SAVE, name="x", components=[{"component": "horoscope"}])["saveProfile"]
    assert refusal["code"] == "unknown_component"
    assert refusal["fields"] == [{"name": "component", "value": "horoscope"}]


def test_nobody_saves_nothing(house: House) -> None:
    assert house.nobody.is_told(LIST) == "unauthenticated"
    assert house.nobody.is_told(SAVE, name="x", components=LOUD) == "unauthenticated"
    assert house.nobody.is_told(DELETE, name="x") == "unauthenticated"
