"""A schema says everything about its arrays, and contradicts itself nowhere (R-306, R-804)."""

import pytest

from domain.schema import ArraySchema, Drawing, DType, Label
from tests.builders import an_array_schema, an_artifact_schema

MASK = an_array_schema("known", dtype=DType.BOOL, drawing=Drawing.HIDDEN)


@pytest.mark.parametrize(("en", "ru"), [("", "а"), ("a", ""), (" ", "а"), ("a", "\n")])
def test_a_label_speaks_both_languages(en: str, ru: str) -> None:
    with pytest.raises(ValueError, match="both languages"):
        Label(en, ru)


@pytest.mark.parametrize("name", ["", "Times", "2x", "a-b", "a b", "_x", "время", "a\n"])
def test_an_array_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="not an array name"):
        an_array_schema(name)


def test_an_array_is_listed_once_and_found_by_name() -> None:
    schema = an_artifact_schema(an_array_schema("b"), an_array_schema("a"))
    assert schema.names == ("b", "a")
    assert schema.array("a").name == "a"
    with pytest.raises(KeyError):
        schema.array("c")
    with pytest.raises(ValueError, match="lists a twice"):
        an_artifact_schema(an_array_schema("a"), an_array_schema("a"))


@pytest.mark.parametrize("role", ["along", "presence"])
def test_what_an_array_names_is_listed(role: str) -> None:
    with pytest.raises(ValueError, match="names ghost, not listed"):
        an_artifact_schema(an_array_schema(**{role: "ghost"}))


@pytest.mark.parametrize(
    "mask",
    [
        an_array_schema("known"),
        an_array_schema("known", dtype=DType.BOOL, axes=("other",)),
        an_array_schema("known", dtype=DType.BOOL, axes=()),
    ],
)
def test_a_presence_mask_is_true_or_false_along_the_same_axes(mask: ArraySchema) -> None:
    values = an_array_schema(presence="known")
    assert an_artifact_schema(values, MASK).array("values").presence == "known"
    with pytest.raises(ValueError, match="known is no presence mask for values"):
        an_artifact_schema(values, mask)


def test_a_line_may_not_be_level_unless_it_says_so() -> None:
    assert not an_array_schema().may_be_constant
