"""A flood of sign-ins takes its turns, and keeps nobody else from an answer."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from adapters.argon2.passwords import Argon2Passwords
from domain.password import Password
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.graphql.context import SIGNING_AT_ONCE
from entrypoints.settings import Settings
from tests.graphql.house import House
from tests.servers.web import served

FLOOD = 60
"""More than the threads that answer (40)."""

SIGN_IN = """mutation SignIn($email: String!) {
  signIn(email: $email, password: "some wrong phrase") { ... on Refusal { code } }
}"""


class StuckPasswords(Argon2Passwords):
    """Compares passwords no sooner than it is let go on; counts who waits for that."""

    def __init__(self) -> None:
        super().__init__(memory_kib=8, passes=1, at_once=FLOOD)
        self.go_on = threading.Event()
        self.waiting = threading.Semaphore(0)
        self.most = 0

    def verify(self, password: Password, password_hash: str | None) -> bool:
        self.most += 1
        self.waiting.release()
        assert self.go_on.wait(60)
        return super().verify(password, password_hash)


@pytest.fixture
def stuck() -> StuckPasswords:
    return StuckPasswords()


@pytest.fixture
def house(tmp_path: Path, stuck: StuckPasswords) -> Iterator[House]:
    container = Container(settings=Settings.read({}, data_dir=tmp_path))
    container.passwords.override(stuck)
    container.migrate()
    with (
        served(application(container, is_open=False)) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        yield House(container=container, http=http)
    container.engine().dispose()


def test_others_are_answered_while_many_wait_to_sign_in(
    house: House, stuck: StuckPasswords
) -> None:
    person = house.person("calm@example.org")

    def sign_in(number: int) -> str:
        with httpx.Client(base_url=house.http.base_url, timeout=60) as http:
            body = {"query": SIGN_IN, "variables": {"email": f"flood{number}@example.org"}}
            answer = http.post("/graphql", json=body).json()
        return str(answer["data"]["signIn"]["code"])

    with ThreadPoolExecutor(FLOOD) as pool:
        flood = [pool.submit(sign_in, number) for number in range(FLOOD)]
        try:
            for _ in range(SIGNING_AT_ONCE):
                assert stuck.waiting.acquire(timeout=60)
            for _ in range(5):
                assert person.asks("{ me { email } }")["me"]["email"] == "calm@example.org"
            assert stuck.most == SIGNING_AT_ONCE
        finally:
            stuck.go_on.set()
        assert {one.result() for one in flood} == {"sign_in_refused"}
