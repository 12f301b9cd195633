"""Which arrays of a schema are drawn together, in the order of the schema."""

from dataclasses import dataclass

from domain.schema import ArraySchema, ArtifactSchema, Drawing


@dataclass(frozen=True, slots=True)
class Group:
    """Arrays that make one figure."""

    drawing: Drawing
    arrays: tuple[ArraySchema, ...]


def values(schema: ArtifactSchema) -> tuple[ArraySchema, ...]:
    """The scalars that are shown as big numbers; whether one is known shows by its dash."""
    masks = {array.presence for array in schema.arrays}
    scalars = (a for a in schema.arrays if a.drawing is Drawing.VALUE and not a.axes)
    return tuple(array for array in scalars if array.name not in masks)


def groups(schema: ArtifactSchema) -> list[Group]:
    """Everything else that is shown: narrow bands and tables of one axis share a figure."""
    made: dict[tuple[str, ...], Group] = {}
    for array in schema.arrays:
        drawing = _drawing(array)
        if drawing is None:
            continue
        key = _key(array, drawing)
        beside = made[key].arrays if key in made else ()
        made[key] = Group(drawing, (*beside, array))
    return list(made.values())


def hidden(schema: ArtifactSchema) -> tuple[ArraySchema, ...]:
    """Arrays whose numbers no figure lists: not drawn, and nobody's places."""
    drawn = {array.name for group in groups(schema) for array in group.arrays}
    heads = {array.along for group in groups(schema) for array in group.arrays}
    return tuple(a for a in schema.arrays if a.axes and a.name not in drawn | heads)


def _drawing(array: ArraySchema) -> Drawing | None:
    if array.drawing is Drawing.HIDDEN or not array.axes:
        return None
    # A value with axes is several values: they are listed.
    return Drawing.TABLE if array.drawing is Drawing.VALUE else array.drawing


def _key(array: ArraySchema, drawing: Drawing) -> tuple[str, ...]:
    if drawing is Drawing.TABLE:
        return (drawing, array.axes[0], array.along or "")
    if drawing is Drawing.BANDS and len(array.axes) == 1:
        return (drawing, array.axes[0], array.along or "", array.unit)
    return (drawing, array.name)
