"""`trendflow users`: adding, promoting, a new password; and what is said of none of them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from domain.errors import SignInRefused, Unauthenticated
from entrypoints.cli import run
from entrypoints.container import Container
from entrypoints.settings import Settings

ANNA = "quokka@example.org"
Captured = pytest.CaptureFixture[str]
PASSWORD, NEW = "numbat and wombat 1", "bilby and dugong 22"


class Called:
    """The program on one data directory, within this process; what is typed comes from a pipe."""

    def __init__(self, data_dir: Path, patch: pytest.MonkeyPatch, capture: Captured) -> None:
        self._data_dir = data_dir
        self._patch = patch
        self._capture = capture
        self.said = ""

    def __call__(self, *arguments: str, typed: str = "") -> int:
        self._patch.setattr("sys.stdin", io.StringIO(typed))
        exit_code = run(["--data-dir", str(self._data_dir), *arguments])
        self.out, err = self._capture.readouterr()
        self.said += self.out + err
        return exit_code

    def listed(self) -> list[dict[str, Any]]:
        assert self("users", "list", "--format", "json") == 0
        found: list[dict[str, Any]] = json.loads(self.out)
        return found


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Called:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Called(tmp_path, monkeypatch, capsys)


@pytest.fixture
def house(tmp_path: Path) -> Container:
    return Container(settings=Settings.read({}, data_dir=tmp_path))


def test_a_user_is_added_and_made_an_administrator(call: Called, house: Container) -> None:
    assert call("users", "add", ANNA.title(), typed=f"{PASSWORD}\n") == 0
    signed = house.sign_in()(ANNA, PASSWORD)
    assert not signed.user.is_administrator
    assert call("users", "promote", ANNA) == 0
    assert house.authenticate()(signed.token.text).user.is_administrator
    assert call("users", "password", ANNA, typed=NEW) == 0
    with pytest.raises(Unauthenticated):
        house.authenticate()(signed.token.text)
    with pytest.raises(SignInRefused):
        house.sign_in()(ANNA, PASSWORD)
    assert house.sign_in()(ANNA, NEW).user.id == signed.user.id
    assert not any(canary in call.said for canary in ("quokka", PASSWORD, NEW)), call.said
    users = {user["email"]: (user["plan"], user["is_administrator"]) for user in call.listed()}
    assert users == {ANNA: ("free", True), "local": ("local", True)}
    house.engine().dispose()


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (("add", ANNA), "short\n", "invalid_password"),
        (("add", ANNA), "", "invalid_password"),
        (("add", "quokka"), PASSWORD, "invalid_email"),
        (("promote", ANNA), "", "user_not_found"),
        (("password", ANNA), PASSWORD, "user_not_found"),
    ],
)
def test_what_cannot_be_is_refused_and_not_repeated(
    call: Called, arguments: tuple[str, ...], typed: str, code: str
) -> None:
    """R-706: a refusal repeats neither the address nor the password."""
    assert call("users", *arguments, typed=typed) == 2
    assert code in call.said
    assert "quokka" not in call.said
    assert [user["email"] for user in call.listed()] == ["local"]
