"""Sending webhooks to strangers: over real connections, on an internet in small."""

import json
import ssl
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from adapters.http_webhooks import guarded
from adapters.http_webhooks import sender as sender_module
from adapters.http_webhooks.guarded import Allowance, GuardedBackend, NotPublic
from adapters.http_webhooks.sender import ANSWER_BYTES_MAX, HttpWebhookSender
from domain.webhook import Outcome, Reply
from domain.webhook_address import AddressPolicy
from tests.adapters.http_webhooks.reaching import NAME, PUBLIC, Internet
from tests.domain.test_public_address import PRIVATE
from tests.planted import without
from tests.servers.certificates import Certificates, make_certificates
from tests.servers.receivers import drips, is_silent, pours, receiving, says

URL = f"http://{NAME}/hook?a=b"
BODY = json.dumps({"event": "run.ok"}).encode()
FINE = says("204 No Content")
GUARD = "if not all(is_allowed(address, policy=self.policy) for address in addresses):"


def sender(internet: Internet, **details: Any) -> HttpWebhookSender:
    """A sender for development, so that most tests need no certificate."""
    filled = {"policy": AddressPolicy.HTTP, "total_s": 5.0, **details}
    return HttpWebhookSender(resolve=internet.resolve, dial=internet.dial, **filled)


def sent(internet: Internet, url: str = URL, **details: Any) -> Reply:
    headers = {"Webhook-Signature": "t=1,v1=2"}
    return sender(internet, **details).send(url, body=BODY, headers=headers)


def planted(guard: str, instead: str) -> type[HttpWebhookSender]:
    """The sender over connections with one guard taken out."""
    removed = without("adapters.http_webhooks.guarded", guard, instead)
    names = ("Allowance", "GuardedBackend", *[kind for kind in dir(guarded) if "Not" in kind])
    others = {name: getattr(removed, name) for name in (*names, "OutOfTime", "EnoughRead")}
    copy = without(
        "adapters.http_webhooks.sender",
        "ANSWER_BYTES_MAX = 64 << 10",
        "ANSWER_BYTES_MAX = 65536",
        **others,
    )
    kind: type[HttpWebhookSender] = copy.HttpWebhookSender
    return kind


def sent_without(guard: str, instead: str, internet: Internet, **details: Any) -> Any:
    filled = {"policy": AddressPolicy.HTTP, "total_s": 5.0, **details}
    made = planted(guard, instead)(resolve=internet.resolve, dial=internet.dial, **filled)
    return made.send(URL, body=BODY, headers={})


def test_the_message_arrives_as_it_was_given() -> None:
    with receiving(FINE) as receiver:
        reply = sent(Internet(places={PUBLIC: receiver.port}))
    assert reply == Reply(Outcome.ACCEPTED, 204)
    assert receiver.head.split("\r\n")[0] == "POST /hook?a=b HTTP/1.1"
    assert receiver.body == BODY
    assert receiver.headers["Host"] == NAME
    assert receiver.headers["Webhook-Signature"] == "t=1,v1=2"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("200 OK", Outcome.ACCEPTED),
        ("299 Odd", Outcome.ACCEPTED),
        ("304 Not Modified", Outcome.REDIRECTED),
        ("404 Not Found", Outcome.REFUSED),
        ("410 Gone", Outcome.REFUSED),
        ("503 Service Unavailable", Outcome.REFUSED),
    ],
)
def test_the_status_is_the_answer(status: str, outcome: Outcome) -> None:
    with receiving(says(status)) as receiver:
        reply = sent(Internet(places={PUBLIC: receiver.port}))
    assert reply == Reply(outcome, int(status[:3]))


def test_what_is_no_http_is_told_apart() -> None:
    with receiving(lambda connection: connection.sendall(b"220 smtp ready\r\n")) as receiver:
        assert sent(Internet(places={PUBLIC: receiver.port})) == Reply(Outcome.NOT_HTTP)


def test_nobody_there_is_not_connected() -> None:
    with receiving(FINE) as receiver:
        pass
    assert sent(Internet(places={PUBLIC: receiver.port})) == Reply(Outcome.NOT_CONNECTED)


