"""A list of features names each number once, and is told apart from every other list."""

from dataclasses import replace

import pytest

from domain.feature import Feature, FeatureSchema, Statistic

BPM = Feature(component="tempo", array="bpm", unit="BPM")
SPREAD = Feature(component="motion", array="magnitude", statistic=Statistic.SPREAD)
VECTOR = Feature(component="face_emotion", array="shares", statistic=Statistic.ALL, width=3)
SCHEMA = FeatureSchema("tf.features/1", (BPM, SPREAD, VECTOR))


def test_columns_are_named_in_the_order_of_the_list() -> None:
    """R-801: every feature names the component that yields it."""
    assert SCHEMA.columns == (
        "tempo.bpm",
        "motion.magnitude.spread",
        "face_emotion.shares.0",
        "face_emotion.shares.1",
        "face_emotion.shares.2",
    )
    assert SCHEMA.components == {"tempo", "motion", "face_emotion"}


def test_a_feature_is_listed_once() -> None:
    with pytest.raises(ValueError, match=r"listed twice: tempo\.bpm"):
        FeatureSchema("tf.features/1", (BPM, SPREAD, BPM))


@pytest.mark.parametrize(
    "other",
    [
        FeatureSchema("tf.features/2", SCHEMA.features),
        FeatureSchema(SCHEMA.version, (SPREAD, BPM, VECTOR)),
        FeatureSchema(SCHEMA.version, (BPM, SPREAD)),
        FeatureSchema(SCHEMA.version, (replace(BPM, unit="Hz"), SPREAD, VECTOR)),
        FeatureSchema(SCHEMA.version, (replace(BPM, presence="known"), SPREAD, VECTOR)),
        FeatureSchema(SCHEMA.version, (BPM, SPREAD, replace(VECTOR, width=4))),
    ],
    ids=["version", "order", "length", "unit", "mask", "width"],
)
def test_whatever_differs_shows_in_the_digest(other: FeatureSchema) -> None:
    """A model that was trained on one list must not be given another."""
    assert SCHEMA.digest == FeatureSchema(SCHEMA.version, SCHEMA.features).digest
    assert other.digest != SCHEMA.digest
