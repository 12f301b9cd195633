"""The settings of the queue: what cannot be is refused by name."""

import pytest

from entrypoints.settings import InvalidSetting, Settings

URL = "TRENDFLOW_BROKER_URL"
GATHERING = "TRENDFLOW_GATHERING_S"
CA, CERTIFICATE, KEY = (f"TRENDFLOW_BROKER_{what}" for what in ("CA", "CERTIFICATE", "KEY"))
RABBIT = "amqps://someone:canary@rabbit.example:5671/%2F"


def test_without_a_broker_the_database_is_the_queue() -> None:
    found = Settings.read({}).queue
    assert (found.broker_url, found.gathering_s) == (None, 5.0)


def test_a_broker_and_a_time_of_gathering_are_read_and_no_secret_is_shown() -> None:
    """R-502, R-706."""
    found = Settings.read({URL: RABBIT, GATHERING: "7.5"})
    assert (found.queue.broker_url, found.queue.gathering_s) == (RABBIT, 7.5)
    assert "canary" not in repr(found)


def test_what_is_shown_to_the_broker_is_read() -> None:
    """R-904."""
    file = __file__
    found = Settings.read({URL: RABBIT, CA: file, CERTIFICATE: file, KEY: file}).queue
    assert {str(found.authority), str(found.certificate), str(found.key)} == {file}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (URL, {URL: "http://rabbit.example"}),
        (URL, {URL: "amqp://"}),
        (URL, {URL: "amqp://rabbit.example:0"}),
        (URL, {URL: "amqp://rabbit.example:word"}),
        (GATHERING, {GATHERING: "5"}),
        (GATHERING, {URL: RABBIT, GATHERING: "61"}),
        (GATHERING, {URL: RABBIT, GATHERING: "-1"}),
        (GATHERING, {URL: RABBIT, GATHERING: "soon"}),
        (CA, {CA: __file__}),
        (CA, {URL: "amqp://rabbit.example", CA: __file__}),
        (CA, {URL: RABBIT, CA: "/nowhere/ca.pem"}),
        (KEY, {URL: RABBIT, CERTIFICATE: __file__}),
        (CERTIFICATE, {URL: RABBIT, KEY: __file__}),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, given: dict[str, str]) -> None:
    with pytest.raises(InvalidSetting) as told:
        Settings.read(given)
    assert str(told.value) == name
