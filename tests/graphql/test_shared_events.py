"""Who follows one event is told what their own rights, language and question make of it."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
import strawberry

from domain.api_key import Scope
from domain.caller import ALL_SCOPES, Caller
from domain.ledger import UserId
from domain.user import User
from entrypoints.container import Container
from entrypoints.graphql.context import Context, Info
from entrypoints.graphql.plain_fields import PlainFields
from entrypoints.graphql.shared_answers import SharedAnswers
from entrypoints.language import Language
from entrypoints.settings import Settings

ASKED = "subscription ($times: Int!) { news { said(times: $times) } }"
CONTAINER = Container(settings=Settings.read({}))


@strawberry.type
class News:
    """What is said depends on everything that an answer may depend on; `told` counts."""

    told: strawberry.Private[list[str]]

    @strawberry.field
    def said(self, info: Info, times: int) -> str:
        caller = info.context.caller
        mine = f"{caller.user.name} {sorted(caller.scopes)} {info.context.language}" * times
        self.told.append(mine)
        return mine


@strawberry.type
class Query:
    """Nothing is asked."""

    nothing: str = ""


@strawberry.type
class Subscription:
    """One event, the same object for whoever follows."""

    @strawberry.subscription
    async def news(self, info: Info) -> AsyncGenerator[News, None]:
        assert info.context.connection_params is not None
        yield info.context.connection_params["event"]


SCHEMA = strawberry.Schema(
    query=Query, subscription=Subscription, execution_context_class=PlainFields
)


def a_caller(name: str = "ann", scopes: frozenset[Scope] = ALL_SCOPES) -> Caller:
    """Somebody with an id of their own, the same each time."""
    user_id = UserId(UUID(bytes=name.encode().rjust(16)))
    made_at = datetime(2026, 3, 1, tzinfo=UTC)
    return Caller(user=User(id=user_id, name=name, created_at=made_at), scopes=scopes)


class Room:
    """Where one event is heard."""

    def __init__(self) -> None:
        self.event, self.answers = News(told=[]), SharedAnswers()

    def hears(
        self, caller: Caller, *, language: Language = "en", asked: str = ASKED, times: int = 1
    ) -> Any:
        context = Context(
            container=CONTAINER,
            language=language,
            known=caller,
            connection_params={"event": self.event},
            answers=self.answers,
        )

        async def first() -> Any:
            words = {"times": times}
            heard: Any = await SCHEMA.subscribe(asked, variable_values=words, context_value=context)
            return [result.data async for result in heard]

        return asyncio.run(first())


def test_the_same_question_with_the_same_rights_is_answered_once() -> None:
    room = Room()
    assert room.hears(a_caller()) == room.hears(a_caller())
    assert len(room.event.told) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"caller": a_caller("bob")},
        {"caller": a_caller(scopes=frozenset({Scope.READ}))},
        {"language": "ru"},
        {"times": 2},
        {"asked": ASKED.replace("said(", "other: said(")},
    ],
)
def test_whoever_differs_is_told_what_is_theirs(other: dict[str, Any]) -> None:
    """R-902: an answer is shared with nobody whose own would be another."""
    apart, room = Room(), Room()
    given = {"caller": a_caller(), **other}
    room.hears(a_caller())
    assert room.hears(**given) == apart.hears(**given) != apart.hears(a_caller())
