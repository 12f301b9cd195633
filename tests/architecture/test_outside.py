"""What is missing outside skips a test on a laptop and fails it in CI (issue 2, the house)."""

import pytest

from tests.outside import OUTSIDE, Outside, require


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of something that is never there."""
    absent = Outside(lambda: None, "apt-get install unobtainium")
    monkeypatch.setitem(OUTSIDE, "unobtainium", absent)
    return "unobtainium"


def test_a_missing_program_skips_with_the_line_that_installs_it(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install unobtainium"):
        require(missing)


@pytest.mark.parametrize("value", ["1", "true"])
def test_a_missing_program_fails_in_ci(
    missing: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="apt-get install unobtainium"):
        require(missing)
