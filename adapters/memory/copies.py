"""Copies of what is kept: what may change is copied, and what never does is shared."""

import copy
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeVar
from uuid import UUID

_Kept = TypeVar("_Kept")
_FIXED = (str, bytes, int, float, Decimal, datetime, UUID, Enum, frozenset, NoneType)
_HOW_MADE = "__dataclass_params__"


def apart(value: _Kept) -> _Kept:
    """A copy that no change of the original reaches, nor the other way round.

    Nearly all that is kept are frozen facts, thousands of them: `copy.deepcopy` would make each
    anew for every unit of work.
    """
    copied: _Kept = _apart(value)
    return copied


def _apart(value: Any) -> Any:
    kind: Any = type(value)
    if _never_changes(kind):
        return value
    if kind is dict:
        return {key: _apart(one) for key, one in value.items()}
    if kind is list:
        return [_apart(one) for one in value]
    if kind is tuple:
        return tuple(_apart(one) for one in value)
    if not is_dataclass(value):
        return copy.deepcopy(value)
    copied = object.__new__(kind)
    for each in fields(kind):
        setattr(copied, each.name, _apart(getattr(value, each.name)))
    return copied


@cache
def _never_changes(kind: type) -> bool:
    """Whether objects of a kind are what they were made as; a frozen one's mappings are, too."""
    if is_dataclass(kind):
        return bool(getattr(kind, _HOW_MADE).frozen)
    return issubclass(kind, _FIXED)
