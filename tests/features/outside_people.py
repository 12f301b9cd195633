"""People of an installation behind its door, and the line to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import uuid4

from domain.rate_limit import Plan
from tests.features import documents
from tests.features.installation import Installation
from tests.features.refused import refusal_of

PASSWORD = "a long enough phrase"  # noqa: S105 - of people who live as long as a scenario
ENOUGH = "100000"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has signed up."""

    token: str
    id: str


class OutsidePeople:
    """Those members of the protocol `Driver`, and what they are asked and answered by."""

    at: Installation

    @cached_property
    def _administrator(self) -> Account:
        account = self._signed_up()
        self.at.container.make_administrator()(self._email)
        return account

    @cached_property
    def person(self) -> Account:
        """Of whom a scenario says nothing: somebody with credits enough."""
        return self._provided(ENOUGH, Plan.LOCAL)

    def open_account(self, amount: str, plan: Plan = Plan.LOCAL) -> None:
        self.person = self._provided(amount, plan)

    @contextmanager
    def as_stranger(self) -> Iterator[None]:
        owner, self.person = self.person, self._provided(ENOUGH, Plan.LOCAL)
        yield
        self.person = owner

    def _provided(self, amount: str, plan: Plan) -> Account:
        """Somebody new, with a plan and credits by an administrator."""
        account, by = self._signed_up(), self._administrator
        self.answer(documents.SET_PLAN, by=by, user=account.id, plan=plan.name)
        given = {"user": account.id, "amount": amount, "key": str(uuid4())}
        self.answer(documents.TOP_UP, by=by, **given)
        return account

    def _signed_up(self) -> Account:
        self._email = f"{uuid4().hex}@example.org"
        asked = {"email": self._email, "password": PASSWORD}
        told = self.answer(documents.SIGN_UP, by=Account("", ""), **asked)
        return Account(told["token"], told["me"]["id"])

    def asks(self, query: str, *, by: Account | None = None, **variables: Any) -> Any:
        """The data of an answer without errors."""
        body = {"query": query, "variables": variables}
        headers = self._headers(by or self.person)
        answer = self.at.http.post("/graphql", json=body, headers=headers).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def answer(self, query: str, *, by: Account | None = None, **variables: Any) -> Any:
        """The only answer, or the refusal raised."""
        told = self.asks(query, by=by, **variables)["answer"]
        if "code" in told:
            raise refusal_of(told)
        return told

    @staticmethod
    def _headers(account: Account) -> dict[str, str]:
        return {"authorization": f"Bearer {account.token}"} if account.token else {}
