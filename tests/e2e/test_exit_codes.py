"""How a call ends: the exit code for a script, the sentence for a person, the object for both."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.clips import make_clip
from tests.e2e.conftest import write_profile
from tests.e2e.corpus import KEYS, written
from tests.e2e.kills import leftovers
from tests.e2e.program import Program, environment_of

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]

JSON = ("--format", "json")


def test_a_run_that_is_ok_ends_with_0_and_one_object(
    clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """The installed program itself, as a shell starts it."""
    trendflow = Path(sys.executable).with_name("trendflow")
    choice = ["--title", "Talk", "--profile", str(small_profile), *JSON]
    done = subprocess.run(
        [trendflow, "analyze", clip, *choice],
        env=environment_of(data_dir),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert set(answer) == KEYS
    assert answer["status"] == "ok"
    assert answer["code"] is None
    assert Path(answer["manifest"]).is_file()
    assert Path(answer["report"]).is_file()
    assert answer["seconds"] > 0


def test_text_names_the_run_and_where_everything_is(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    ended = program.run("analyze", str(clip), *choice, data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    (report,) = data_dir.glob("reports/*/report.html")
    (manifest,) = data_dir.glob("result_store/*/*/*/manifest.json")
    assert f"Run {report.parent.name}: ok" in ended.out
    assert f"Report: {report}" in ended.out
    assert f"Manifest: {manifest}" in ended.out
    assert "Decoding" in ended.err


def test_a_run_whose_results_are_gone_is_not_called_complete(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """Hardening 73: asked for again, a run that was `ok` is looked at before it is said to be."""
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    first = program.run("analyze", str(clip), *choice, *JSON, data_dir=data_dir)
    assert first.exit_code == 0, first.err
    (result,) = data_dir.glob("result_store/*/*/*/motion/*.npz")
    result.unlink()
    again = program.run("resume", first.answer["run_id"], *JSON, data_dir=data_dir)
    assert again.exit_code == 1
    assert again.answer["run_id"] == first.answer["run_id"]
    assert (again.answer["status"], again.answer["code"]) == ("error", "results_incomplete")
    assert "1 gone or damaged" in again.err


def test_what_only_decoding_shows_ends_with_1(
    program: Program, clip: Path, small_profile: Path, tmp_path: Path
) -> None:
    """R-103, R-105: the manifest is kept, the workspace is gone, the code says why."""
    content = bytearray(clip.read_bytes())
    begin, end = len(content) // 20, len(content) * 17 // 20
    content[begin:end] = bytes(end - begin)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    data_dir = tmp_path / "data"
    ended = program.run("analyze", str(broken), *choice, *JSON, data_dir=data_dir)
    assert ended.exit_code == 1
    assert ended.answer["code"] == "video_file_corrupted"
    assert ended.answer["status"] == "error"
    assert Path(ended.answer["manifest"]).is_file()
    assert leftovers(data_dir) == []
    again = program.run("resume", ended.answer["run_id"], data_dir=data_dir)
    assert again.exit_code == 1
    assert "video_file_corrupted: " in again.out


def test_what_is_no_readable_file_is_refused_with_2(
    program: Program, small_profile: Path, tmp_path: Path
) -> None:
    """Hardening 17 and 20: a pipe does not make it wait."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    for name in ("missing.mp4", "folder", "pipe", "/dev/zero"):
        ended = program.run(
            *("analyze", str(tmp_path / name), *choice, *JSON),
            data_dir=tmp_path / "data",
            limit_s=60,
        )
        assert ended.exit_code == 2, name
        assert set(ended.answer) == KEYS
        assert ended.answer["code"] == "unsupported_input"
        assert ended.answer["run_id"] is None
        assert "unsupported_input: " in ended.err
    missing = ("estimate", str(tmp_path / "missing.mp4"), *choice)
    priced = program.run(*missing, data_dir=tmp_path / "data")
    assert (priced.exit_code, priced.out) == (2, "")
    assert "unsupported_input: " in priced.err
    assert list(written(tmp_path / "data")) == []


