"""A manifest as the bytes that every store keeps, and back."""

import json
from collections.abc import Mapping

from application.errors import ArtifactCorrupt
from domain.canonical import JsonValue


def written(manifest: Mapping[str, JsonValue]) -> bytes:
    """JSON as a person can read it; raises ValueError for what JSON cannot spell."""
    text = json.dumps(manifest, ensure_ascii=False, allow_nan=False, indent=2)
    # What is no character by itself (half a surrogate pair) is written as JSON's own escape.
    return f"{text}\n".encode(errors="backslashreplace")


def read(content: bytes) -> dict[str, JsonValue]:
    """The manifest of these bytes; raises ArtifactCorrupt for what is none."""
    try:
        manifest = json.loads(content)
    except ValueError as error:
        raise ArtifactCorrupt("the manifest is not JSON") from error
    if not isinstance(manifest, dict):
        raise ArtifactCorrupt("the manifest is not an object")
    return manifest
