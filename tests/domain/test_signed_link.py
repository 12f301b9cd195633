"""A signed link opens one path in one way for one user, until its end."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SignedLinkExpired, SignedLinkInvalid
from domain.ledger import UserId
from domain.signed_link import SECRET_CHARACTERS_MIN, LinkClaim, LinkSigner
from tests.builders import NOON
from tests.planted import without

SECRET, OTHER, THIRD = ("a" * 32, "b" * 32, "c" * 40)
USER = UserId(UUID(int=7))
PATH = "/exports/7.json"


def a_claim(**details: object) -> LinkClaim:
    filled = {"verb": "GET", "path": PATH, "user_id": USER, "expires_at": NOON}
    return LinkClaim(**{**filled, **details})  # type: ignore[arg-type]


def query_of(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query))


def check(
    link: str, signer: LinkSigner, *, before_s: int = 1, changed: Mapping[str, str] | None = None
) -> LinkClaim:
    """The link as it came back, so many seconds before its end, perhaps changed in a part of it."""
    query = {"verb": "GET", "path": urlsplit(link).path, **query_of(link), **(changed or {})}
    verb, path = query.pop("verb"), query.pop("path")
    return signer.check(verb, path, query, now=NOON - timedelta(seconds=before_s))


def test_the_signature_is_hmac_sha256_over_verb_path_user_and_end() -> None:
    link = LinkSigner((SECRET,)).sign(a_claim())
    signed = json.dumps(["GET", PATH, USER.hex, "1767355200"]).encode()
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert link == f"{PATH}?user={USER.hex}&expires=1767355200&signature={digest}"


@given(path=st.text(min_size=1), verb=st.sampled_from(["GET", "PUT"]), user=st.uuids())
def test_what_was_signed_comes_back_as_it_was(path: str, verb: str, user: UUID) -> None:
    signer = LinkSigner((SECRET,))
    claim = a_claim(verb=verb, path=path, user_id=UserId(user))
    query = query_of("?" + signer.sign(claim).removeprefix(path).removeprefix("?"))
    assert signer.check(verb, path, query, now=NOON - timedelta(seconds=1)) == claim


@pytest.mark.parametrize(
    "changed",
    [
        {"verb": "PUT"},
        {"path": "/exports/8.json"},
        {"path": PATH + "/"},
        {"user": UUID(int=8).hex},
        {"user": ""},
        {"expires": "1767355201"},
        {"expires": "9" * 13},
        {"expires": "١٧٦٧٣٥٥٢٠٠"},
        {"signature": "0" * 64},
        {"signature": ""},
        {"signature": "é" * 64},
    ],
)
def test_whoever_changes_a_part_of_a_link_has_no_link(changed: dict[str, str]) -> None:
    signer = LinkSigner((SECRET,))
    link = signer.sign(a_claim())
    assert check(link, signer) == a_claim()
    with pytest.raises(SignedLinkInvalid):
        check(link, signer, changed=changed)


def test_a_link_is_over_at_its_end_and_not_before() -> None:
    signer = LinkSigner((SECRET,))
    link = signer.sign(a_claim())
    check(link, signer, before_s=1)
    with pytest.raises(SignedLinkExpired):
        check(link, signer, before_s=0)


def test_only_who_had_the_link_learns_that_it_is_over() -> None:
    signer = LinkSigner((SECRET,))
    with pytest.raises(SignedLinkInvalid):
        check(signer.sign(a_claim()), signer, before_s=-9, changed={"signature": "0" * 64})


def test_two_secrets_are_valid_at_once_and_the_first_signs() -> None:
    """R-905."""
    old, both, new = LinkSigner((SECRET,)), LinkSigner((OTHER, SECRET)), LinkSigner((OTHER,))
    check(old.sign(a_claim()), both)
    check(both.sign(a_claim()), new)
    with pytest.raises(SignedLinkInvalid):
        check(old.sign(a_claim()), new)


@pytest.mark.parametrize(
    "secrets", [(), ("a" * (SECRET_CHARACTERS_MIN - 1),), (SECRET, ""), (SECRET, OTHER, THIRD)]
)
def test_no_secret_a_short_one_and_too_many_are_refused(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        LinkSigner(secrets)


def test_a_signer_does_not_show_its_secrets() -> None:
    assert SECRET not in repr(LinkSigner((SECRET,)))


def test_without_its_guard_a_link_would_have_no_end() -> None:
    planted = without("domain.signed_link", "if now.timestamp() >= int(seconds):", "if False:")
    link = LinkSigner((SECRET,)).sign(a_claim())
    query = query_of(link)
    later = NOON + timedelta(days=400)
    assert planted.LinkSigner((SECRET,)).check("GET", PATH, query, now=later).user_id == USER
