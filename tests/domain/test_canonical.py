"""One value has one spelling, and another value has another (R-301)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import JsonValue, canonical_json, digest

EXACT = st.integers(-(2**53), 2**53)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | EXACT | FLOATS | st.text(max_size=5)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def reordered(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@given(VALUES)
def test_key_order_does_not_matter(value: JsonValue) -> None:
    assert digest(reordered(value)) == digest(value)


@given(EXACT)
def test_a_number_has_one_spelling(number: int) -> None:
    assert canonical_json(float(number)) == canonical_json(number) == str(number)


@pytest.mark.parametrize("spelled", ["1", "1.0", "1e0", "10e-1", "1.00", "0.1E1"])
def test_spellings_of_one_are_one(spelled: str) -> None:
    assert canonical_json(json.loads(spelled)) == "1"


def test_zero_has_no_sign() -> None:
    assert canonical_json(-0.0) == "0"


@given(VALUES)
def test_it_reads_back_as_the_same_value(value: JsonValue) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(VALUES, VALUES)
def test_other_values_have_other_spellings(one: JsonValue, other: JsonValue) -> None:
    def typed(value: JsonValue) -> str:
        """Python says True == 1; JSON does not."""
        return json.dumps(value, sort_keys=True, default=str)

    same = json.loads(typed(one)) == json.loads(typed(other))
    if canonical_json(one) == canonical_json(other):
        assert same


def test_true_is_not_one_and_text_is_not_a_number() -> None:
    values: list[JsonValue] = [True, 1, "1", None, "null", [1], {"1": 1}]
    spelled = [canonical_json(value) for value in values]
    assert len(set(spelled)) == len(spelled)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), -float("inf"), 2**53 + 1, -(2**53) - 1, 10**400]
)
def test_what_json_cannot_spell_exactly_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"deep": [value]})


def test_the_digest_is_the_sha256_of_the_spelling() -> None:
    assert digest({"b": 2.0, "a": "ё"}) == (
        "eeea98ff4a396c5ff3ed5d54e70805116fc122ff6d4d384996180143a8d2898b"
    )
