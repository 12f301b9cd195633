"""The features of the forecast as a file: what models are trained on, and its digest."""

import json

from domain.feature import FeatureSchema


def feature_file(schema: FeatureSchema) -> str:
    """The list as JSON."""
    content = {
        "version": schema.version,
        "sha256": schema.digest,
        "columns": len(schema.columns),
        "features": list(schema.described()),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def unversioned_changes(written: str, schema: FeatureSchema) -> list[str]:
    """What is wrong where the list differs from the one written under the same version."""
    earlier = json.loads(written)
    if earlier["version"] != schema.version or earlier["sha256"] == schema.digest:
        return []
    return [f"breaks trained models: the features of {schema.version} change under its name"]
