"""Reading the plain JSON values of a manifest by the type that is expected there."""

from collections.abc import Mapping

from domain.canonical import JsonValue


def mapping(value: JsonValue) -> dict[str, JsonValue]:
    """The value as an object; empty where the manifest says null."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(f"an object was expected, not {type(value).__name__}")
    return value


def items(value: JsonValue) -> list[JsonValue]:
    """The value as a list; empty where the manifest says null."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {type(value).__name__}")
    return value


def text(value: JsonValue) -> str:
    """The value as text; empty where the manifest says null."""
    return "" if value is None else str(value)


def number(value: JsonValue) -> float | None:
    """The value as a number; None where the manifest says null."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"a number was expected, not {type(value).__name__}")
    return float(value)


def flat(values: Mapping[str, JsonValue]) -> str:
    """An object in one line, for facts whose names this page has no words for."""
    return ", ".join(f"{key.replace('_', ' ')}: {_short(value)}" for key, value in values.items())


def _short(value: JsonValue) -> str:
    if isinstance(value, dict):
        return f"({flat(value)})"
    if isinstance(value, list):
        return " × ".join(_short(item) for item in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return "—" if value is None else str(value)
