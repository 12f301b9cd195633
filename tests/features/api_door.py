"""The same door from outside: over GraphQL and HTTP, on a real database."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from adapters.argon2.passwords import Argon2Passwords
from adapters.memory.clock import FixedClock
from domain.api_key import Scope
from domain.errors import DomainError, ScopeMissing, Unauthenticated
from domain.password import Password
from entrypoints.container import Container
from tests.features.refused import refusal_of

_SIGN = """mutation Sign($email: String!, $password: String!) {
  answer: %s(email: $email, password: $password) {
    ... on Signed { token me { email } }
    ... on Refusal { code message fields { name value } }
  }
}"""
_CREATE = """mutation Create($name: String!, $scopes: [Scope!]!) {
  answer: createApiKey(name: $name, scopes: $scopes) {
    ... on ApiKeyCreated { token apiKey { id } }
    ... on Refusal { code message fields { name value } }
  }
}"""
_REVOKE = """mutation Revoke($id: ID!) {
  answer: revokeApiKey(id: $id) {
    ... on ApiKeyRevoked { id }
    ... on Refusal { code message fields { name value } }
  }
}"""
_ACTS = {
    Scope.READ: "{ me { email } }",
    Scope.RUN: 'mutation { deleteProfile(name: "none") { __typename } }',
    Scope.ACCOUNT: "mutation { updateSettings(settings: {}) { __typename } }",
    Scope.ADMINISTER: "{ users { __typename } }",
}
"""Something that each scope is for, and that changes nothing."""


class CountedPasswords(Argon2Passwords):
    """The real hashing at its lowest cost; counts how often a password was compared."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, passes=1)
        self.verified = 0

    def verify(self, password: Password, password_hash: str | None) -> bool:
        self.verified += 1
        return super().verify(password, password_hash)


@dataclass(frozen=True, slots=True)
class Named:
    """A user as the API shows one."""

    name: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A token as the API told it."""

    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a sign-in or a new key came to."""

    user: Named
    token: Shown
    key: Any = None


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key by its global id."""

    id: str


@dataclass(frozen=True)
class Outsider:
    """Whoever has a token; what they may is found out by trying."""

    door: "ApiDoor"
    token: str

    @property
    def user(self) -> Named:
        return Named(self.door.asks(_ACTS[Scope.READ], token=self.token)["me"]["email"])

    def require(self, *scopes: Scope) -> None:
        for scope in scopes:
            if self.door.is_told(_ACTS[scope], token=self.token) == "forbidden":
                raise ScopeMissing(scope)


class ApiDoor:
    """A member for each of `Door`'s, with the same answers."""

    key: Answered
    token: str
    tokens: list[str]

    def __init__(self, container: Container, http: httpx.Client, clock: FixedClock) -> None:
        self.clock = clock
        self.passwords = CountedPasswords()
        container.passwords.override(self.passwords)
        self.refusals: list[DomainError] = []
        self._container = container
        self._http = http

    def sign_up(self, email: str, password: str) -> Answered:
        return self._sign("signUp", email, password)

    def sign_in(self, email: str, password: str) -> Answered:
        return self._sign("signIn", email, password)

    def sign_out(self, caller: Outsider, *, everywhere: bool = False) -> None:
        out = "mutation Out($all: Boolean!) { signOut(everywhere: $all) { __typename } }"
        self.asks(out, token=caller.token, all=everywhere)

    def reset_password(self, email: str, password: str) -> None:
        """No act of the API: whoever runs the installation does it on its machine."""
        self._container.reset_password()(email, password)

    def authenticate(self, token: str) -> Outsider:
        """Raises Unauthenticated, as every question with this token would be answered."""
        if self.is_told(_ACTS[Scope.READ], token=token) == "unauthenticated":
            raise Unauthenticated("told so")
        return Outsider(self, token)

    def create_key(self, caller: Outsider, *, name: str, scopes: list[Scope]) -> Answered:
        named = [scope.name for scope in scopes]
        told = self._answer(_CREATE, token=caller.token, name=name, scopes=named)
        return Answered(Named(""), Shown(told["token"]), KeyShown(told["apiKey"]["id"]))

    def revoke_key(self, caller: Outsider, key_id: str) -> None:
        self._answer(_REVOKE, token=caller.token, id=key_id)

    def try_to(self, act: Any) -> None:
        """Does something; a refusal is remembered."""
        try:
            act()
        except DomainError as refusal:
            self.refusals.append(refusal)

    def pass_time(self, time: timedelta) -> None:
        self.clock.moment += time

    def asks(self, query: str, *, token: str = "", **variables: Any) -> Any:
        """The data of an answer without errors."""
        answer = self._posted(query, token, variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def is_told(self, query: str, *, token: str) -> str:
        """The code of the error of an answer; empty where there is none."""
        errors = self._posted(query, token, {}).get("errors", [])
        return str(errors[0]["extensions"]["code"]) if errors else ""

    def _sign(self, mutation: str, email: str, password: str) -> Answered:
        told = self._answer(_SIGN % mutation, email=email, password=password)
        self.token = told["token"]
        return Answered(Named(told["me"]["email"]), Shown(told["token"]))

    def _answer(self, query: str, **given: Any) -> Any:
        """The answer, or the refusal raised."""
        told = self.asks(query, **given)["answer"]
        if "code" in told:
            raise refusal_of(told)
        return told

    def _posted(self, query: str, token: str, variables: dict[str, Any]) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        return self._http.post("/graphql", json=body, headers=headers).json()
