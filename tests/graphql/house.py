"""An installation of its own with its API in this process, and people who ask it things."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from domain.credits import Credits
from domain.ledger import UserId
from domain.ledger_orders import TopUp
from domain.run import Run
from entrypoints.container import Container

PASSWORD = "a long enough phrase"  # noqa: S105 - of people who live as long as a test


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a token, or nobody without one."""

    http: httpx.Client
    token: str = ""
    user_id: UserId | None = None
    language: str = "en"
    headers: dict[str, str] = field(default_factory=dict)

    def posts(self, query: str, **variables: Any) -> Any:
        """The whole answer to a document."""
        plain = {"accept-language": self.language, "content-type": "application/json"}
        headers = {**plain, **self.headers}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        body = {"query": query, "variables": variables}
        # As JSON's own escapes: they can spell what no UTF-8 can, such as half a surrogate pair.
        content = json.dumps(body).encode()
        return self.http.post("/graphql", content=content, headers=headers)

    def asks(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = self.posts(query, **variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def is_told(self, query: str, **variables: Any) -> str:
        """The code of the only error of an answer."""
        errors = self.posts(query, **variables).json()["errors"]
        assert len(errors) == 1, errors
        return str(errors[0]["extensions"]["code"])


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A data directory, its database, and the application over them."""

    container: Container
    http: httpx.Client

    @property
    def nobody(self) -> Person:
        return Person(http=self.http)

    def person(self, email: str, *, is_administrator: bool = False) -> Person:
        """Somebody who has just signed up."""
        signed = self.container.sign_up()(email, PASSWORD)
        if is_administrator:
            self.container.make_administrator()(email)
        return Person(http=self.http, token=signed.token.text, user_id=signed.user.id)

    def give(self, person: Person, roubles: str) -> None:
        """Credits for somebody."""
        assert person.user_id is not None
        order = TopUp(
            user_id=person.user_id,
            key=f"topup:{roubles}",
            amount=Credits.of(roubles),
            at=self.container.clock().now(),
        )
        self.container.top_up_credits()(order)

    def keep(self, run: Run, *, of: Person) -> Run:
        """A run of somebody's, as if it had been started."""
        assert of.user_id is not None
        run.user_id = of.user_id
        with self.container.unit_of_work() as work:
            work.runs.add(run)
            work.commit()
        return run
