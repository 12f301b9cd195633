"""Followers who ask the same with the same rights are told the same answer, and nobody else is."""

import json
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLError
from hypothesis import given
from hypothesis import strategies as st

from entrypoints.graphql.shared_answers import KEPT, SharedAnswers, SharedText

_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


class Answering:
    """Makes an answer and counts."""

    def __init__(self, *errors: GraphQLError) -> None:
        self.errors = list(errors)
        self.count = 0

    def __call__(self) -> Any:
        self.count += 1
        return ExecutionResult({"number": self.count}, self.errors or None)


def test_one_event_asked_alike_is_answered_once() -> None:
    shared, answering, event = SharedAnswers(), Answering(), object()
    first, second = (shared(event, "same", answering) for _ in range(2))
    assert first.data is second.data
    assert first is not second
    assert answering.count == 1


@pytest.mark.parametrize("keys", [("ann", "bob"), (("a", "en"), ("a", "ru"))])
def test_another_person_or_language_has_an_answer_of_its_own(keys: tuple[Any, Any]) -> None:
    shared, answering, event = SharedAnswers(), Answering(), object()
    told = [shared(event, key, answering).data["number"] for key in keys]
    assert told == [1, 2]


def test_another_event_is_never_told_the_answer_of_the_last() -> None:
    """Also where a new event stands where the last one was in memory."""
    shared, answering = SharedAnswers(), Answering()
    for number in range(1, 3 * KEPT):
        assert shared([number], "same", answering).data == {"number": number}


def test_an_answer_with_an_error_is_each_ones_own() -> None:
    shared, event = SharedAnswers(), object()
    answering = Answering(GraphQLError("no"))
    assert [shared(event, "same", answering).data["number"] for _ in range(2)] == [1, 2]


async def _later() -> ExecutionResult:
    return ExecutionResult({}, None)


def test_an_answer_that_has_to_be_waited_for_is_each_ones_own() -> None:
    shared, event = SharedAnswers(), object()
    waited = [shared(event, "same", _later) for _ in range(2)]
    assert waited[0] is not waited[1]
    for each in waited:
        each.close()


@given(messages=st.lists(st.tuples(st.text(max_size=3), _json), max_size=4), other=_json)
def test_every_message_is_written_as_json_writes_it(messages: list[Any], other: Any) -> None:
    """Two with one answer in a row, those with errors, and what is no answer at all."""
    text = SharedText()
    for number, data in messages:
        answer = {"id": number, "type": "next", "payload": {"data": data}}
        for said in (answer, answer, {**answer, "id": "other"}):
            assert json.loads(text(said)) == said
        failed = {**answer, "payload": {"data": data, "errors": [{"message": "no"}]}}
        assert text(failed) == json.dumps(failed)
        assert text({"data": data}) == json.dumps({"data": data})
    assert text(other) == json.dumps(other)