@pytest.mark.parametrize("title", [None, "", "  \t"], ids=["none", "empty", "blank"])
def test_a_title_that_is_measured_must_be_given(
    program: Program, clip: Path, small_profile: Path, data_dir: Path, title: str | None
) -> None:
    """R-101: refused by name, and nothing is left."""
    given = [] if title is None else ["--title", title]
    ended = program.run(
        *("analyze", str(clip), *given, "--profile", str(small_profile), *JSON), data_dir=data_dir
    )
    assert ended.exit_code == 2
    assert ended.answer["code"] == "title_required"
    assert list(written(data_dir)) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('name = "x"\nversion = "1"\n[components]\nnothing_such = {}\n', "unknown_component"),
        ('name = "x"\nversion = "1"\n', "invalid_profile"),
        ("not = [toml\n", "invalid_profile"),
        ('name = "x"\nversion = "1"\n[components]\nloudness = {nonsense = 1}\n', "invalid_profile"),
        ("\0" * 100_000, "invalid_profile"),
    ],
    ids=["unknown component", "no components", "no toml", "unknown parameter", "too large"],
)
def test_a_profile_that_is_not_well_formed_is_refused_with_2(
    program: Program, clip: Path, tmp_path: Path, content: str, code: str
) -> None:
    file = tmp_path / "profile.toml"
    file.write_text(content)
    data_dir = tmp_path / "data"
    ended = program.run("analyze", str(clip), "--profile", str(file), *JSON, data_dir=data_dir)
    assert ended.exit_code == 2, ended.err
    assert ended.answer["code"] == code
    assert list(written(data_dir)) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["analyse"],
        ["analyze"],
        ["analyze", "a.mp4", "--nonsense"],
        ["analyze", "a.mp4", "--format", "xml"],
        ["resume", "not-an-id"],
        ["show", "not-an-id", "loudness"],
        ["--lang", "de", "runs"],
        ["runs", "--limit", "0"],
        ["analyze", "a.mp4", "--title", "x" * 100_001],
    ],
    ids=lambda arguments: " ".join(arguments)[:30],
)
def test_wrong_usage_ends_with_64(program: Program, data_dir: Path, arguments: list[str]) -> None:
    ended = program.run(*arguments, data_dir=data_dir)
    assert ended.exit_code == 64
    assert "Traceback" not in ended.err
    assert ended.out == ""


def test_a_setting_that_no_version_knows_ends_with_64(program: Program, data_dir: Path) -> None:
    ended = program.run("runs", data_dir=data_dir, environment={"TRENDFLOW_FOO": "1"})
    assert ended.exit_code == 64
    assert "TRENDFLOW_FOO" in ended.err


def test_a_data_directory_that_cannot_be_made_ends_with_1(program: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = program.run("runs", data_dir=tmp_path / "file" / "data")
    assert ended.exit_code == 1
    assert "data_dir_unusable: " in ended.err


@pytest.mark.slow
def test_messages_are_russian_where_asked_for(program: Program, tmp_path: Path) -> None:
    """By `--lang`, else by the locale."""
    missing = ("analyze", str(tmp_path / "missing.mp4"))
    asked = program.run("--lang", "ru", *missing, data_dir=tmp_path / "data")
    located = program.run(*missing, data_dir=tmp_path / "data", environment={"LANG": "ru_RU.UTF-8"})
    english = program.run(
        *("--lang", "en", *missing),
        data_dir=tmp_path / "data",
        environment={"LANG": "ru_RU.UTF-8"},
    )
    assert "Такого файла нет" in asked.err
    assert "Такого файла нет" in located.err
    assert "Такого файла нет" not in english.err
    assert asked.exit_code == located.exit_code == english.exit_code == 2


@pytest.mark.slow
def test_progress_and_report_are_russian_where_asked_for(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    choice = ["--title", "Как я снимаю", "--profile", str(small_profile), *JSON]
    ended = program.run("--lang", "ru", "analyze", str(clip), *choice, data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    assert "Decoding" not in ended.err
    page = Path(ended.answer["report"]).read_text(encoding="utf-8")
    assert 'lang="ru"' in page


def test_a_link_to_nothing_of_youtube_is_refused(program: Program, data_dir: Path) -> None:
    ended = program.run("analyze", "https://example.com/a.mp4", *JSON, data_dir=data_dir)
    assert ended.exit_code == 2
    assert ended.answer["code"] == "invalid_link"


@pytest.mark.slow
def test_a_link_without_a_network_is_refused(program: Program, data_dir: Path) -> None:
    """R-106: a code and a sentence after the retries, and no run."""
    closed = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:1")
    ended = program.run(
        *("analyze", "https://youtu.be/dQw4w9WgXcQ", "--profile", "fast", *JSON),
        data_dir=data_dir,
        environment={**closed, "TRENDFLOW_YOUTUBE_RETRY_PAUSES_S": "0.1,0.1,0.1"},
    )
    assert ended.exit_code == 2, ended.err
    assert ended.answer["code"] in {"download_failed", "link_refused"}
    assert "Traceback" not in ended.err
    assert list(written(data_dir)) == []


def test_a_clip_without_sound_ends_with_0(program: Program, tmp_path: Path, data_dir: Path) -> None:
    """R-404: no sound track is valid."""
    silent = make_clip(tmp_path / "silent.mp4", sound=False)
    profile = write_profile(tmp_path / "sound.toml", "loudness")
    ended = program.run("analyze", str(silent), "--profile", str(profile), *JSON, data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    assert ended.answer["components"] == {"loudness": "empty"}
