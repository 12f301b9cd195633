"""Artifact schemas as files: one JSON a component for machines, one SCHEMA.md for people."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from application.ports.components import Component
from domain.schema import ArraySchema, ArtifactSchema

_HEAD = """# Artifact schemas

Written by `make schemas` from the components; do not edit.
Axes of one name have one length within an artifact; `()` is a single value.
"""
_COLUMNS = """
| array | type | axes | unit | range | meaning |
|---|---|---|---|---|---|
"""


def expected(components: Iterable[Component]) -> dict[str, str]:
    """File names and contents that go with these components."""
    listed = list(components)
    files = {f"{c.spec.name}.json": _as_json(c.schema) for c in listed}
    return {**files, "SCHEMA.md": _as_markdown(listed)}


def _as_json(schema: ArtifactSchema) -> str:
    return json.dumps(asdict(schema), ensure_ascii=False, indent=2) + "\n"


def _as_markdown(components: list[Component]) -> str:
    parts = [_HEAD]
    for component in sorted(components, key=lambda c: c.spec.name):
        schema = component.schema
        parts.append(f"\n## {schema.component} (schema {schema.version})\n\n{schema.meaning.en}\n")
        parts.append(_COLUMNS)
        parts.extend(_row(array) for array in schema.arrays)
    return "".join(parts)


def _row(array: ArraySchema) -> str:
    axes = f"({', '.join(array.axes)})"
    low = "" if array.low is None else f"{array.low:g}"
    high = "" if array.high is None else f"{array.high:g}"
    span = ", ".join(array.choices) or (f"{low} … {high}" if low or high else "")
    meaning = array.meaning.en.replace("|", "\\|")
    return f"| `{array.name}` | {array.dtype} | {axes} | {array.unit} | {span} | {meaning} |\n"