def test_a_name_of_nothing_is_not_resolved() -> None:
    assert sent(Internet(answers=[[]])) == Reply(Outcome.NOT_RESOLVED)

    def fails(host: str, port: int) -> Sequence[str]:
        raise OSError(host, port)

    reply = HttpWebhookSender(policy=AddressPolicy.HTTP, resolve=fails).send(
        URL, body=BODY, headers={}
    )
    assert reply == Reply(Outcome.NOT_RESOLVED)


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    with receiving(FINE) as gone:
        pass
    with receiving(FINE) as receiver:
        internet = Internet([[PUBLIC, "8.8.8.8"]], {PUBLIC: gone.port, "8.8.8.8": receiver.port})
        assert sent(internet).outcome is Outcome.ACCEPTED
    assert internet.dialled == [PUBLIC, "8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_case_64_a_name_of_an_address_that_is_not_public_is_not_dialled(address: str) -> None:
    """Hardening 64: at connect time, whatever was registered."""
    for answers in ([address], [PUBLIC, address], [address, PUBLIC]):
        internet = Internet(answers=[answers])
        assert sent(internet) == Reply(Outcome.NOT_PUBLIC)
        assert internet.dialled == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0", "::1"],  # noqa: S104
)
def test_case_64_spellings_of_this_machine_are_not_dialled(host: str) -> None:
    """Hardening 64: the system's own resolver reads old spellings as addresses."""
    with receiving(FINE) as receiver:
        backend = GuardedBackend(AddressPolicy.HTTPS, Allowance(5.0, 1000))
        with pytest.raises(NotPublic):
            backend.connect_tcp(host, receiver.port)
        assert receiver.connections == 0
        removed = without("adapters.http_webhooks.guarded", GUARD, "if False:")
        open_door = removed.GuardedBackend(AddressPolicy.HTTPS, Allowance(5.0, 1000))
        if host not in {"::1", "0.0.0.0"}:  # noqa: S104 - where the receiver does not listen
            open_door.connect_tcp(host, receiver.port).close()


def test_case_64_without_its_guard_this_machine_would_be_reached() -> None:
    with receiving(FINE) as receiver:
        internet = Internet([["127.0.0.1"]], {"127.0.0.1": receiver.port})
        assert sent(internet) == Reply(Outcome.NOT_PUBLIC)
        assert receiver.connections == 0
        sent_without(GUARD, "if False:", internet)
        assert receiver.connections == 1


def test_case_65_a_name_that_changes_its_mind_leads_nowhere_else() -> None:
    """Hardening 65: DNS rebinding. What was checked is what is connected to."""
    pinned = "self.dial(address, port, self.allowance.left_s())"
    by_name = "self.dial(host, port, self.allowance.left_s())"
    with receiving(FINE) as public, receiving(FINE) as private:
        places = {PUBLIC: public.port, "127.0.0.1": private.port}
        internet = Internet([[PUBLIC], ["127.0.0.1"]], places)
        assert sent(internet).outcome is Outcome.ACCEPTED
        assert internet.asked == [NAME]
        assert internet.dialled == [PUBLIC]
        assert (public.connections, private.connections) == (1, 0)
        assert sent(internet) == Reply(Outcome.NOT_PUBLIC)
        assert private.connections == 0
        sent_without(pinned, by_name, Internet([[PUBLIC], ["127.0.0.1"]], places))
        assert private.connections == 1


def test_case_66_a_redirect_is_not_followed() -> None:
    """Hardening 66."""
    with receiving(FINE) as private:
        elsewhere = says("302 Found", f"Location: http://127.0.0.1:{private.port}/secret")
        with receiving(elsewhere) as receiver:
            internet = Internet(places={PUBLIC: receiver.port})
            assert sent(internet) == Reply(Outcome.REDIRECTED, 302)
            assert internet.dialled == [PUBLIC]
            assert private.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        f"http://{NAME}/",
        f"https://me@{NAME}/",
        f"https://{NAME}:22/",
        f"https://{NAME}:25/",
        f"https://{NAME}:6379/",
        f"https://{NAME}/\r\nX: 1",
        "https://hooks.exаmple.com/",
        "https://127.0.0.1/",
    ],
)
def test_case_67_what_may_not_be_registered_is_not_sent_to_either(url: str) -> None:
    """Hardening 67: a policy may have become stricter since."""
    internet = Internet()
    assert sent(internet, url, policy=AddressPolicy.HTTPS) == Reply(Outcome.NOT_PUBLIC)
    assert (internet.asked, internet.dialled) == ([], [])


