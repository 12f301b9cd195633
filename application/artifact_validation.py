"""Whether the arrays of a component are what its schema promises (R-306)."""

from application.ports.components import Arrays
from domain.schema import ArtifactSchema


def validate(arrays: Arrays, schema: ArtifactSchema) -> None:
    """Raises ValueError where names, types or axes differ from the schema."""
    if set(arrays) != set(schema.names):
        raise ValueError(f"{schema.component}: {sorted(set(arrays) ^ set(schema.names))}")
