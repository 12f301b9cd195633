"""An address of a webhook is one that misleads nobody and leads to nothing of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidWebhookAddress
from domain.webhook_address import (
    LENGTH_MAX,
    SERVICE_PORTS,
    AddressPolicy,
    WebhookAddress,
    is_allowed,
)
from tests.planted import without

HOST = "https://hooks.example.com"


def detail_of(given_url: str, policy: AddressPolicy = AddressPolicy.HTTPS) -> str:
    with pytest.raises(InvalidWebhookAddress) as refusal:
        WebhookAddress.parse(given_url, policy=policy)
    return str(refusal.value.fields["detail"])


@pytest.mark.parametrize(
    ("given_url", "shown"),
    [
        (HOST, f"{HOST}/"),
        (f"{HOST}:443/a?b=c", f"{HOST}/a?b=c"),
        ("HTTPS://Hooks.Example.COM/A", f"{HOST}/A"),
        (f"{HOST}:8443/", f"{HOST}:8443/"),
        ("https://hooks.example.com./", f"{HOST}/"),
        ("https://xn--e1afmkfd.xn--p1ai/", "https://xn--e1afmkfd.xn--p1ai/"),
        ("https://8.8.8.8/", "https://8.8.8.8/"),
        ("https://[2606:4700:0::1111]:8443/", "https://[2606:4700::1111]:8443/"),
    ],
)
def test_an_address_has_one_spelling(given_url: str, shown: str) -> None:
    address = WebhookAddress.parse(given_url)
    assert address.url == shown
    assert WebhookAddress.parse(shown) == address


@pytest.mark.parametrize(
    ("given_url", "detail"),
    [
        ("http://hooks.example.com/", "scheme"),
        ("ftp://hooks.example.com/", "scheme"),
        ("//hooks.example.com/", "scheme"),
        ("", "not_plain"),
        ("https://me@hooks.example.com/", "userinfo"),
        ("https://me:secret@hooks.example.com/", "userinfo"),
        ("https://@hooks.example.com/", "userinfo"),
        ("https://hooks.example.com:22/", "port"),
        ("https://hooks.example.com:25/", "port"),
        ("https://hooks.example.com:6379/", "port"),
        ("https://hooks.example.com:80/", "port"),
        ("https://hooks.example.com:1024/", "port"),
        ("https://hooks.example.com:0/", "port"),
        ("https://hooks.example.com:65536/", "malformed"),
        ("https://hooks.example.com:4x/", "malformed"),
        (f"{HOST}/\r\nX-Evil: 1", "not_plain"),
        (f"{HOST}\n.evil.com/", "not_plain"),
        (f"{HOST}/\t", "not_plain"),
        (f"{HOST}/\x00", "not_plain"),
        (f"{HOST}\\@evil.com/", "not_plain"),
        (f"{HOST}/ ", "not_plain"),
        (f"{HOST}/#part", "fragment"),
        ("https://hooks.exаmple.com/", "not_plain"),  # a Cyrillic а
        ("https://hooks。example.com/", "not_plain"),
        ("https://ｈooks.example.com/", "not_plain"),
        ("https://hooks.example.com/пусть", "not_plain"),
        ("https:///path", "host"),
        ("https:hooks.example.com", "host"),
        ("https://-a.example.com/", "host"),
        ("https://a_b.example.com/", "host"),
        ("https://ex%61mple.com/", "host"),
        ("https://a..example.com/", "host"),
        (f"https://{'a' * 64}.com/", "host"),
        (f"https://{'a.' * 130}com/", "host"),
        ("https://[::1", "malformed"),
        (f"{HOST}/{'a' * LENGTH_MAX}", "too_long"),
    ],
)
def test_case_67_an_address_that_could_do_harm_is_refused_by_name(
    given_url: str, detail: str
) -> None:
    """Hardening 67."""
    assert detail_of(given_url) == detail


@pytest.mark.parametrize("port", sorted(SERVICE_PORTS))
def test_case_67_no_port_of_another_service(port: int) -> None:
    assert detail_of(f"{HOST}:{port}/") == "port"


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),  # noqa: S104
        *("169.254.169.254", "[::1]", "[fd00::1]", "[fe80::1]", "[fe80::1%25eth0]"),
        *("[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "localhost", "db", "printer.local"),
        *("metadata.google.internal", "a.localhost", "a.localdomain", "a.home.arpa"),
    ],
)
def test_case_64_what_is_not_public_is_refused_at_registration_too(host: str) -> None:
    """Hardening 64."""
    assert detail_of(f"https://{host}/") == "not_public"


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0x7f000001", "1.2.3.4.", "1.2.3.0x4"]
)
def test_case_64_old_spellings_of_addresses_are_no_names(host: str) -> None:
    """Hardening 64."""
    assert detail_of(f"https://{host}/") in {"host", "not_public"}


def test_development_may_allow_more() -> None:
    http, local = AddressPolicy.HTTP, AddressPolicy.LOCAL
    assert WebhookAddress.parse("http://hooks.example.com", policy=http).port == 80
    assert detail_of("http://localhost:8000/", http) == "not_public"
    assert WebhookAddress.parse("http://localhost:8000/", policy=local).port == 8000
    assert WebhookAddress.parse("http://127.0.0.1:8000/", policy=local).host == "127.0.0.1"
    assert detail_of("http://192.168.0.1:8000/", local) == "not_public"
    assert detail_of("http://localhost:5432/", local) == "port"


@pytest.mark.parametrize("policy", AddressPolicy)
def test_only_development_on_this_machine_reaches_this_machine(policy: AddressPolicy) -> None:
    assert is_allowed("8.8.8.8", policy=policy)
    assert is_allowed("127.0.0.1", policy=policy) == (policy is AddressPolicy.LOCAL)
    assert not is_allowed("10.0.0.1", policy=policy)


@given(st.text(max_size=40))
def test_no_text_is_more_than_refused(text: str) -> None:
    for given_url in (text, f"https://{text}", f"{HOST}/{text}"):
        try:
            address = WebhookAddress.parse(given_url)
        except InvalidWebhookAddress:
            continue
        assert address.url.isascii()
        assert WebhookAddress.parse(address.url) == address


def test_case_67_without_its_guard_a_line_break_would_get_in() -> None:
    """`urlsplit` takes line breaks out, and what was checked is not what was given."""
    planted = without("domain.webhook_address", "if not _SPOKEN.fullmatch(given):", "if False:")
    assert planted.WebhookAddress.parse(f"{HOST}/\r\nX-Evil: 1").host == "hooks.example.com"


def test_case_67_without_its_guard_a_name_could_mislead() -> None:
    planted = without("domain.webhook_address", 'if "@" in parts.netloc:', "if False:")
    misled = planted.WebhookAddress.parse("https://hooks.example.com@evil.example.org/")
    assert misled.host == "evil.example.org"