def test_case_68_of_ten_gibibytes_sixty_four_kibibytes_are_read() -> None:
    """Hardening 68."""
    unlimited = ("return min(wanted, self.answer_bytes_max)", "return wanted")
    with receiving(pours(10 << 30)) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        began = time.monotonic()
        assert sent(internet) == Reply(Outcome.ACCEPTED, 200)
        assert time.monotonic() - began < 5
        assert 0 < internet.read_bytes <= ANSWER_BYTES_MAX
        internet.read_bytes = 0
        # Reads are large at once: what is left goes below zero with the first that is not cut.
        endless = without(
            "adapters.http_webhooks.guarded",
            "if self.answer_bytes_max <= 0:",
            "if False:",
            unlimited,
        )
        backend = endless.GuardedBackend(
            AddressPolicy.HTTP, endless.Allowance(1.0, 1000), internet.resolve, internet.dial
        )
        stream = backend.connect_tcp(NAME, 80)
        stream.write(b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
        while internet.read_bytes <= ANSWER_BYTES_MAX:
            stream.read(1 << 16)
        stream.close()


def test_case_68_headers_without_end_are_cut_off() -> None:
    """Hardening 68."""
    with receiving(
        lambda connection: connection.sendall(b"HTTP/1.1 200 OK\r\nX: " + bytes(1 << 20))
    ) as one:
        internet = Internet(places={PUBLIC: one.port})
        assert sent(internet) == Reply(Outcome.NOT_HTTP)
        assert internet.read_bytes <= ANSWER_BYTES_MAX


def test_case_68_an_answer_in_drops_is_left_after_the_time() -> None:
    """Hardening 68; every byte comes well within any time for a single read."""
    slow = drips(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", pause_s=0.04)
    with receiving(slow) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        began = time.monotonic()
        assert sent(internet, total_s=0.3) == Reply(Outcome.TIMED_OUT)
        assert time.monotonic() - began < 1.2
        reply = sent_without(
            "left_s = self._ends_at - time.monotonic()",
            "left_s = self.total_s",
            internet,
            total_s=0.3,
        )
        assert reply.outcome == Outcome.ACCEPTED


def test_case_68_a_body_in_drops_does_not_hold_up_the_status() -> None:
    def slow(connection: Any) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
        drips(b"x" * 100, pause_s=0.05)(connection)

    with receiving(slow) as receiver:
        began = time.monotonic()
        reply = sent(Internet(places={PUBLIC: receiver.port}), total_s=0.3)
        assert reply == Reply(Outcome.ACCEPTED, 200)
        assert time.monotonic() - began < 1.2


def test_case_68_who_says_nothing_is_left_after_the_time() -> None:
    with receiving(is_silent) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        assert sent(internet, total_s=0.2) == Reply(Outcome.TIMED_OUT)


def test_case_68_a_resolver_that_says_nothing_is_not_waited_for() -> None:
    def silent(host: str, port: int) -> Sequence[str]:
        time.sleep(1)
        return [host, str(port)]

    sending = HttpWebhookSender(policy=AddressPolicy.HTTP, resolve=silent, total_s=0.2)
    began = time.monotonic()
    assert sending.send(URL, body=BODY, headers={}) == Reply(Outcome.TIMED_OUT)
    assert time.monotonic() - began < 0.9


def test_ten_seconds_are_all_that_a_receiver_gets() -> None:
    """Hardening 68: what the tests above shorten."""
    assert (sender_module.TOTAL_S, ANSWER_BYTES_MAX) == (10.0, 64 * 1024)
    assert HttpWebhookSender().total_s == 10.0
    assert HttpWebhookSender().policy is AddressPolicy.HTTPS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("webhooks"), NAME)


def trusting(authority: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority)
    assert context.verify_mode is ssl.CERT_REQUIRED
    return context


def test_over_tls_the_name_is_asked_for_and_its_certificate_looked_at(
    certificates: Certificates,
) -> None:
    """The connection goes to a pinned address; the certificate is that of the name."""
    trust = trusting(certificates.authority)
    with receiving(FINE, certificates) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        https = {"policy": AddressPolicy.HTTPS, "trust": trust}
        assert sent(internet, f"https://{NAME}/", **https) == Reply(Outcome.ACCEPTED, 204)
        assert receiver.names == [NAME]
        assert receiver.body == BODY
        other = sent(internet, "https://other.example.com/", **https)
        assert other == Reply(Outcome.NOT_TRUSTED)
        assert len(receiver.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(certificates: Certificates) -> None:
    with receiving(FINE, certificates) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        reply = sent(internet, f"https://{NAME}/", policy=AddressPolicy.HTTPS, trust=trusting(None))
    assert reply == Reply(Outcome.NOT_TRUSTED)
    assert receiver.requests == []


def test_who_does_not_speak_tls_is_not_trusted_and_hears_nothing() -> None:
    with receiving(FINE) as receiver:
        internet = Internet(places={PUBLIC: receiver.port})
        reply = sent(internet, f"https://{NAME}/", policy=AddressPolicy.HTTPS, total_s=0.5)
    assert reply.outcome in {Outcome.NOT_TRUSTED, Outcome.TIMED_OUT}
    assert BODY not in b"".join(receiver.requests)


def test_development_reaches_this_machine_and_nothing_behind_it() -> None:
    with receiving(FINE) as receiver:
        local = HttpWebhookSender(policy=AddressPolicy.LOCAL)
        url = f"http://127.0.0.1:{receiver.port}/"
        assert local.send(url, body=BODY, headers={}).outcome is Outcome.ACCEPTED
        strict = HttpWebhookSender(policy=AddressPolicy.HTTP)
        assert strict.send(url, body=BODY, headers={}) == Reply(Outcome.NOT_PUBLIC)
    assert receiver.connections == 1


def test_case_66_a_client_that_follows_would_have_ended_there() -> None:
    """What the test of the redirect would see, were redirects followed."""
    with receiving(FINE) as private:
        elsewhere = says("302 Found", f"Location: http://127.0.0.1:{private.port}/secret")
        with receiving(elsewhere) as receiver:
            request = urllib.request.Request(
                f"http://127.0.0.1:{receiver.port}/", headers={"Content-Length": "0"}
            )
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
                assert answer.status == 204
            assert private.connections == 1
