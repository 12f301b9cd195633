"""What a person asks about the installation, as text and as JSON."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.corpus import written
from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]


def asked(program: Program, data_dir: Path, *arguments: str) -> Any:
    ended = program.run(*arguments, "--format", "json", data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    return json.loads(ended.out)


def test_components_tells_what_can_be_measured(program: Program, data_dir: Path) -> None:
    """R-204: each declares what it needs and uses, and its versions."""
    rows = asked(program, data_dir, "components")
    names = [row["name"] for row in rows]
    assert {"loudness", "title_style", "shots"} <= set(names)
    assert all(set(row["needs"]) | set(row["uses"]) <= set(names) for row in rows)
    assert {row["modality"] for row in rows} >= {"audio", "text", "visual"}
    text = program.run("components", data_dir=data_dir)
    assert text.exit_code == 0
    assert all(name in text.out for name in names)


def test_profiles_are_ordered_from_fast_to_full(program: Program, data_dir: Path) -> None:
    """R-201: each holds what the one before it holds, and more."""
    rows = asked(program, data_dir, "profiles")
    assert [row["name"] for row in rows] == ["fast", "standard", "full"]
    fast, standard, full = (set(row["components"]) for row in rows)
    assert fast < standard < full
    text = program.run("profiles", data_dir=data_dir)
    assert text.exit_code == 0
    assert "fast 2: " in text.out


def test_an_estimate_tells_seconds_and_credits_and_leaves_nothing(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """R-603: before the run, per component and in total, the most and beside it the usual."""
    given = ("estimate", str(clip), "--title", "Talk", "--profile", str(small_profile))
    found = asked(program, data_dir, *given)
    lines = found["components"]
    assert all(0 < line["seconds_p50"] <= line["seconds_p90"] for line in lines)
    assert all(0 < line["usually_kopecks"] <= line["kopecks"] for line in lines)
    total = sum(line["kopecks"] for line in lines)
    assert found["total_kopecks"] == found["hold_kopecks"] == total
    assert {"preparation", "loudness", "title_style"} <= {line["name"] for line in lines}
    left = datetime.fromisoformat(found["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=10) < left <= timedelta(minutes=15)
    text = program.run(*given, data_dir=data_dir)
    assert text.exit_code == 0
    assert "loudness" in text.out
    assert f"costs {total / 100:.2f} credits at most" in text.out
    assert "would be refused" not in text.err
    assert list(written(data_dir)) == []
    assert asked(program, data_dir, "runs") == []


def test_an_estimate_says_what_a_start_would_be_refused_for(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """R-101: prices may be asked for before there is a title; a start may not."""
    given = (str(clip), "--profile", str(small_profile))
    told = program.run("estimate", *given, data_dir=data_dir)
    assert told.exit_code == 0
    assert "would be refused as it stands" in told.err
    assert "--title" in told.err
    started = program.run("analyze", *given, data_dir=data_dir)
    assert (started.exit_code, "title_required" in started.err) == (2, True)


def test_doctor_says_that_everything_needed_is_there(program: Program, data_dir: Path) -> None:
    found = asked(program, data_dir, "doctor")
    needed = {"ffmpeg", "confinement", "data_dir", "database", "certificates", "components"}
    assert needed < set(found)
    assert all(found[name]["ok"] for name in needed)
    text = program.run("doctor", data_dir=data_dir)
    assert text.exit_code == 0
    assert "ffmpeg" in text.out


def test_doctor_tells_that_ffmpeg_is_missing(
    program: Program, data_dir: Path, tmp_path: Path
) -> None:
    ended = program.run(
        *("doctor", "--format", "json"),
        data_dir=data_dir,
        environment={"TRENDFLOW_FFMPEG": str(tmp_path / "missing")},
    )
    assert ended.exit_code == 1
    assert not json.loads(ended.out)["ffmpeg"]["ok"]
    assert "Traceback" not in ended.err


def test_an_installation_without_links_says_so(
    program: Program, small_profile: Path, data_dir: Path
) -> None:
    """Architecture 13: switched off by configuration."""
    off = {"TRENDFLOW_YOUTUBE": "off"}
    told = program.run("doctor", "--format", "json", data_dir=data_dir, environment=off)
    assert json.loads(told.out)["youtube"] == {"ok": True, "what": "links switched off"}
    link = ("analyze", "https://youtu.be/aaaaaaaaaaa", "--title", "Talk")
    ended = program.run(
        *(*link, "--profile", str(small_profile), "--format", "json"),
        data_dir=data_dir,
        environment=off,
    )
    assert ended.exit_code == 2
    assert ended.answer["code"] == "link_refused"
    assert "does not take links. Upload the file instead." in ended.err


def test_there_are_no_runs_at_first(program: Program, data_dir: Path) -> None:
    assert asked(program, data_dir, "runs") == []
    text = program.run("runs", data_dir=data_dir)
    assert text.exit_code == 0
    assert "no runs" in text.out


@pytest.mark.parametrize("command", ["show", "resume"])
def test_a_run_that_nobody_knows_is_refused(program: Program, data_dir: Path, command: str) -> None:
    more = ["loudness"] if command == "show" else []
    ended = program.run(command, str(uuid4()), *more, data_dir=data_dir)
    assert ended.exit_code == 2
    assert "run_not_found: " in ended.err


@pytest.mark.slow
def test_a_component_that_the_run_does_not_hold_is_refused(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    choice = ["--title", "Talk", "--profile", str(small_profile), "--format", "json"]
    run_id = program.run("analyze", str(clip), *choice, data_dir=data_dir).answer["run_id"]
    ended = program.run("show", run_id, "tempo", data_dir=data_dir)
    assert ended.exit_code == 2
    assert "artifact_not_found: " in ended.err
    (row,) = asked(program, data_dir, "runs")
    assert row["run_id"] == run_id
    assert row["status"] == "ok"
    assert row["profile"] == "small"
