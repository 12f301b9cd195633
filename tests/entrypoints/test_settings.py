"""Settings come from the environment once; what cannot be is refused by name, without its value."""

from pathlib import Path

import pytest

from domain.rate_limit import Plan
from entrypoints.exits import Exit, explained
from entrypoints.settings import KNOWN, InvalidSetting, Settings, UnknownSetting
from tests.outside import ROOT


def test_nothing_given_is_an_installation_in_the_users_folder_that_takes_links() -> None:
    found = Settings.read({})
    assert found.data_dir.name == "trendflow"
    assert found.database_url == f"sqlite:///{found.data_dir / 'trendflow.db'}"
    assert (found.youtube.switch, found.youtube.proxy, found.youtube.cookies) == ("on", None, None)
    assert found.youtube.retry_pauses_s == (5.0, 15.0, 30.0)


def test_the_command_line_goes_before_the_environment(tmp_path: Path) -> None:
    found = Settings.read({"TRENDFLOW_DATA_DIR": "/elsewhere"}, data_dir=tmp_path)
    assert found.data_dir == tmp_path


def test_what_is_chosen_about_links_is_read(tmp_path: Path) -> None:
    """Architecture 13, R-106: switched off, by another way out, as somebody, at another pace."""
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n")
    found = Settings.read(
        {
            "TRENDFLOW_YOUTUBE": " OFF ",
            "TRENDFLOW_YOUTUBE_PROXY": "socks5://someone:word@proxy.example:1080",
            "TRENDFLOW_YOUTUBE_COOKIES": str(cookies),
            "TRENDFLOW_YOUTUBE_RETRY_PAUSES_S": "1, 2.5",
        }
    ).youtube
    assert found.switch == "off"
    assert found.proxy == "socks5://someone:word@proxy.example:1080"
    assert found.cookies == cookies
    assert found.retry_pauses_s == (1.0, 2.5)


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """R-706."""
    cookies = tmp_path / "canary-cookies.txt"
    cookies.touch()
    found = Settings.read(
        {
            "TRENDFLOW_DATABASE_URL": "postgresql+psycopg://someone:canary@db.example/x",
            "TRENDFLOW_YOUTUBE_PROXY": "http://someone:canary@proxy.example",
            "TRENDFLOW_YOUTUBE_COOKIES": str(cookies),
        }
    )
    assert "canary" not in repr(found)


def test_the_secret_of_payments_is_read_and_never_shown() -> None:
    secret = "canary" * 6
    found = Settings.read({"TRENDFLOW_PAYMENT_SECRET": secret})
    assert found.payment_secret == secret
    assert "canary" not in repr(found)
    assert Settings.read({}).payment_secret is None


def test_the_how_to_lists_every_setting() -> None:
    page = (ROOT / "docs/how-to/configure.md").read_text(encoding="utf-8")
    assert {line.split("`")[1] for line in page.splitlines() if line.startswith("| `")} == KNOWN


def test_an_unknown_setting_is_refused_by_name() -> None:
    with pytest.raises(UnknownSetting, match="TRENDFLOW_FOO"):
        Settings.read({"TRENDFLOW_FOO": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRENDFLOW_YOUTUBE", "canary"),
        ("TRENDFLOW_YOUTUBE_PROXY", "canary"),
        ("TRENDFLOW_YOUTUBE_PROXY", "ftp://canary"),
        ("TRENDFLOW_YOUTUBE_PROXY", "http://"),
        ("TRENDFLOW_YOUTUBE_PROXY", "http://canary:canary"),
        ("TRENDFLOW_YOUTUBE_COOKIES", "/canary/cookies.txt"),
        ("TRENDFLOW_YOUTUBE_COOKIES", "/"),
        ("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S", "canary"),
        ("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S", "5,,30"),
        ("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S", "-1"),
        ("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S", "inf"),
        ("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S", "nan"),
        ("TRENDFLOW_PAYMENT_SECRET", "canary"),
        ("TRENDFLOW_ORIGINS", "*"),
        ("TRENDFLOW_ORIGINS", "canary.example.org"),
        ("TRENDFLOW_ORIGINS", "https://canary.example.org/app"),
        ("TRENDFLOW_ORIGINS", "https://canary.example.org,"),
    ],
)
def test_a_value_that_cannot_be_is_refused_without_being_repeated(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting) as refusal:
        Settings.read({name: value})
    code, ends, sentence = explained(refusal.value, "en")
    assert (code, ends) == ("invalid_setting", Exit.USAGE)
    assert name in sentence
    assert "canary" not in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRENDFLOW_DATABASE_URL", "nonsense"),
        ("TRENDFLOW_DATABASE_URL", "mysql://someone:word@host/name"),
        ("TRENDFLOW_DELIVERIES_DAYS", "3"),
        ("TRENDFLOW_DELIVERIES_DAYS", "long"),
        ("TRENDFLOW_RUNS_PER_HOUR_FREE", "0"),
        ("TRENDFLOW_RUNS_PER_HOUR_PREMIUM", "many"),
        ("TRENDFLOW_RUNS_PER_HOUR_MOST", "9" * 5000),
    ],
)
def test_a_database_or_limit_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting) as refused:
        Settings.read({name: value})
    assert str(refused.value) == name
    assert value not in explained(refused.value, "en")[2]


def test_the_hourly_limits_are_configuration() -> None:
    """R-607."""
    found = Settings.read({"TRENDFLOW_RUNS_PER_HOUR_FREE": "7"}).hourly_limits
    assert (found.by_plan[Plan.FREE], found.ceiling) == (7, 100)
