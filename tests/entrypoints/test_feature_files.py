"""The list of features is checked in, and cannot change under its version unseen."""

import json
from dataclasses import replace

from adapters.components.catalogue import ShippedComponents
from application.tier0_features import tier0_features
from domain.feature import FeatureSchema
from entrypoints.commands.schemas import FEATURES
from entrypoints.feature_files import feature_file, unversioned_changes
from tests.outside import ROOT

SCHEMA = tier0_features(ShippedComponents())
CHECKED_IN = (ROOT / "adapters" / "components" / "schemas" / FEATURES).read_text(encoding="utf-8")


def test_the_file_holds_every_feature_in_its_order() -> None:
    content = json.loads(CHECKED_IN)
    assert [one["name"] for one in content["features"]] == [one.name for one in SCHEMA.features]
    assert content["sha256"] == SCHEMA.digest
    assert feature_file(SCHEMA) == CHECKED_IN


def test_another_list_under_the_same_version_is_told() -> None:
    fewer = FeatureSchema(SCHEMA.version, SCHEMA.features[1:])
    (told,) = unversioned_changes(CHECKED_IN, fewer)
    assert SCHEMA.version in told


def test_the_same_list_or_a_new_version_is_not() -> None:
    assert unversioned_changes(CHECKED_IN, SCHEMA) == []
    assert unversioned_changes(CHECKED_IN, replace(SCHEMA, version="tf.features/2")) == []
