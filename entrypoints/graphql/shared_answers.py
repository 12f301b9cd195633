"""What all who follow the same with the same words are told is made and encoded once."""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from graphql import ExecutionResult

KEPT = 64
"""Answers of the last events: those who follow are told of one within the same moment."""


class SharedAnswers:
    """Answers to one event, by document, variables and what of the asker an answer may depend on.

    Kept with their event, so an event that comes later never finds the answer of another.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[object, dict[str, Any]]] = OrderedDict()

    def __call__(self, event: object, key: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer to this very event; only one without errors that is there at once is kept."""
        place = (id(event), key)
        found = self._kept.get(place)
        if found is not None:
            return ExecutionResult(found[1], None)
        made = answer()
        if isinstance(made, ExecutionResult) and made.data is not None and not made.errors:
            self._kept[place] = (event, made.data)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


class SharedText:
    """Encodes messages; an answer that several are sent in a row is written out once."""

    def __init__(self) -> None:
        self._latest: tuple[object, str] | None = None

    def __call__(self, message: Any) -> str:
        if not _is_answer(message):
            return json.dumps(message)
        data = message["payload"]["data"]
        if self._latest is None or self._latest[0] is not data:
            self._latest = (data, json.dumps(data))
        number = json.dumps(message["id"])
        return f'{{"id": {number}, "type": "next", "payload": {{"data": {self._latest[1]}}}}}'


def _is_answer(message: Any) -> bool:
    """Whether it is the answer to a subscription, and nothing but its data."""
    if not isinstance(message, Mapping) or message.get("type") != "next" or "id" not in message:
        return False
    payload = message.get("payload")
    return len(message) == len(("id", "type", "payload")) and (
        isinstance(payload, Mapping) and list(payload) == ["data"]
    )
