"""The settings of the synchronous endpoint: off unless all of it is there (R-503, R-904)."""

import pytest

from entrypoints.settings import InvalidSetting, Settings

SWITCH = "TRENDFLOW_SYNC"
CA, CERTIFICATE, KEY = (f"{SWITCH}_{what}" for what in ("CA", "CERTIFICATE", "KEY"))
FILES = {CA: __file__, CERTIFICATE: __file__, KEY: __file__}


def test_it_is_off_unless_it_is_switched_on() -> None:
    assert Settings.read({}).synchronous.tls is None
    assert Settings.read({SWITCH: "off"}).synchronous.tls is None
    tls = Settings.read({SWITCH: "On", **FILES}).synchronous.tls
    assert tls is not None
    assert {str(tls.authority), str(tls.certificate), str(tls.key)} == {__file__}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (SWITCH, {SWITCH: "yes"}),
        (CA, {SWITCH: "on"}),
        (KEY, {SWITCH: "on", CA: __file__, CERTIFICATE: __file__}),
        (CERTIFICATE, {SWITCH: "on", **FILES, CERTIFICATE: "/nowhere/server.pem"}),
        (CA, FILES),
        (KEY, {SWITCH: "off", KEY: __file__}),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, given: dict[str, str]) -> None:
    with pytest.raises(InvalidSetting, match=f"^{name}$"):
        Settings.read(given)
