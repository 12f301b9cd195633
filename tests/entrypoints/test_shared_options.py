"""`--lang` and `--data-dir`: taken before a command's name and after it, by every command."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from entrypoints.cli import run, trendflow

Captured = pytest.CaptureFixture[str]
NO_RUN = "0b7f5d1e-0000-4000-8000-000000000000"


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}".strip(), command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.mark.parametrize("path", [path for path, _ in commands(trendflow)])
def test_every_command_takes_the_options_of_the_program(path: str, capsys: Captured) -> None:
    assert run([*path.split(), "--help"]) == 0
    told = capsys.readouterr().out
    assert "--lang" in told
    assert "--data-dir" in told


def test_a_language_after_the_command_is_that_of_its_answer(
    tmp_path: Path, capsys: Captured
) -> None:
    assert run(["runs", "--lang", "ru", "--data-dir", str(tmp_path / "here")]) == 0
    assert capsys.readouterr().out == "Запусков пока нет.\n"
    assert (tmp_path / "here").is_dir()


def test_a_language_after_the_command_is_that_of_its_refusal(
    tmp_path: Path, capsys: Captured
) -> None:
    """Said of what is wrong with the call too, wherever the option stands."""
    there = ["--data-dir", str(tmp_path)]
    assert run(["show", NO_RUN, "tempo", *there, "--lang", "ru"]) == 2
    assert "Такого запуска у вас нет" in capsys.readouterr().err
    assert run(["show", "x", "tempo", *there, "--lang", "ru"]) == 64
    assert "Номер запуска выглядит" in capsys.readouterr().err


def test_a_wrong_setting_is_told_in_the_language_after_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured
) -> None:
    monkeypatch.setenv("TRENDFLOW_WEBHOOKS", "bogus")
    assert run(["runs", "--lang", "ru", "--data-dir", str(tmp_path)]) == 64
    assert "У настройки TRENDFLOW_WEBHOOKS" in capsys.readouterr().err


def test_what_stands_last_counts_and_groups_take_it_too(tmp_path: Path, capsys: Captured) -> None:
    before = ["--lang", "en", "--data-dir", str(tmp_path)]
    assert run([*before, "prices", "--lang", "ru", "show"]) == 0
    assert "Прайс-лист" in capsys.readouterr().out
    assert run([*before, "prices", "show", "--lang", "ru"]) == 0
    assert "Прайс-лист" in capsys.readouterr().out
    assert run([*before, "prices", "show"]) == 0
    assert "Price list" in capsys.readouterr().out
