"""One spelling for a value: canonical JSON in the manner of RFC 8785, and its digest."""

import hashlib
import json
import math

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]

_EXACT_INTEGER_MAX = 2**53


def canonical_json(value: JsonValue) -> str:
    """JSON with sorted keys and one spelling per number: `1`, `1.0` and `1e0` are one (RFC 8785).

    Raises ValueError for NaN and infinities, which JSON has no spelling for, and for integers past
    ±2⁵³, of which two would share one.
    """
    return json.dumps(
        _one_spelling(value),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def digest(value: JsonValue) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _one_spelling(value: JsonValue) -> JsonValue:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: _one_spelling(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_one_spelling(item) for item in value]
    if isinstance(value, int):
        if abs(value) > _EXACT_INTEGER_MAX:
            raise ValueError("JSON spells integers past 2⁵³ like their neighbours")
        return value
    if not math.isfinite(value):
        raise ValueError("JSON has no spelling for NaN and infinities")
    # -0.0 becomes 0 here as well.
    return int(value) if value.is_integer() and abs(value) <= _EXACT_INTEGER_MAX else value
