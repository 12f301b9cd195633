"""Numbers with their nouns, and moments in words, in both languages."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from entrypoints.cli import run
from entrypoints.language import say
from entrypoints.wording import Counted, moment_in_words


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (0, "0 runs", "0 запусков"),
        (1, "1 run", "1 запуск"),
        (2, "2 runs", "2 запуска"),
        (5, "5 runs", "5 запусков"),
        (11, "11 runs", "11 запусков"),
        (12, "12 runs", "12 запусков"),
        (21, "21 runs", "21 запуск"),
        (104, "104 runs", "104 запуска"),
        (111, "111 runs", "111 запусков"),
    ],
)
def test_a_noun_stands_in_the_form_of_its_number(count: int, english: str, russian: str) -> None:
    assert say("doctor.runs", "en", count=count) == english
    assert say("doctor.runs", "ru", count=count) == russian


def test_a_number_alone_is_written_as_any_other() -> None:
    assert f"{Counted(7)} {Counted(7):.1f} {Counted(7000):,}" == "7 7.0 7,000"


def test_a_moment_is_told_in_words_and_in_one_zone() -> None:
    moment = datetime(2026, 11, 23, 1, 5, 9, tzinfo=timezone(timedelta(hours=3)))
    assert moment_in_words(moment, "en") == "22 November 2026, 22:05 UTC"
    assert moment_in_words(moment, "ru") == "22 ноября 2026, 22:05 UTC"
    assert moment_in_words(datetime(2026, 5, 1, tzinfo=UTC), "ru") == "1 мая 2026, 00:00 UTC"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_price_list_tells_its_day_in_words(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["prices", "show", "--lang", language, "--data-dir", str(tmp_path)]) == 0
    head = capsys.readouterr().out.splitlines()[0]
    assert " UTC" in head
    assert "T" not in head.replace("UTC", "")
