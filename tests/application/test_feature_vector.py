"""Features come from arrays as the list says, and what is not there is missing, never a number."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.catalogue import ShippedComponents
from application.feature_vector import FeatureVector, feature_vector
from application.ports.components import Arrays
from application.tier0_features import tier0_features
from domain.feature import Feature, FeatureSchema, Statistic
from domain.schema import ArraySchema, DType

SHIPPED = ShippedComponents()
SCHEMA = tier0_features(SHIPPED)

ARRAYS: Arrays = {
    "bpm": np.array(120.0),
    "is_even": np.array(True),
    "kind": np.array(7, dtype=np.int64),
    "curve": np.array([1.0, np.nan, 3.0, 8.0]),
    "curve_known": np.array([True, False, True, True]),
    "masked": np.array([5.0, 6.0]),
    "masked_known": np.array([False, True]),
    "marks": np.zeros((3, 2)),
    "none": np.zeros(0),
    "labels": np.array(["description", "title"]),
    "vectors": np.array([[1.0, 2.0], [3.0, 4.0]], dtype=np.float32),
}


def a_vector(*features: Feature, arrays: Arrays = ARRAYS) -> FeatureVector:
    return feature_vector(FeatureSchema("v", features), {"made": arrays})


def test_an_array_of_another_length_is_refused() -> None:
    """An artifact of an earlier schema would move every feature that follows."""
    with pytest.raises(ValueError, match=r"^made\.masked is 3 numbers, not 2$"):
        a_vector(made("masked", Statistic.ALL, width=3), made("bpm"))


def made(array: str, statistic: Statistic = Statistic.VALUE, **rest: Any) -> Feature:
    return Feature(component="made", array=array, statistic=statistic, **rest)


@pytest.mark.parametrize(
    ("feature", "numbers"),
    [
        (made("bpm"), [120]),
        (made("is_even"), [1]),
        (made("kind", Statistic.CODE), [7]),
        (made("curve", Statistic.MEAN), [4]),
        (made("curve", Statistic.MEAN, presence="curve_known"), [4]),
        (made("curve", Statistic.SPREAD), [np.sqrt(26 / 3)]),
        (made("curve", Statistic.HIGHEST), [8]),
        (made("curve", Statistic.FIRST), [1]),
        (made("marks", Statistic.AMOUNT), [3]),
        (made("none", Statistic.AMOUNT), [0]),
        (made("labels", Statistic.AMOUNT), [2]),
        (made("masked", Statistic.ALL, width=2), [5, 6]),
        (made("vectors", Statistic.OF_TITLE, width=2), [3, 4]),
    ],
)
def test_each_statistic_is_what_it_is_by_hand(feature: Feature, numbers: list[float]) -> None:
    found = a_vector(feature)
    np.testing.assert_allclose(found.values, numbers)
    assert found.present.all()


@pytest.mark.parametrize(
    "feature",
    [
        made("masked", Statistic.FIRST, presence="masked_known"),
        made("none", Statistic.MEAN),
        made("none", Statistic.FIRST),
        made("none", Statistic.HIGHEST),
    ],
)
def test_what_its_mask_hides_or_nothing_yields_is_missing(feature: Feature) -> None:
    found = a_vector(feature)
    assert found.present.tolist() == [False]
    assert np.isnan(found.values).all()
    assert found.named() == {feature.name: None}


def test_without_a_title_its_vector_is_missing_whole() -> None:
    arrays = {**ARRAYS, "labels": np.array(["description", "tags"])}
    found = a_vector(made("vectors", Statistic.OF_TITLE, width=2), arrays=arrays)
    assert found.present.tolist() == [False, False]


def test_an_infinite_loudness_is_no_number() -> None:
    found = a_vector(made("bpm"), arrays={"bpm": np.array(-np.inf)})
    assert found.present.tolist() == [False]
    assert np.isnan(found.values).all()


def test_an_artifact_that_breaks_its_schema_is_not_taken_for_a_missing_one() -> None:
    with pytest.raises(KeyError):
        a_vector(made("gone"))


def test_every_tier0_component_yields_a_feature_and_no_other_does() -> None:
    """R-202."""
    assert SCHEMA.components == SHIPPED.catalogue.tier0


def test_a_tier0_component_that_yields_nothing_is_refused_by_name() -> None:
    components = list(SHIPPED)
    saliency = SHIPPED["saliency"]
    extra = replace(saliency, spec=replace(saliency.spec, tier0=True))
    with pytest.raises(ValueError, match="saliency"):
        tier0_features([extra if one is saliency else one for one in components])
    with pytest.raises(ValueError, match="tempo"):
        tier0_features([one for one in components if one.spec.name != "tempo"])


def test_units_and_masks_are_those_of_the_components() -> None:
    by_name = {feature.name: feature for feature in SCHEMA.features}
    assert by_name["tempo.bpm"].unit == "BPM"
    assert by_name["video_facts.views"].presence == "views_known"
    assert by_name["pacing.burst_bounds_s.amount"].unit == "count"
    assert by_name["text_embedding.vectors.of_title"].width == 512
    assert by_name["face_emotion.mean_probabilities"].width == 7


@given(data=st.data(), ended_ok=st.sets(st.sampled_from(sorted(SCHEMA.components))))
def test_whatever_is_absent_the_vector_has_its_shape_and_no_number_without_a_mask(
    data: st.DataObject, ended_ok: set[str]
) -> None:
    """R-801: validly empty inputs enter as missing with a mask."""
    rows = data.draw(st.integers(0, 3))
    artifacts = {
        name: {array.name: _some(array, rows) for array in SHIPPED[name].schema.arrays}
        for name in ended_ok
    }
    found = feature_vector(SCHEMA, artifacts)
    assert found.values.shape == found.present.shape == (len(SCHEMA.columns),)
    assert (np.isnan(found.values) == ~found.present).all()
    owners = np.array([column.split(".")[0] for column in SCHEMA.columns])
    assert set(owners[found.present]) <= ended_ok


def _some(array: ArraySchema, rows: int) -> NDArray[Any]:
    """An array of the schema's form whose every second value is missing where it may be."""
    shape = tuple(int(axis) if axis.isdecimal() else rows for axis in array.axes)
    if array.dtype is DType.TEXT:
        return np.full(shape, "title")
    found = np.ones(shape, dtype=np.dtype(str(array.dtype)))
    if found.dtype.kind == "f":
        found.reshape(-1)[::2] = np.nan
    return found
