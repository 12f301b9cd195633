"""An operator shows, sets and calibrates what runs cost."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]


def asked(program: Program, data_dir: Path, *arguments: str) -> Any:
    ended = program.run(*arguments, "--format", "json", data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    return json.loads(ended.out)


def by_name(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in rows}


def test_a_price_that_is_set_is_what_the_next_estimate_says(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """R-602: without a deployment; the list's version says which prices an estimate was made by."""
    given = ("estimate", str(clip), "--title", "Talk", "--profile", str(small_profile))
    before = asked(program, data_dir, *given)
    figures = ("--base", "7.00", "--cpu-rate", "0", "--markup", "10")
    changed = asked(program, data_dir, "prices", "set", "loudness", *figures)
    after = asked(program, data_dir, *given)
    assert (before["price_list_version"], after["price_list_version"]) == (1, 2)
    assert by_name(after["components"])["loudness"]["kopecks"] == 770
    rise = 770 - by_name(before["components"])["loudness"]["kopecks"]
    assert after["total_kopecks"] == before["total_kopecks"] + rise
    assert by_name(changed["components"])["loudness"]["base"] == "7.00"
    shown = asked(program, data_dir, "prices", "show")
    assert shown["version"] == 2
    assert {"preparation", "loudness", "tempo"} < set(by_name(shown["components"]))
    assert by_name(shown["components"])["loudness"] == by_name(changed["components"])["loudness"]


def test_factors_are_set_by_size(program: Program, data_dir: Path) -> None:
    given = ("--resolution-factors", "720:1, 2160:2.5", "--duration-factors", "10:0.9")
    changed = asked(program, data_dir, "prices", "set", "tempo", *given, "--empty-price", "0")
    (tempo,) = changed["components"]
    assert tempo["resolution_factors"] == [[720, "1"], [2160, "2.5"]]
    assert tempo["duration_factors"] == [[10, "0.9"]]
    assert tempo["empty_price"] == "0"
    text = program.run("--lang", "ru", "prices", "show", data_dir=data_dir)
    assert text.exit_code == 0
    assert "Прайс-лист 2" in text.out


@pytest.mark.parametrize(
    ("given", "exit_code", "code"),
    [
        (("tempo", "--base", "-1"), 2, "invalid_price"),
        (("tempo", "--base", ""), 2, "invalid_price"),
        (("tempo", "--cpu-rate", "NaN"), 2, "invalid_price"),
        (("tempo", "--markup", "1e3"), 2, "invalid_price"),
        (("tempo", "--base", "0.0000000001"), 2, "invalid_price"),
        (("tempo", "--base", "99999999"), 2, "invalid_price"),
        (("tempo", "--resolution-factors", "1080:1,720:2"), 2, "invalid_price"),
        (("tempo", "--resolution-factors", "720"), 2, "invalid_price"),
        (("tempo", "--resolution-factors", "720.5:1"), 64, ""),
        (("ghost", "--base", "1"), 2, "unknown_component"),
        (("tempo",), 64, ""),
    ],
)
def test_a_figure_that_cannot_be_is_refused_and_nothing_changes(
    program: Program, data_dir: Path, given: tuple[str, ...], exit_code: int, code: str
) -> None:
    ended = program.run("prices", "set", *given, data_dir=data_dir)
    assert ended.exit_code == exit_code
    assert code in ended.err
    assert "Traceback" not in ended.err
    assert asked(program, data_dir, "prices", "show")["version"] == 1


def test_a_dry_run_of_calibration_shows_old_and_new(program: Program, data_dir: Path) -> None:
    """R-606: an installation without runs keeps every model, and says what it would take."""
    found = asked(program, data_dir, "prices", "calibrate", "--from-runs", "--dry-run")
    rows = by_name(found["components"])
    assert found["runs_min"] == 10
    assert rows["loudness"]["old"]["b_s_per_unit"] > 0
    assert {row["new"] for row in rows.values()} == {None}
    text = program.run("prices", "calibrate", "--from-runs", "--dry-run", data_dir=data_dir)
    assert "it takes 10 finished runs" in text.out
    bare = program.run("prices", "calibrate", data_dir=data_dir)
    assert bare.exit_code == 64
