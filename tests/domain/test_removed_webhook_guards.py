"""The guards of webhooks that are rules alone, each taken away (hardening 64, 67, 69).

Those of a connection (64 to 66 and 68) are taken away in the tests of the sender. A redirect (66)
has no guard to take away: nothing of ours follows one, and there a client that does is tried.
"""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from domain.errors import DomainError
from domain.webhook_signature import REPLAY_WINDOW, sign
from tests.believing import sample_verifier
from tests.builders import NOON
from tests.hooks import a_webhook
from tests.planted import without

ADDRESS, SIGNATURE, WEBHOOK = (
    "domain.webhook_address",
    "domain.webhook_signature",
    "domain.webhook",
)
SECRET = "a secret of the tests"  # noqa: S105
BODY = b'{"event": "run.ok"}'


def is_refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except DomainError:
        return True
    return False


SPOKEN = ("if not _SPOKEN.fullmatch(given):", "if False:")
LABELS = ("not all(map(_LABEL.fullmatch, labels)) or ", "")
PORTS = ("if not _port_fits(number, scheme):", "if False:")


@pytest.mark.parametrize(
    ("url", "guards"),
    [
        ("http://hooks.example.com/", [("if parts.scheme not in allowed:", "if False:")]),
        *((f"https://hooks.example.com:{port}/", [PORTS]) for port in (22, 25, 6379)),
        ("https://hooks.ex\u0430mple.com/", [SPOKEN, LABELS]),
        ("https://me@hooks.example.com/", [('if "@" in parts.netloc:', "if False:")]),
        ("https://hooks.example.com/\r\nX: 1", [SPOKEN]),
        ("https://127.0.0.1/", [("if not is_allowed(literal, policy=policy):", "if False:")]),
        ("https://hooks.2130706433/", [(" or _NUMBER.fullmatch(labels[-1])", "")]),
        ("https://printer.local/", [("if len(labels) == 1 or any(", "if not any(")]),
    ],
)
def test_case_67_without_its_guard_the_address_would_be_taken(
    url: str, guards: list[tuple[str, str]]
) -> None:
    def parse(module: ModuleType) -> Callable[[], object]:
        return lambda: module.WebhookAddress.parse(url)

    first, *more = guards
    assert is_refused(parse(without(ADDRESS, first[0], first[0])))
    assert not is_refused(parse(without(ADDRESS, *first, *more)))


def check(module: ModuleType, *, body: bytes = BODY, late: timedelta = timedelta()) -> bool:
    """Whether a signature of `BODY` is believed with this body, so much later."""
    header = sign(BODY, secret=SECRET, now=NOON)
    return not is_refused(
        lambda: module.check_signature(body, header, secret=SECRET, now=NOON + late)
    )


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        (
            "if abs(now.timestamp() - int(seconds)) > REPLAY_WINDOW.total_seconds():",
            {"late": REPLAY_WINDOW * 1.01},
        ),
        (
            "if not hmac.compare_digest(digest, _digest(body, seconds, secret)):",
            {"body": BODY + b" "},
        ),
    ],
    ids=["replayed", "changed"],
)
def test_case_69_without_its_guard_it_would_be_believed(
    guard: str, changes: dict[str, Any]
) -> None:
    assert check(without(SIGNATURE, guard, guard))
    assert not check(without(SIGNATURE, guard, guard), **changes)
    assert check(without(SIGNATURE, guard, "if False:"), **changes)


def believed(module: ModuleType) -> list[list[bool]]:
    """After each of two rotations, which of the three secrets so far are believed."""
    verify, hook = sample_verifier(), a_webhook(secrets=("first",))
    parts = {part.name: getattr(hook, part.name) for part in fields(hook)}
    found, ours = [], module.Webhook(**parts)
    for secret in ("second", "third"):
        ours = ours.rotated(secret)
        header = ours.signature(BODY, now=NOON)
        secrets = ("first", "second", "third")
        found.append([verify(BODY, header, one, NOON.timestamp()) for one in secrets])
    return found


def test_case_69_without_its_guards_rotation_would_cut_off_or_never_end() -> None:
    kept = "secrets=(secret, self.secrets[0])"
    assert believed(without(WEBHOOK, kept, kept)) == [[True, True, False], [False, True, True]]
    alone = believed(without(WEBHOOK, kept, "secrets=(secret,)"))
    assert alone == [[False, True, False], [False, False, True]]
    bound = ("if not 1 <= len(self.secrets) <= SECRETS_MAX:", "if False:")
    endless = believed(without(WEBHOOK, kept, "secrets=(secret, *self.secrets)", bound))
    assert endless == [[True, True, False], [True, True, True]]


def test_case_69_without_its_guard_the_page_for_receivers_would_believe_a_replay() -> None:
    """The sample of our own page is what receivers copy."""
    header, late = sign(BODY, secret=SECRET, now=NOON), NOON + REPLAY_WINDOW * 1.01
    asked = (BODY, header, SECRET, late.timestamp())
    assert not sample_verifier()(*asked)
    assert sample_verifier(("abs((now or time.time()) - int(moments[0])) <= 300", "True"))(*asked)
