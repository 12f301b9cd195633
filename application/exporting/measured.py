"""One artifact on its way out: its arrays beside what its schema says of each."""

from dataclasses import dataclass

from application.ports.components import Arrays
from domain.canonical import JsonValue
from domain.schema import ArraySchema, ArtifactSchema


@dataclass(frozen=True, slots=True)
class Measured:
    """What a component left; `schema` is None where this version knows no such one any more."""

    component: str
    schema: ArtifactSchema | None
    arrays: Arrays
    meta: dict[str, JsonValue]

    def described(self, array: str) -> ArraySchema | None:
        if self.schema is None or array not in self.schema.names:
            return None
        return self.schema.array(array)

    @property
    def in_order(self) -> list[str]:
        """Names of the arrays, in the schema's order where it is known."""
        known = list(self.schema.names) if self.schema is not None else []
        names = [name for name in known if name in self.arrays]
        return names + [name for name in self.arrays if name not in names]

    def axis(self, array: str) -> str:
        """The name of the first axis; empty for a single value."""
        described, shape = self.described(array), self.arrays[array].shape
        if not shape:
            return ""
        axes = described.axes if described is not None else ()
        # Where nobody knows the axis, arrays of one length stand side by side.
        return axes[0] if axes and not axes[0].isdigit() else f"rows_{shape[0]}"

    def heading(self, array: str) -> str:
        """The name with its unit, as `momentary [LUFS]`."""
        described = self.described(array)
        unit = str(described.unit) if described is not None else ""
        return f"{array} [{unit}]" if unit else array
